"""Notices as people read them: what waits, what is blocked by what, and what was said."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Action, Notice, NoticeCause
from .rendering import render_notice

SHOWN = (
    "id", "audience", "recipient", "action", "rule", "case_id", "template", "language", "state", "gaps", "text",
    "owed_at", "due_at", "ready_at", "appeal_until",
)  # fmt: skip


def notice_records(session: Session, state: str | None = None) -> Iterator[dict[str, Any]]:
    """Every notice (in that state, where `sent` is one that was carried out), the oldest first, fit for JSON."""
    for notice, sent_at in session.execute(_with_sending().order_by(Notice.owed_at, Notice.id)):
        record = notice_record(notice, sent_at)
        if state is None or record["state"] == state:
            yield record


def whole_record(session: Session, policy: Policy, notice: Notice, now: datetime) -> dict[str, Any]:
    """With the decisions that it tells of, and before it is sent with its text as it would go out now."""
    sent_at = session.execute(_with_sending().where(Notice.id == notice.id)).one()[1]
    causes = select(NoticeCause.decision_id).where(NoticeCause.notice_id == notice.id)
    record = notice_record(notice, sent_at) | {"decisions": sorted(session.scalars(causes))}
    if notice.text is None and notice.state != "cancelled":
        rendered = render_notice(session, policy, notice, now)
        record |= {"text": rendered.text, "gaps": list(rendered.gaps), "language": rendered.language}
    return record


def notice_record(notice: Notice, sent_at: datetime | None) -> dict[str, Any]:
    """A notice that was carried out is `sent`."""
    values = {name: getattr(notice, name) for name in SHOWN} | {"sent_at": sent_at}
    told = {name: each.isoformat() if isinstance(each, datetime) else each for name, each in values.items()}
    return told | ({"state": "sent"} if sent_at else {})


def notice_counts(session: Session) -> dict[str, int]:
    """How many notices are in each state, without those there are none of."""
    found = dict(session.execute(select(Notice.state, func.count()).group_by(Notice.state)).all())
    return {state: found[state] for state in ("waiting", "blocked", "ready", "cancelled") if state in found}


def _with_sending() -> Select[Notice, datetime | None]:
    sent = select(func.max(Action.done_at)).where(Action.notice_id == Notice.id).scalar_subquery()
    return select(Notice, sent).execution_options(populate_existing=True)
