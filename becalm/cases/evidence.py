"""The comments nearest to a case's own, so that nobody has to decide on one comment alone."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy import AppliesTo
from ..records import Channel
from ..store import Comment, NeighbourPair
from ..store.upsert import chunks
from .drafting import Draft
from .facts import CommentFacts, Facts

MOST = 5
EXCERPT_CHARACTERS = 160


class Near(NamedTuple):
    """A comment with its similarity (1 = same), and the channel that measured it."""

    similarity: float
    channel: str
    comment: CommentFacts


def nearest_comments(session: Session, facts: Facts, drafts: Sequence[Draft]) -> dict[str, list[dict[str, Any]]]:
    """By case id: up to five {platform, comment_id, similarity, channel, text_excerpt}, nearest first, no text twice.

    For a group they are its members nearest to the medoid; else other comments with the same or a neighbouring text.
    """
    by_text = defaultdict(list)
    for comment in facts.comments:
        by_text[comment.text_id].append(comment)
    single = [draft for draft in drafts if draft.rule.applies_to != AppliesTo.GROUP]
    texts = {comment.text_id for draft in single for comment in draft.comments}
    edges = _edges(session, sorted(texts))
    near = {
        draft.id: _members(draft) if draft.rule.applies_to == AppliesTo.GROUP else _others(draft, edges, by_text)
        for draft in drafts
    }
    excerpts = _excerpts(session, {each.comment.id for found in near.values() for each in found})
    return {case_id: [_as_dict(each, excerpts) for each in found] for case_id, found in near.items()}


def _members(draft: Draft) -> list[Near]:
    first_with: dict[int, Near] = {}
    for member in draft.comments:
        near = Near(member.similarity or 0.0, member.evidence_channel or Channel.CHARACTERS.value, member)
        first_with.setdefault(member.text_id, near)
    return sorted(first_with.values(), key=lambda near: (-near.similarity, near.comment.id))[:MOST]


def _others(
    draft: Draft, edges: dict[int, list[tuple[int, float, str]]], by_text: dict[int, list[CommentFacts]]
) -> list[Near]:
    own = {comment.id for comment in draft.comments}
    texts = {comment.text_id for comment in draft.comments}
    ties = dict.fromkeys(texts, (1.0, Channel.CHARACTERS.value))
    for text_id in texts:
        for other, similarity, channel in edges.get(text_id, ()):
            ties[other] = max(ties.get(other, (0.0, "")), (similarity, channel))
    # Many neighbours, five places: comments are looked up from the nearest text on, until the places are taken.
    others = (
        Near(similarity, channel, comment)
        for text_id, (similarity, channel) in sorted(ties.items(), key=lambda tie: (-tie[1][0], tie[0]))
        if (comment := _first_outside(own, by_text[text_id]))
    )
    return list(islice(others, MOST))


def _first_outside(own: set[int], comments: list[CommentFacts]) -> CommentFacts | None:
    return next((comment for comment in comments if comment.id not in own), None)


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


def _excerpts(session: Session, comment_ids: set[int]) -> dict[int, str]:
    texts: dict[int, str] = {}
    for chunk in chunks(sorted(comment_ids)):
        texts.update(session.execute(select(Comment.id, Comment.text).where(Comment.id.in_(chunk))).all())
    return {comment_id: _excerpt(text) for comment_id, text in texts.items()}


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT_CHARACTERS else text[: EXCERPT_CHARACTERS - 1] + "…"


def _as_dict(near: Near, excerpts: dict[int, str]) -> dict[str, Any]:
    return {
        "platform": near.comment.platform,
        "comment_id": near.comment.comment_id,
        "similarity": round(near.similarity, 4),
        "channel": near.channel,
        "text_excerpt": excerpts[near.comment.id],
    }
