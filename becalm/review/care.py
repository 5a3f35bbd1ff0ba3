"""Customers who wait for help, and customers who are pleased."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from ..store import Case, CaseComment, Comment
from .names import PolicyNames
from .period import Period
from .rules import cases_of


@dataclass(frozen=True, slots=True)
class Care:
    """`waiting`, `people`, `overdue` and `oldest_written_at` are of all open complaints, whenever they were written."""

    waiting: int
    people: int
    overdue: int
    oldest_written_at: datetime | None
    complaints: int
    complaints_before: int
    praise: int
    praise_before: int
    praise_open: int


def measure_care(session: Session, period: Period, now: datetime, names: PolicyNames) -> Care:
    """Complaints are the cases of the care queue, praise those of the praise queue.

    A customer waits from when the comment was written, not from when the case was opened.
    """
    waiting = select(func.count()).select_from(Case).where(Case.state == "open", Case.queue == names.care_queue)
    written = (
        select(func.min(Comment.published_at), func.count(distinct(Comment.account_id)))
        .join(CaseComment, CaseComment.comment_id == Comment.id)
        .join(Case, Case.id == CaseComment.case_id)
        .where(Case.state == "open", Case.queue == names.care_queue)
    )
    oldest, people = session.execute(written).one()
    praise = select(func.count()).select_from(Case).where(Case.state == "open", Case.queue == names.praise_queue)
    return Care(
        waiting=session.scalars(waiting).one(),
        people=people,
        overdue=session.scalars(waiting.where(Case.due_at < now)).one(),
        oldest_written_at=oldest,
        complaints=_count(session, period, names.care_queue),
        complaints_before=_count(session, period.before, names.care_queue),
        praise=_count(session, period, names.praise_queue),
        praise_before=_count(session, period.before, names.praise_queue),
        praise_open=session.scalars(praise).one(),
    )


def _count(session: Session, period: Period, queue: str) -> int:
    cases: int = session.scalars(cases_of(period, func.count()).where(Case.queue == queue)).one()
    return cases
