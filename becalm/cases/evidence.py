"""The comments nearest to a case's own, so that nobody has to decide on one comment alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy import AppliesTo
from ..records import Channel
from ..signals import mask_private_data
from ..store import Comment, NeighbourPair
from ..store.upsert import chunks
from .drafting import Draft

MOST = 5
EXCERPT_CHARACTERS = 160
# Longer texts are cut before they are searched for what must not be shown.
SEARCHED_CHARACTERS = 2_000


class Near(NamedTuple):
    """A comment (its id) with its similarity (1 = same), and the channel that measured it."""

    similarity: float
    channel: str
    comment_id: int


def nearest_comments(session: Session, drafts: Sequence[Draft]) -> dict[str, list[dict[str, Any]]]:
    """By case id: up to five {platform, comment_id, similarity, channel, text_excerpt}, nearest first, no text twice.

    For a group they are its members nearest to the medoid; else other comments with the same or a neighbouring text.
    """
    single = [draft for draft in drafts if draft.rule.applies_to != AppliesTo.GROUP]
    texts = {comment.text_id for draft in single for comment in draft.comments}
    edges = _edges(session, sorted(texts))
    by_text = _comments_by_text(session, texts.union(other for tied in edges.values() for other, _, _ in tied))
    near = {
        draft.id: _members(draft) if draft.rule.applies_to == AppliesTo.GROUP else _others(draft, edges, by_text)
        for draft in drafts
    }
    told = _told(session, {each.comment_id for found in near.values() for each in found})
    return {case_id: [_as_dict(each, told[each.comment_id]) for each in found] for case_id, found in near.items()}


def _members(draft: Draft) -> list[Near]:
    first_with: dict[int, Near] = {}
    for member in draft.comments:
        near = Near(member.similarity or 0.0, member.evidence_channel or Channel.CHARACTERS.value, member.id)
        first_with.setdefault(member.text_id, near)
    return sorted(first_with.values(), key=lambda near: (-near.similarity, near.comment_id))[:MOST]


def _others(
    draft: Draft, edges: dict[int, list[tuple[int, float, str]]], by_text: Mapping[int, list[int]]
) -> list[Near]:
    own = {comment.id for comment in draft.comments}
    texts = {comment.text_id for comment in draft.comments}
    ties = dict.fromkeys(texts, (1.0, Channel.CHARACTERS.value))
    for text_id in texts:
        for other, similarity, channel in edges.get(text_id, ()):
            ties[other] = max(ties.get(other, (0.0, "")), (similarity, channel))
    # Many neighbours, five places: comments are looked up from the nearest text on, until the places are taken.
    others = (
        Near(similarity, channel, comment_id)
        for text_id, (similarity, channel) in sorted(ties.items(), key=lambda tie: (-tie[1][0], tie[0]))
        if (comment_id := _first_outside(own, by_text.get(text_id, [])))
    )
    return list(islice(others, MOST))


def _first_outside(own: set[int], comment_ids: list[int]) -> int | None:
    return next((comment_id for comment_id in comment_ids if comment_id not in own), None)


def _comments_by_text(session: Session, texts: set[int]) -> dict[int, list[int]]:
    """The comments of each text, oldest first."""
    columns = select(Comment.published_at, Comment.id, Comment.text_id)
    found: list[tuple[datetime, int, int]] = []
    for chunk in chunks(sorted(texts)):
        rows = session.connection().execute(columns.where(Comment.text_id.in_(chunk))).all()
        found.extend((at, comment_id, text_id) for at, comment_id, text_id in rows)
    comments = defaultdict(list)
    for _, comment_id, text_id in sorted(found):
        comments[text_id].append(comment_id)
    return comments


def _edges(session: Session, texts: list[int]) -> dict[int, list[tuple[int, float, str]]]:
    edges = defaultdict(list)
    pair = (NeighbourPair.first_id, NeighbourPair.second_id)
    for mine, other in (pair, pair[::-1]):
        columns = select(mine, other, NeighbourPair.characters, NeighbourPair.meaning, NeighbourPair.channel)
        for chunk in chunks(texts):
            for text_id, other_id, characters, meaning, channel in session.execute(columns.where(mine.in_(chunk))):
                similarity = characters if channel == Channel.CHARACTERS else meaning or 0.0
                edges[text_id].append((other_id, similarity, channel))
    return edges


def _told(session: Session, comment_ids: set[int]) -> dict[int, dict[str, Any]]:
    """What is told of these comments wherever they are shown."""
    told = {}
    columns = select(Comment.id, Comment.platform, Comment.comment_id, Comment.text)
    for chunk in chunks(sorted(comment_ids)):
        rows = session.connection().execute(columns.where(Comment.id.in_(chunk))).all()
        for own_id, platform, comment_id, text in rows:
            told[own_id] = {"platform": platform, "comment_id": comment_id, "text_excerpt": _excerpt(text)}
    return told


def _excerpt(text: str) -> str:
    text = mask_private_data(text[:SEARCHED_CHARACTERS])
    return text if len(text) <= EXCERPT_CHARACTERS else text[: EXCERPT_CHARACTERS - 1] + "…"


def _as_dict(near: Near, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "platform": told["platform"],
        "comment_id": told["comment_id"],
        "similarity": round(near.similarity, 4),
        "channel": near.channel,
        "text_excerpt": told["text_excerpt"],
    }
