"""Offenders: accounts with strikes in force, and how much they weigh.

The factors follow Article 23(3) of Regulation (EU) 2022/2065 (DSA): the number of offences, their share of all the
account wrote, their gravity, and, for intent, how widely they are spread. No factor decides alone.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Subquery, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..records import Reason
from ..store import Comment, Group, GroupText, Offender, Strike
from ..store.upsert import put, remove
from .reasons import counted

logger = logging.getLogger(__name__)


class Mark(NamedTuple):
    """A strike in force."""

    account_id: int
    rule: str
    cause: str
    weight: float


class Written(NamedTuple):
    """How much an account with strikes wrote: all of it, the offending part of that, and where the latter stands."""

    comments: int
    offending: int
    threads: int
    channels: int


def rank_offenders(session: Session, policy: Policy, as_of: datetime | None) -> int:
    """Fill the offender list with the accounts that have strikes in force at `as_of`; returns how many they are.

    An account whose strikes have all expired is no offender any more. `as_of` None (an empty store) means none are
    in force. Only differences are written.
    """
    marks = _marks(session, as_of)
    written = _written(session, as_of)
    due = {account_id: _ranked(policy, marks[account_id], written[account_id]) for account_id in marks}
    rows = select(Offender.account_id, Offender.strikes, Offender.score, Offender.factors)
    before = {row.account_id: (row.strikes, row.score, row.factors) for row in session.execute(rows)}
    changed = {account_id: ranked for account_id, ranked in due.items() if before.get(account_id) != ranked}
    names = ("account_id", "strikes", "score", "factors")
    put(session, Offender, [dict(zip(names, (each, *ranked), strict=True)) for each, ranked in changed.items()])
    remove(session, Offender.account_id, sorted(before.keys() - due.keys()))
    logger.debug("offenders: %d ranked, %d changed", len(due), len(changed))
    return len(due)


def weigh_factors(policy: Policy, marks: Collection[Mark], written: Written) -> dict[str, Reason]:
    """Each factor 0..1, in words.

    number: n / (n + half) of the strikes' weight n; share: offending / (all comments + 1), so that one out of one is
    no habit yet; gravity: the severest rule broken; spread: 1 - 1 / places, places being threads and further channels.
    """
    weight = sum(mark.weight for mark in marks)
    places = max(1, written.threads + written.channels - 1)
    rules = [rule for mark in marks if (rule := policy.rule(mark.rule))]
    gravest = max(rules, key=lambda rule: rule.severity, default=None)
    factors = (
        Reason("number", weight / (weight + policy.offenders.half_number), f"strikes in force weigh {weight:g}"),
        Reason(
            "share",
            written.offending / (written.comments + 1),
            f"{written.offending} of {counted(written.comments, 'comment')}",
        ),
        Reason("gravity", gravest.severity if gravest else 0.0, f"gravest: {gravest.title}" if gravest else "unknown"),
        Reason(
            "spread",
            1 - 1 / places,
            f"in {counted(written.threads, 'thread')} on {counted(written.channels, 'channel')}",
        ),
    )
    return {factor.signal: factor for factor in factors}


def _ranked(policy: Policy, marks: Collection[Mark], written: Written) -> tuple[float, float, list[object]]:
    factors = weigh_factors(policy, marks, written)
    weights = policy.offenders.weights
    score = sum(getattr(weights, name) * factor.score for name, factor in factors.items())
    strikes = round(sum(mark.weight for mark in marks), 4)
    return strikes, round(min(1.0, score), 4), [factor.as_dict() for factor in factors.values()]


def _marks(session: Session, as_of: datetime | None) -> Mapping[int, list[Mark]]:
    marks: dict[int, list[Mark]] = defaultdict(list)
    rows = select(Strike.account_id, Strike.rule, Strike.cause, Strike.weight).where(_in_force(as_of))
    for row in session.execute(rows.order_by(Strike.account_id, Strike.rule, Strike.cause)):
        marks[row.account_id].append(Mark(*row))
    return marks


def _in_force(as_of: datetime | None) -> ColumnElement[bool]:
    return false() if as_of is None else and_(Strike.given_at <= as_of, Strike.expires_at > as_of)


def _written(session: Session, as_of: datetime | None) -> Mapping[int, Written]:
    """Of each account with strikes in force. Offending is a comment that is a cause itself, or whose campaign is."""
    causes = select(Strike.account_id, Strike.cause).where(_in_force(as_of)).distinct()
    # Two copies: SQLite makes an index of each, and looks no comment up twice.
    own, shared = causes.subquery("own"), causes.subquery("shared")
    offending = or_(own.c.cause.is_not(None), shared.c.cause.is_not(None))
    place = case((offending, Comment.platform + " " + Comment.channel))
    statement = (
        select(
            Comment.account_id, func.count(), func.sum(case((offending, 1), else_=0)),
            func.count(case((offending, Comment.thread_id)).distinct()), func.count(place.distinct()),
        )
        .outerjoin(GroupText, GroupText.text_id == Comment.text_id)
        .outerjoin(Group, Group.id == GroupText.group_id)
        .outerjoin(own, _of(own, Comment.platform + "/" + Comment.comment_id))
        .outerjoin(shared, _of(shared, Group.campaign_id))
        .where(Comment.account_id.in_(select(Strike.account_id).where(_in_force(as_of))))
        .group_by(Comment.account_id)
    )  # fmt: skip
    return {account_id: Written(*counts) for account_id, *counts in session.execute(statement)}


def _of(causes: Subquery, cause: Any) -> ColumnElement[bool]:
    return and_(causes.c.account_id == Comment.account_id, causes.c.cause == cause)
