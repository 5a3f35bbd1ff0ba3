"""What reporters are told, by way of the notices."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..notices import Owed, owe
from ..policy import Policy
from ..store import Comment, Report, Reporter
from .answers import Answer

RECEIPT = "receive"
# Whose text tells the answer; what was done itself has one of its own for those who reported it.
ACTIONS = {Answer.PASSED_ON: "message", Answer.NOT_ACTED: "none"}


def reference(report_id: int) -> str:
    """The number that reporters are given."""
    return f"r{report_id:x}"


def tell_receipt(session: Session, policy: Policy, report: Report, now: datetime) -> None:
    """The report came in."""
    _owe(session, policy, report, RECEIPT, None, now)


def tell_answer(
    session: Session, policy: Policy, report: Report, answer: Answer, decided: Decided, now: datetime
) -> None:
    """What came of the report."""
    _owe(session, policy, report, ACTIONS.get(answer, decided.action), decided, now)


def address(session: Session, reporter_id: int) -> str:
    """Where a reporter is reached: `platform:key`."""
    platform, key = session.execute(select(Reporter.platform, Reporter.key).where(Reporter.id == reporter_id)).one()
    return f"{platform}:{key}"


def _owe(session: Session, policy: Policy, report: Report, action: str, decided: Decided | None, now: datetime) -> None:
    values = {"case": reference(report.id)}
    if channel := session.scalar(select(Comment.channel).where(Comment.id == report.comment_id)):
        values["channel"] = channel
    if decided and (rule := policy.rule(decided.rule)):
        values |= {"rule": rule.title, "rule_meaning": rule.meaning}
    owed = Owed(
        audience="reporter", recipient=address(session, report.reporter_id), action=action,
        case_id=decided.case_id if decided else None, decision_id=decided.id if decided else None, values=values,
    )  # fmt: skip
    owe(session, policy, owed, now)
