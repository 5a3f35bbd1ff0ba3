"""The company of a comment's text: its group with the verdict, and the nearest other texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from ..records import Channel
from ..signals import mask_private_data
from ..store import Comment, Group, GroupText, NeighbourPair, Text

NEAREST = 5


@dataclass(frozen=True, slots=True)
class Grouped:
    """The group that the text stands in, and how near it is to the group's medoid, as `channel` measures it."""

    group_id: str
    verdict: str
    score: float
    campaign_id: str | None
    similarity: float
    channel: str
    medoid_text: str
    reasons: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class NearText:
    """Another text, private data masked, and how near it is (1 = same) as `channel` measures it."""

    similarity: float
    channel: str
    text: str
    comments: int


@dataclass(frozen=True, slots=True)
class Company:
    """`same` counts all comments with this very text, this one among them."""

    script: str
    same: int
    group: Grouped | None
    nearest: tuple[NearText, ...]


def read_company(session: Session, comment: Comment) -> Company:
    text = session.get_one(Text, comment.text_id)
    return Company(text.script, _comments(session, text.id), _group(session, text.id), _nearest(session, text.id))


def _group(session: Session, text_id: int) -> Grouped | None:
    found = session.execute(
        select(Group, GroupText, Text)
        .join(GroupText, GroupText.group_id == Group.id)
        .join(Text, Text.id == Group.medoid_id)
        .where(GroupText.text_id == text_id)
    ).one_or_none()
    if found is None:
        return None
    group, member, medoid = found
    return Grouped(
        group.id, group.verdict, group.score, group.campaign_id, member.similarity, member.channel,
        _as_written(session, medoid.id), tuple(group.reasons),
    )  # fmt: skip


def _nearest(session: Session, text_id: int) -> tuple[NearText, ...]:
    pairs = session.scalars(
        select(NeighbourPair).where(or_(NeighbourPair.first_id == text_id, NeighbourPair.second_id == text_id))
    )
    near = ((_similarity(pair), pair.first_id + pair.second_id - text_id, pair.channel) for pair in pairs)
    nearest = sorted(near, key=lambda one: (-one[0], one[1]))[:NEAREST]
    return tuple(
        NearText(similarity, channel, _as_written(session, other), _comments(session, other))
        for similarity, other, channel in nearest
    )


def _similarity(pair: NeighbourPair) -> float:
    return pair.characters if pair.channel == Channel.CHARACTERS else pair.meaning or 0.0


def _as_written(session: Session, text_id: int) -> str:
    """As somebody wrote it: what is private can be told there, and not where all disguise is undone."""
    first = select(Comment.text).where(Comment.text_id == text_id).order_by(Comment.published_at, Comment.id).limit(1)
    written: Sequence[str] = session.scalars(first).all()
    return mask_private_data(written[0]) if written else ""


def _comments(session: Session, text_id: int) -> int:
    return session.scalar(select(func.count()).where(Comment.text_id == text_id)) or 0
