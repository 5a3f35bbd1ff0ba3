"""Notices that are due go to the outbox as soon as nothing in them is missing."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, func, or_, select, update
from sqlalchemy.orm import Session

from ..notices.contesting import appeal_until
from ..notices.owing import BLOCKED, READY, WAITING
from ..notices.rendering import Rendered, render_notice
from ..policy import Policy
from ..policy.templates import Audience
from ..store import Account, Action, Comment, Notice, NoticeCause, Thread
from ..store.upsert import add
from .planning import Target, key_of, new_row

REPORTS = "reports"


class Addressed(NamedTuple):
    """Where a notice goes: which platform, what kind of target, which one, and what is done there."""

    platform: str
    target_kind: str
    target: str
    kind: str


def release_notices(session: Session, policy: Policy, now: datetime) -> int:
    """How many are blocked after all that are due were filled in anew; the others are in the outbox.

    What was blocked is looked at again only under another policy, or when somebody filled something in.
    """
    # From here on nobody else writes (SQLite), or else what they changed meanwhile is seen by the updates below.
    session.connection().execute(update(Notice).where(false()).values(state=WAITING))
    for notice in session.scalars(_due(policy, now).execution_options(populate_existing=True)).all():
        rendered = render_notice(session, policy, notice, now)
        if rendered.gaps:
            _block(session, policy, notice, rendered)
        else:
            _release(session, policy, notice, rendered, now)
    return session.scalars(select(func.count()).select_from(Notice).where(Notice.state == BLOCKED)).one()


def say_anew(session: Session, policy: Policy, notice_id: str, now: datetime) -> tuple[str, ...]:
    """What the text lacks that was only rehearsed; where it lacks nothing, it is as of today, its dates too."""
    notice = session.get_one(Notice, notice_id)
    rendered = render_notice(session, policy, notice, now)
    if not rendered.gaps:
        values = _told(policy, notice, rendered, now)
        session.execute(update(Notice).where(Notice.id == notice_id).values(**values))
    return rendered.gaps


def address_of(session: Session, notice: Notice) -> Addressed:
    """An answer goes under its comment, what all may read into the thread, and anything else to its reader."""
    if notice.audience == Audience.PUBLIC and notice.account_id is not None:
        comment = session.get_one(Comment, notice.comment_id)
        return Addressed(comment.platform, "comment", comment.comment_id, "reply")
    if notice.audience == Audience.PUBLIC:
        thread = session.get_one(Thread, notice.thread_id)
        return Addressed(thread.platform, "thread", thread.thread_id, "post")
    if notice.account_id is not None:
        account = session.get_one(Account, notice.account_id)
        return Addressed(account.platform, "account", account.author_id, "message")
    return Addressed(REPORTS, "address", notice.recipient, "message")


def _due(policy: Policy, now: datetime) -> Select[Notice]:
    changed = or_(Notice.tried_under.is_(None), Notice.tried_under != policy.digest)
    waits = or_(Notice.state == WAITING, (Notice.state == BLOCKED) & changed)
    return select(Notice).where(waits, Notice.due_at <= now).order_by(Notice.due_at, Notice.id)


def _block(session: Session, policy: Policy, notice: Notice, rendered: Rendered) -> None:
    found = {"state": BLOCKED, "gaps": list(rendered.gaps), "tried_under": policy.digest}
    session.execute(update(Notice).where(*_still_due(notice, notice.due_at)).values(**found))


def _release(session: Session, policy: Policy, notice: Notice, rendered: Rendered, now: datetime) -> None:
    values = _told(policy, notice, rendered, now) | {"state": READY, "gaps": [], "tried_under": None}
    statement = update(Notice).where(*_still_due(notice, now)).values(**values).returning(Notice.id)
    if session.scalars(statement.execution_options(synchronize_session=False)).all():
        add(session, Action, [_saying(session, policy, notice, now)])


def _told(policy: Policy, notice: Notice, rendered: Rendered, now: datetime) -> dict[str, Any]:
    until = appeal_until(policy, now) if notice.audience == Audience.AUTHOR else None
    return {"text": rendered.text, "language": rendered.language, "ready_at": now, "appeal_until": until}


def _still_due(notice: Notice, by: datetime) -> tuple[ColumnElement[bool], ...]:
    """Nobody released, called off or put off the notice since it was read."""
    return (Notice.id == notice.id, Notice.state.in_((WAITING, BLOCKED)), Notice.due_at <= by)


def _saying(session: Session, policy: Policy, notice: Notice, now: datetime) -> dict[str, Any]:
    to = address_of(session, notice)
    decision_id = session.scalars(
        select(func.min(NoticeCause.decision_id)).where(NoticeCause.notice_id == notice.id)
    ).one()
    before = session.scalars(select(func.count()).select_from(Action).where(Action.notice_id == notice.id)).one()
    target = Target(to.platform, to.target_kind, to.target)
    row = new_row(policy, decision_id, notice.case_id, to.kind, target, now, now)
    return row | {
        "notice_id": notice.id, "account_id": notice.account_id, "round": before + 1,
        "key": key_of(notice.id, str(before + 1)),
    }  # fmt: skip
