"""Noting that somebody is to be told something."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..policy import Policy
from ..policy.templates import Audience
from ..store import Account, Case, Comment, Decision, Notice, NoticeCause
from ..store.upsert import add_missing, chunks
from .owed import Owed

WAITING, BLOCKED, READY, CANCELLED = "waiting", "blocked", "ready", "cancelled"
OF_ACCOUNTS = frozenset({Audience.AUTHOR, Audience.APPELLANT})


def owe(session: Session, policy: Policy, owed: Owed, now: datetime) -> str:
    """The id of the notice, noted in the caller's transaction. What is owed again, is one notice.

    Nothing is sent here. A text that can't be filled in yet, or for which the policy has no template, is noted all the
    same, and stays among those that are blocked.
    """
    account_id = _account_id(session, owed)
    row = new_row(owed, due_at(policy, owed.decision_id, now), now) | {
        "rule": _rule(session, owed), "account_id": account_id,
        "language": owed.language or language_of(session, account_id),
    }  # fmt: skip
    if (owed.audience, owed.action) == (Audience.APPELLANT, "restore"):
        _not_twice(session, owed)
    note(session, [row], {owed.id: {owed.decision_id: []}} if owed.decision_id else {})
    return owed.id


def new_row(owed: Owed, due: datetime, now: datetime) -> dict[str, Any]:
    """A notice that waits, without what only the store can tell."""
    return {
        "id": owed.id, "audience": owed.audience.value, "recipient": owed.recipient, "action": owed.action,
        "rule": None, "case_id": owed.case_id, "template": owed.template, "language": owed.language,
        "given": dict(owed.values), "edited": None, "account_id": None, "thread_id": None, "comment_id": None,
        "state": WAITING, "gaps": [], "text": None, "owed_at": now, "due_at": due, "ready_at": None,
        "appeal_until": None, "tried_under": None,
    }  # fmt: skip


def note(session: Session, rows: list[dict[str, Any]], causes: dict[str, dict[str, list[int]]]) -> None:
    """Writes the notices down with the decisions they are owed for: {notice id: {decision id: comment ids}}.

    One that was called off is owed anew; any other that is there already stays as it is.
    """
    ids = [row["id"] for row in rows]
    for chunk in chunks(ids):
        called_off = select(Notice.id).where(Notice.id.in_(chunk), Notice.state == CANCELLED)
        for notice_id in session.scalars(called_off):
            row = next(row for row in rows if row["id"] == notice_id)
            session.execute(update(Notice).where(Notice.id == notice_id).values(**row))
    add_missing(session, Notice, rows)
    add_missing(session, NoticeCause, [
        {"notice_id": notice_id, "decision_id": decision_id, "comments": comments}
        for notice_id, decisions in causes.items()
        for decision_id, comments in decisions.items()
    ])  # fmt: skip


def due_at(policy: Policy, decision_id: str | None, now: datetime) -> datetime:
    """When a text may go out that can't be called back: after the time in which its decision can be undone."""
    return now + timedelta(minutes=policy.work.undo_minutes) if decision_id else now


def _account_id(session: Session, owed: Owed) -> int | None:
    if owed.audience not in OF_ACCOUNTS:
        return None
    platform, _, author_id = owed.recipient.partition(":")
    return session.scalar(select(Account.id).where(Account.platform == platform, Account.author_id == author_id))


def _rule(session: Session, owed: Owed) -> str | None:
    """That of the decision, else that of the case."""
    decided = select(Decision.rule).where(Decision.id == owed.decision_id)
    return session.scalar(decided) or session.scalar(select(Case.rule).where(Case.id == owed.case_id))


def language_of(session: Session, account_id: int | None) -> str | None:
    """That of what the account wrote last, None for the policy's: nobody knows what a reporter reads."""
    if account_id is None:
        return None
    statement = select(Comment.language).where(Comment.account_id == account_id, Comment.language.is_not(None))
    return session.scalar(statement.order_by(Comment.published_at.desc(), Comment.id.desc()).limit(1))


def _not_twice(session: Session, owed: Owed) -> None:
    """Whoever contested a decision hears of the answer as that, and not once more as an author."""
    same = (Notice.recipient == owed.recipient, Notice.case_id == owed.case_id, Notice.action == owed.action)
    unsent = (Notice.audience == Audience.AUTHOR.value, Notice.state.in_((WAITING, BLOCKED)))
    session.execute(update(Notice).where(*same, *unsent).values(state=CANCELLED))
