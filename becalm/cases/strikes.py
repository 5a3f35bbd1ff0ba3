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

logger = logging.getLogger(__name__)

Key = tuple[int, str, str]
Terms = tuple[float, datetime, datetime]


def give_strikes(session: Session, policy: Policy) -> int:
    """Bring the strikes to what the policy gives for the store as it is; returns how many stand, expired ones too.

    One for each (account, rule, cause): it counts from the account's last comment in that cause, however many there
    were. Strikes whose cause is gone are removed; the brand's own accounts get none. Only differences are written.
    """
    facts = read_facts(session, policy)
    found = offences(judge(facts, policy, ignoring_strikes=True), facts)
    due = _kept(session, policy, _due(found, policy.offenders.strike_days))
    rows = select(Strike.account_id, Strike.rule, Strike.cause, Strike.weight, Strike.given_at, Strike.expires_at)
    before = {(who, rule, cause): (*terms,) for who, rule, cause, *terms in session.connection().execute(rows).all()}
    changed = {key: terms for key, terms in due.items() if before.get(key) != terms}
    put(session, Strike, [_row(key, terms) for key, terms in changed.items()])
    gone = before.keys() - due.keys()
    _remove(session, gone)
    logger.debug("strikes: %d standing, %d given or changed, %d removed", len(due), len(changed), len(gone))
    return len(due)


def stream_time(session: Session) -> datetime | None:
    """When the newest stored comment was published, None without comments: the stream's own clock."""
    return session.scalar(select(func.max(Comment.published_at)))


def _due(found: Iterable[tuple[Rule, str, CommentFacts]], strike_days: int) -> dict[Key, Terms]:
    due: dict[Key, Terms] = {}
    for rule, cause, comment in found:
        key = (comment.account_id, rule.id, cause)
        if rule.strike and (key not in due or due[key][1] < comment.published_at):
            days = timedelta(days=rule.strike.days or strike_days)
            due[key] = (rule.strike.weight, comment.published_at, comment.published_at + days)
    return due


def _kept(session: Session, policy: Policy, due: dict[Key, Terms]) -> dict[Key, Terms]:
    """Without those that ended so long ago, by the stream's own clock, that the policy keeps them no longer."""
    keeping, now = policy.retention.get("strikes"), stream_time(session)
    if keeping is None or now is None:
        return due
    oldest = now - timedelta(days=keeping.days)
    return {key: terms for key, terms in due.items() if terms[2] >= oldest}


def _row(key: Key, terms: Terms) -> dict[str, Any]:
    names = ("account_id", "rule", "cause", "weight", "given_at", "expires_at")
    return dict(zip(names, (*key, *terms), strict=True))


def _remove(session: Session, keys: Iterable[Key]) -> None:
    table = Strike.__table__
    names = ("account_id", "rule", "cause")
    rows = [{f"gone_{name}": value for name, value in zip(names, key, strict=True)} for key in keys]
    if rows:
        same = (table.c[name] == bindparam(f"gone_{name}") for name in names)
        session.connection().execute(delete(Strike).where(*same), rows)
