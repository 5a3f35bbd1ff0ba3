"""Strikes: weighted, expiring marks from campaigns, floods and single comments."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session

from ..policy import Policy, Rule
from ..store import Comment, Strike
from ..store.upsert import put
from .facts import CommentFacts, read_facts
from .judging import judge, offences
from .verdicts import Offence, Verdicts, read_verdicts

logger = logging.getLogger(__name__)

Key = tuple[int, str, str]
Terms = tuple[float, datetime, datetime, bool]
NAMES = ("account_id", "rule", "cause", "weight", "given_at", "expires_at", "upheld")
KEY = NAMES[:3]


def give_strikes(session: Session, policy: Policy) -> int:
    """Bring the strikes to what the policy gives for the store as it is; returns how many stand, expired ones too.

    One for each (account, rule, cause): it counts from the account's last comment in that cause, however many there
    were. What people upheld is one whatever the machine thinks now, what they dismissed or took back is none, and the
    rest is what the machine thinks. Strikes whose cause is gone are removed; the brand's own accounts get none. Only
    differences are written.
    """
    facts = read_facts(session, policy)
    verdicts = read_verdicts(session, policy)
    due = due_by_machine(offences(judge(facts, policy, ignoring_strikes=True), facts), verdicts, policy)
    due |= due_by_people(verdicts.upheld, policy)
    due = _kept(session, policy, due)
    before = read_strikes(session)
    changed = {key: terms for key, terms in due.items() if before.get(key) != terms}
    put(session, Strike, [_row(key, terms) for key, terms in changed.items()])
    gone = before.keys() - due.keys()
    remove_strikes(session, gone)
    logger.debug("strikes: %d standing, %d given or changed, %d removed", len(due), len(changed), len(gone))
    return len(due)


def stream_time(session: Session) -> datetime | None:
    """When the newest stored comment was published, None without comments: the stream's own clock."""
    return session.scalar(select(func.max(Comment.published_at)))


def due_by_people(upheld: Iterable[Offence], policy: Policy) -> dict[Key, Terms]:
    """Strikes for what people upheld, as the rule that they named has it."""
    found = [(rule, *one[1:3], one.published_at) for one in upheld if (rule := policy.rule(one.rule))]
    return _due(found, policy.offenders.strike_days, upheld=True)


def due_by_machine(
    found: Iterable[tuple[Rule, str, CommentFacts]], verdicts: Verdicts, policy: Policy
) -> dict[Key, Terms]:
    """Strikes for what nobody has decided yet."""
    open_ = (
        (rule, cause, comment.account_id, comment.published_at)
        for rule, cause, comment in found
        if not verdicts.settles(rule, comment.id)
    )
    return _due(open_, policy.offenders.strike_days, upheld=False)


def read_strikes(session: Session, *which: Any) -> dict[Key, Terms]:
    """The stored ones, by key."""
    rows = session.connection().execute(select(*(getattr(Strike, name) for name in NAMES)).where(*which)).all()
    return {(who, rule, cause): (*terms,) for who, rule, cause, *terms in rows}


def put_strikes(session: Session, due: dict[Key, Terms]) -> None:
    put(session, Strike, [_row(key, terms) for key, terms in due.items()])


def remove_strikes(session: Session, keys: Iterable[Key]) -> None:
    table = Strike.__table__
    rows = [{f"gone_{name}": value for name, value in zip(KEY, key, strict=True)} for key in keys]
    if rows:
        same = (table.c[name] == bindparam(f"gone_{name}") for name in KEY)
        session.connection().execute(delete(Strike).where(*same), rows)


def _due(found: Iterable[tuple[Rule, str, int, datetime]], strike_days: int, *, upheld: bool) -> dict[Key, Terms]:
    due: dict[Key, Terms] = {}
    for rule, cause, account_id, published_at in found:
        key = (account_id, rule.id, cause)
        if rule.strike and (key not in due or due[key][1] < published_at):
            days = timedelta(days=rule.strike.days or strike_days)
            due[key] = (rule.strike.weight, published_at, published_at + days, upheld)
    return due


def _kept(session: Session, policy: Policy, due: dict[Key, Terms]) -> dict[Key, Terms]:
    """Without those that ended so long ago, by the stream's own clock, that the policy keeps them no longer."""
    keeping, now = policy.retention.get("strikes"), stream_time(session)
    if keeping is None or now is None:
        return due
    oldest = now - timedelta(days=keeping.days)
    return {key: terms for key, terms in due.items() if terms[2] >= oldest}


def _row(key: Key, terms: Terms) -> dict[str, Any]:
    return dict(zip(NAMES, (*key, *terms), strict=True))
