"""Answering reports: what is decided on a comment is the answer to everybody who reported it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from ..decisions import Decided, Force
from ..policy import Policy
from ..store import Report
from ..store.upsert import chunks
from .answers import finding
from .places import ANSWERING
from .telling import tell_answer, told_last
from .weighing import weigh_reports


def answer_reports(session: Session, policy: Policy, kind: str, before: Force, after: Force, now: datetime) -> int:
    """Answers the reports of the comments that a case of this `kind` is about, when another decision came into force on
    it; returns how many. Where none is in force any more, what it answered is open again.

    Reporters are told where their answer is not the one that they were told last.
    """
    was, decided = before.in_force, after.in_force
    if kind not in ANSWERING or was == decided:
        return 0
    left = _comments(decided)
    reports = _reports(session, sorted(left | _comments(was)), was)
    for report in reports:
        if decided is None:
            reopen(report)
        elif report.comment_id in left:
            answer(session, policy, report, decided, now, counts=not decided.is_machine)
        elif report.state == "answered":  # no longer about this comment: what was done to it was taken back
            answer(session, policy, report, replace(decided, outcome="dismissed", action="none"), now, counts=True)
    session.flush()
    if reports:
        weigh_reports(session, policy, now, {report.comment_id for report in reports})
    return len(reports)


def answer(session: Session, policy: Policy, report: Report, decided: Decided, now: datetime, *, counts: bool) -> None:
    """The report is answered by the decision, and its reporter told if that is news."""
    found = finding(policy, report, decided)
    report.state, report.outcome, report.counts = "answered", found.outcome, counts
    report.decision_id, report.answered_at = decided.id, now
    report.told = found.answer.value
    if told_last(session, report) != found.answer:
        tell_answer(session, policy, report, found.answer, decided, now)


def reopen(report: Report) -> None:
    """Nothing that was decided answers the report any more. What was undone so soon, its reporter was not told yet."""
    report.state, report.outcome, report.counts = "open", None, False
    report.decision_id, report.answered_at, report.told = None, None, None


def _comments(decided: Decided | None) -> set[int]:
    return set((decided.subjects or {}).get("comments", [])) if decided else set()


def _reports(session: Session, comment_ids: Sequence[int], was: Decided | None) -> list[Report]:
    """Open ones, and those that the decision before answered, in the order they came."""
    answered = and_(Report.state == "answered", Report.decision_id == (was.id if was else None))
    return list(_each(session, comment_ids, or_(Report.state == "open", answered)))


def _each(session: Session, comment_ids: Sequence[int], which: ColumnElement[bool]) -> Iterable[Report]:
    for chunk in chunks(comment_ids):
        statement = select(Report).where(Report.comment_id.in_(chunk), which)
        yield from session.scalars(statement.order_by(Report.received_at, Report.id))
