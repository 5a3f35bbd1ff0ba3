"""Offenders: accounts with strikes in force, and how much they weigh.

The factors follow Article 23(3) of Regulation (EU) 2022/2065 (DSA): the number of offences, their share of all the
account wrote, their gravity, and, for intent, how widely they are spread. No factor decides alone.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..records import Reason
from ..store import Comment, Group, GroupText, Offender, Strike
from ..store.upsert import chunks, put, remove
from .reasons import counted

logger = logging.getLogger(__name__)


class Mark(NamedTuple):
    """A strike in force."""

    account_id: int
    rule: str
    cause: str
    weight: float


class Written(NamedTuple):
    """A comment of an account with strikes."""

    account_id: int
    platform: str
    comment_id: str
    channel: str
    thread_id: int
    campaign_id: str | None

    @property
    def causes(self) -> tuple[str, ...]:
        own = f"{self.platform}/{self.comment_id}"
        return (own, self.campaign_id) if self.campaign_id else (own,)


def rank_offenders(session: Session, policy: Policy, as_of: datetime | None) -> int:
    """Fill the offender list with the accounts that have strikes in force at `as_of`; returns how many they are.

    An account whose strikes have all expired is no offender any more. `as_of` None (an empty store) means none are
    in force. Only differences are written.
    """
    marks = _in_force(session, as_of)
    written = _written(session, sorted(marks))
    due = {account_id: _ranked(policy, marks[account_id], written[account_id]) for account_id in marks}
    rows = select(Offender.account_id, Offender.strikes, Offender.score, Offender.factors)
    before = {row.account_id: (row.strikes, row.score, row.factors) for row in session.execute(rows)}
    changed = {account_id: ranked for account_id, ranked in due.items() if before.get(account_id) != ranked}
    names = ("account_id", "strikes", "score", "factors")
    put(session, Offender, [dict(zip(names, (each, *ranked), strict=True)) for each, ranked in changed.items()])
    remove(session, Offender.account_id, sorted(before.keys() - due.keys()))
    logger.debug("offenders: %d ranked, %d changed", len(due), len(changed))
    return len(due)


def weigh_factors(policy: Policy, marks: Collection[Mark], written: Collection[Written]) -> dict[str, Reason]:
    """Each factor 0..1, in words.

    number: n / (n + half) of the strikes' weight n; share: offending / (all comments + 1), so that one out of one is
    no habit yet; gravity: the severest rule broken; spread: 1 - 1 / places, places being threads and further channels.
    """
    causes = {mark.cause for mark in marks}
    offending = [comment for comment in written if not causes.isdisjoint(comment.causes)]
    weight = sum(mark.weight for mark in marks)
    threads = {comment.thread_id for comment in offending}
    channels = {(comment.platform, comment.channel) for comment in offending}
    places = max(1, len(threads) + len(channels) - 1)
    rules = [rule for mark in marks if (rule := policy.rule(mark.rule))]
    gravest = max(rules, key=lambda rule: rule.severity, default=None)
    factors = (
        Reason("number", weight / (weight + policy.offenders.half_number), f"strikes in force weigh {weight:g}"),
        Reason("share", len(offending) / (len(written) + 1), f"{len(offending)} of {counted(len(written), 'comment')}"),
        Reason("gravity", gravest.severity if gravest else 0.0, f"gravest: {gravest.title}" if gravest else "unknown"),
        Reason(
            "spread", 1 - 1 / places, f"in {counted(len(threads), 'thread')} on {counted(len(channels), 'channel')}"
        ),
    )
    return {factor.signal: factor for factor in factors}


def _ranked(policy: Policy, marks: Collection[Mark], written: Collection[Written]) -> tuple[float, float, list[object]]:
    factors = weigh_factors(policy, marks, written)
    weights = policy.offenders.weights
    score = sum(getattr(weights, name) * factor.score for name, factor in factors.items())
    strikes = round(sum(mark.weight for mark in marks), 4)
    return strikes, round(min(1.0, score), 4), [factor.as_dict() for factor in factors.values()]


def _in_force(session: Session, as_of: datetime | None) -> Mapping[int, list[Mark]]:
    marks: dict[int, list[Mark]] = defaultdict(list)
    if as_of is not None:
        rows = select(Strike.account_id, Strike.rule, Strike.cause, Strike.weight)
        rows = rows.where(Strike.given_at <= as_of, Strike.expires_at > as_of)
        for row in session.execute(rows.order_by(Strike.account_id, Strike.rule, Strike.cause)):
            marks[row.account_id].append(Mark(*row))
    return marks


def _written(session: Session, account_ids: Iterable[int]) -> Mapping[int, list[Written]]:
    written: dict[int, list[Written]] = defaultdict(list)
    columns = (
        select(Comment.account_id, Comment.platform, Comment.comment_id, Comment.channel, Comment.thread_id)
        .add_columns(Group.campaign_id)
        .outerjoin(GroupText, GroupText.text_id == Comment.text_id)
        .outerjoin(Group, Group.id == GroupText.group_id)
    )
    for chunk in chunks(list(account_ids)):
        for row in session.execute(columns.where(Comment.account_id.in_(chunk))):
            written[row.account_id].append(Written(*row))
    return written
