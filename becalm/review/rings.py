"""Rings whose accounts wrote in a period, with what ties them, under pseudonyms."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..pseudonyms import Pseudonyms
from ..store import Comment, Ring, RingAnswer
from .campaigns import words
from .offenders import pseudonym_of
from .period import Period
from .volumes import published_in

# What `RingAnswer.answer` says of those who are in none, and of those who wrote too little.
NONE, INSUFFICIENT_DATA = "none", "insufficient_data"


@dataclass(frozen=True, slots=True)
class RingFigures:
    """`score` is the share of its pairs that are tied; comments are those of the period and the one before.

    `messages` and `met` are how often tied pairs said the same, and came to the same thread, in short time.
    """

    ring_id: str
    score: float
    accounts: tuple[str, ...]
    comments: int
    comments_before: int
    pairs: int
    messages: int
    messages_by_chance: float
    met: int
    met_by_chance: float
    first_seen: datetime
    last_seen: datetime
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rings:
    """`active` with the most accounts first. Of the offenders and members that were asked about, `none` are in no
    ring, and of `insufficient_data` nobody can say."""

    active: tuple[RingFigures, ...]
    known: int
    none: int
    insufficient_data: int

    @property
    def accounts(self) -> int:
        return sum(len(ring.accounts) for ring in self.active)


def measure_rings(session: Session, period: Period) -> Rings:
    """Rings of the newest window that wrote in `period`. Names and account ids never leave the store."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    ringed = select(RingAnswer.ring_id, RingAnswer.account_id).where(RingAnswer.ring_id.is_not(None))
    for ring_id, account_id in session.execute(ringed):
        members[str(ring_id)].append(account_id)
    now, before = _written(session, period), _written(session, period.before)
    rings, names = session.scalars(select(Ring)).all(), Pseudonyms.of(session, "review")
    found = [_figures(ring, members[ring.id], names, now, before) for ring in rings]
    answers = dict(session.execute(select(RingAnswer.answer, func.count()).group_by(RingAnswer.answer)).all())
    return Rings(
        active=tuple(sorted((one for one in found if one.comments), key=lambda one: (-len(one.accounts), one.ring_id))),
        known=len(rings),
        none=answers.get(NONE, 0),
        insufficient_data=answers.get(INSUFFICIENT_DATA, 0),
    )


def _figures(
    ring: Ring, members: list[int], names: Pseudonyms, now: Mapping[int, int], before: Mapping[int, int]
) -> RingFigures:
    return RingFigures(
        ring_id=ring.id,
        score=ring.score,
        accounts=tuple(sorted(pseudonym_of(names, one) for one in members)),
        comments=sum(now.get(one, 0) for one in members),
        comments_before=sum(before.get(one, 0) for one in members),
        pairs=len(ring.ties),
        messages=_sum(ring.ties, "messages"),
        messages_by_chance=_sum(ring.ties, "messages_by_chance"),
        met=_sum(ring.ties, "threads"),
        met_by_chance=_sum(ring.ties, "threads_by_chance"),
        first_seen=ring.first_seen,
        last_seen=ring.last_seen,
        evidence=words(ring.reasons),
    )


def _sum(ties: list[dict[str, Any]], what: str) -> Any:
    return sum(tie[what] for tie in ties)


def _written(session: Session, period: Period) -> dict[int, int]:
    """Comments of the period by account, of those in a ring."""
    ringed = select(RingAnswer.account_id).where(RingAnswer.ring_id.is_not(None))
    rows = (
        select(Comment.account_id, func.count())
        .where(published_in(period), Comment.account_id.in_(ringed))
        .group_by(Comment.account_id)
    )
    return dict(session.execute(rows).all())
