"""Offenders: accounts with strikes in force, ranked by the four factors."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..policy import Policy
from ..store import Comment, Group, GroupText, Measure, Offender, Strike
from ..store.upsert import chunks, put, remove
from .factors import NOTHING, Mark, Written, weigh_factors
from .measures import Kind, Standing, standings

logger = logging.getLogger(__name__)

Row = dict[str, Any]
ACCOUNTS_AT_ONCE = 5_000
_TOLD = ("strikes", "upheld", "score", "factors", "warnings", "after_warning", "suspensions")


def rank_offenders(
    session: Session, policy: Policy, as_of: datetime | None, accounts: Sequence[int] | None = None
) -> int:
    """Fill the offender list with the accounts that have strikes in force at `as_of`; returns how many they are.

    With `accounts`, only these are ranked anew.

    An account whose strikes have all expired is no offender any more. `as_of` None (an empty store) means none are
    in force. Only differences are written.
    """
    if accounts is not None and len(accounts) > ACCOUNTS_AT_ONCE:
        return sum(rank_offenders(session, policy, as_of, chunk) for chunk in chunks(accounts, ACCOUNTS_AT_ONCE))
    due = _due(session, policy, as_of, accounts) if as_of else {}
    columns = [Offender.account_id, *(getattr(Offender, name) for name in _TOLD)]
    rows = session.execute(select(*columns).where(_among(Offender.account_id, accounts)))
    before = {row.account_id: row._asdict() for row in rows}
    changed = [row for account_id, row in due.items() if before.get(account_id) != row]
    put(session, Offender, changed)
    remove(session, Offender.account_id, sorted(before.keys() - due.keys()))
    logger.debug("offenders: %d ranked, %d changed", len(due), len(changed))
    return len(due)


def _due(session: Session, policy: Policy, as_of: datetime, accounts: Sequence[int] | None) -> dict[int, Row]:
    since = as_of - timedelta(days=policy.offenders.window_days)
    marks = _marks(session, as_of, accounts)
    standing = standings(session, policy, as_of, accounts)
    written = _written(session, as_of, since, _warned_since(as_of, policy), accounts)
    return {
        account_id: _row(policy, account_id, given, since, written.get(account_id, NOTHING), standing.get(account_id))
        for account_id, given in marks.items()
    }


def _row(
    policy: Policy, account_id: int, marks: Collection[Mark], since: datetime, written: Written,
    standing: Standing | None,
) -> Row:  # fmt: skip
    factors = weigh_factors(policy, [mark for mark in marks if mark.given_at > since], written)
    weights = policy.offenders.weights
    score = sum(getattr(weights, name) * factor.score for name, factor in factors.items())
    return {
        "account_id": account_id,
        "strikes": round(sum(mark.weight for mark in marks), 4),
        "upheld": round(sum(mark.weight for mark in marks if mark.upheld), 4),
        "score": round(min(1.0, score), 4),
        "factors": [factor.as_dict() for factor in factors.values()],
        "warnings": standing.warnings if standing else 0,
        "after_warning": written.after_warning,
        "suspensions": standing.suspensions if standing else 0,
    }


def _marks(session: Session, as_of: datetime, accounts: Sequence[int] | None) -> Mapping[int, list[Mark]]:
    marks: dict[int, list[Mark]] = defaultdict(list)
    columns = (Strike.account_id, Strike.rule, Strike.cause, Strike.weight, Strike.given_at, Strike.upheld)
    rows = select(*columns).where(_in_force(as_of), _among(Strike.account_id, accounts))
    for row in session.execute(rows.order_by(Strike.account_id, Strike.rule, Strike.cause)):
        marks[row.account_id].append(Mark(*row))
    return marks


def _among(column: InstrumentedAttribute[int], accounts: Sequence[int] | None) -> ColumnElement[bool]:
    return true() if accounts is None else column.in_(accounts)


def _in_force(as_of: datetime) -> ColumnElement[bool]:
    return and_(Strike.given_at <= as_of, Strike.expires_at > as_of)


def _warned_since(as_of: datetime, policy: Policy) -> Subquery:
    """The latest warning in force of each account."""
    oldest = as_of - timedelta(days=policy.offenders.warning_days)
    in_force = and_(Measure.kind == Kind.WARN, Measure.lifted_at.is_(None), Measure.taken_at > oldest)
    latest = func.max(Measure.taken_at).label("at")
    return select(Measure.account_id, latest).where(in_force).group_by(Measure.account_id).subquery("warned")


def _written(
    session: Session, as_of: datetime, since: datetime, warned: Subquery, accounts: Sequence[int] | None
) -> Mapping[int, Written]:
    """Of each account with strikes in force. Offending is a comment that is a cause itself, or whose campaign is."""
    marked = (_in_force(as_of), _among(Strike.account_id, accounts))
    causes = select(Strike.account_id, Strike.cause).where(*marked).distinct()
    # Two copies: SQLite makes an index of each, and looks no comment up twice.
    own, shared = causes.subquery("own"), causes.subquery("shared")
    offending = or_(own.c.cause.is_not(None), shared.c.cause.is_not(None))
    in_vain = and_(offending, Comment.published_at > warned.c.at)
    place = case((offending, Comment.platform + " " + Comment.channel))
    statement = (
        select(
            Comment.account_id, func.count(), func.sum(case((offending, 1), else_=0)),
            func.count(case((offending, Comment.thread_id)).distinct()), func.count(place.distinct()),
            func.sum(case((in_vain, 1), else_=0)),
        )
        .outerjoin(GroupText, GroupText.text_id == Comment.text_id)
        .outerjoin(Group, Group.id == GroupText.group_id)
        .outerjoin(own, _of(own, Comment.platform + "/" + Comment.comment_id))
        .outerjoin(shared, _of(shared, Group.campaign_id))
        .outerjoin(warned, warned.c.account_id == Comment.account_id)
        .where(Comment.account_id.in_(select(Strike.account_id).where(*marked)), Comment.published_at > since)
        .group_by(Comment.account_id)
    )  # fmt: skip
    return {account_id: Written(*counts) for account_id, *counts in session.execute(statement)}


def _of(causes: Subquery, cause: Any) -> ColumnElement[bool]:
    return and_(causes.c.account_id == Comment.account_id, causes.c.cause == cause)
