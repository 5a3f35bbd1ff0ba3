"""Reports that came before the comment they are about."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Comment, Report


def admit_waiting(session: Session, policy: Policy, now: datetime) -> list[Report]:
    """The reports whose comment came in after them, from now on open. Who waited too long waits no longer: those are
    `gone`, as the comment is not there, or not any more."""
    come = select(Report).join(Comment, Comment.id == Report.comment_id).where(Report.state == "waiting")
    admitted = list(session.scalars(come.order_by(Report.received_at, Report.id)))
    for one in admitted:
        one.state = "open"
    session.flush()
    limit = now - timedelta(days=policy.reports.waiting_days)
    late = (Report.state == "waiting", Report.received_at < limit)
    session.execute(update(Report).where(*late).values(state="gone"), execution_options={"synchronize_session": False})
    return admitted
