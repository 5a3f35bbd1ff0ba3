"""What reporters are told, by way of the notices."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..notices import Owed, owe
from ..policy import Policy
from ..policy.templates import Audience
from ..store import Comment, Decision, Notice, Report, Reporter
from ..store.upsert import chunks
from .answers import Answer
from .places import case_of

RECEIPT = "receive"
# Whose text tells the answer; what was done itself has one of its own for those who reported it.
ACTIONS = {Answer.PASSED_ON: "message", Answer.NOT_ACTED: "none"}


def reference(report_id: int) -> str:
    """The number that reporters are given."""
    return f"r{report_id:x}"


def confirm(session: Session, policy: Policy, now: datetime, report_ids: Sequence[int] | None = None) -> int:
    """Tells the reporters of what lies in a case, or is answered, that their report came in, once each; how many.

    What waits for its comment is confirmed when that is there. `report_ids` None is all of them.
    """
    unconfirmed = (Report.confirmed_at.is_(None), Report.state.in_(("open", "answered")))
    chosen = [()] if report_ids is None else [(Report.id.in_(chunk),) for chunk in chunks(report_ids)]
    confirmed = 0
    for which in chosen:
        for report in session.scalars(select(Report).where(*unconfirmed, *which).order_by(Report.id)).all():
            if case_id := _case_of(session, report):
                _owe(session, policy, report, RECEIPT, case_id, None, now)
                report.confirmed_at = now
                confirmed += 1
    session.flush()
    return confirmed


def tell_answer(
    session: Session, policy: Policy, report: Report, answer: Answer, decided: Decided, now: datetime
) -> None:
    """What came of the report."""
    action = ACTIONS.get(answer, decided.action)
    notice_id = _owe(session, policy, report, action, decided.case_id, decided, now)
    report.tellings = [*report.tellings, [notice_id, answer.value]]


def told_last(session: Session, report: Report) -> str | None:
    """The answer that the reporter knows or is about to get: what was called off before it was sent does not count."""
    ids = [notice_id for notice_id, _ in report.tellings]
    gone = select(Notice.id).where(Notice.id.in_(ids), Notice.state == "cancelled")
    off = set(session.scalars(gone)) if ids else set()
    return next((answer for notice_id, answer in reversed(report.tellings) if notice_id not in off), None)


def address(session: Session, reporter_id: int) -> str:
    """Where a reporter is reached: `platform:key`."""
    platform, key = session.execute(select(Reporter.platform, Reporter.key).where(Reporter.id == reporter_id)).one()
    return f"{platform}:{key}"


def _case_of(session: Session, report: Report) -> str | None:
    if report.state == "open":
        return case_of(session, report.comment_id)
    return session.scalar(select(Decision.case_id).where(Decision.id == report.decision_id))


def _owe(
    session: Session, policy: Policy, report: Report, action: str, case_id: str, decided: Decided | None,
    now: datetime,
) -> str:  # fmt: skip
    values = {"case": reference(report.id)}
    if channel := session.scalar(select(Comment.channel).where(Comment.id == report.comment_id)):
        values["channel"] = channel
    owed = Owed(
        audience=Audience.REPORTER, recipient=address(session, report.reporter_id), action=action, case_id=case_id,
        decision_id=decided.id if decided else None, values=values,
        about=f"{reference(report.id)} {len(report.tellings)}",
    )  # fmt: skip
    return owe(session, policy, owed, now)
