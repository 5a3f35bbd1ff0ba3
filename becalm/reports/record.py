"""Reports and reporters as they are told to people: reporters under pseudonyms, their words masked and as text only."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..signals import mask_private_data
from ..store import CaseComment, Comment, Report, Reporter
from ..store.upsert import chunks
from .misuse import misuse_of
from .places import case_of
from .pseudonyms import pseudonym
from .reliability import Reliability, reliabilities
from .telling import reference

Record = dict[str, Any]


def reports(session: Session, policy: Policy, now: datetime, *which: ColumnElement[bool]) -> Iterator[Record]:
    """The reports for which all of `which` holds, the latest first."""
    found = session.scalars(select(Report).where(*which).order_by(Report.received_at.desc(), Report.id)).all()
    known = reliabilities(session, policy, {one.reporter_id for one in found}, now)
    for one in found:
        case_id = case_of(session, one.comment_id) if one.state == "open" else None
        yield _record(one, known[one.reporter_id], case_id)


def reports_of_case(session: Session, policy: Policy, case_id: str, now: datetime) -> list[Record]:
    """What was reported of the comments of a case."""
    comments = session.scalars(
        select(CaseComment.comment_id)
        .join(Comment, Comment.id == CaseComment.comment_id)
        .join(Report, Report.comment_id == CaseComment.comment_id)
        .where(CaseComment.case_id == case_id)
        .distinct()
    ).all()
    parts = [Report.comment_id.in_(chunk) for chunk in chunks(sorted(comments))]
    return [one for part in parts for one in reports(session, policy, now, part)]


def reporters(session: Session, policy: Policy, now: datetime) -> list[Record]:
    """Everybody who ever reported, with their evidence; first those about whom somebody may want to do something."""
    found = session.scalars(select(Reporter).order_by(Reporter.id)).all()
    known = reliabilities(session, policy, {one.id for one in found}, now)
    rows = [reporter_record(session, policy, one.id, known[one.id], now) for one in found]
    return sorted(rows, key=lambda row: (row["suggested"] is None, -row["dismissed"], row["reporter"]))


def reporter_record(
    session: Session, policy: Policy, reporter_id: int, reliability: Reliability, now: datetime
) -> Record:
    evidence = misuse_of(session, policy, reporter_id, now)
    return {
        "reporter": pseudonym(reporter_id), "reliability": round(reliability.mean, 4),
        "evidence": reliability.evidence, "upheld": evidence.upheld, "dismissed": evidence.dismissed,
        "share_without_ground": round(evidence.share, 4), "after_warning": evidence.after_warning,
        "gravest": evidence.gravest, "warned_at": _text(evidence.warned_at),
        "paused_until": _text(evidence.paused_until), "suggested": evidence.suggested(policy),
    }  # fmt: skip


def find_reports(session: Session, name: str) -> Sequence[ColumnElement[bool]]:
    """What `name` means: a report's reference, or `platform/comment_id` for all reports of a comment."""
    platform, _, comment = name.partition("/")
    if comment:
        return (Report.platform == platform, Report.comment_name == comment)
    try:
        return (Report.id == int(name.removeprefix("r"), 16),)
    except ValueError:
        return (Report.id == -1,)


def _record(one: Report, reliability: Reliability, case_id: str | None) -> Record:
    return {
        "report": reference(one.id), "state": one.state, "platform": one.platform, "comment_id": one.comment_name,
        "reporter": pseudonym(one.reporter_id), "evidence": reliability.evidence, "trusted": one.is_trusted,
        "reason": masked(one.reason) if one.reason else None, "rule": one.rule, "text": masked(one.text),
        "reported_at": one.reported_at.isoformat(), "received_at": one.received_at.isoformat(), "case_id": case_id,
        "outcome": one.outcome, "decision_id": one.decision_id, "answered_at": _text(one.answered_at),
        "told": one.told,
    }  # fmt: skip


def masked(text: str) -> str:
    """What a stranger wrote, its private data masked."""
    return mask_private_data(text)


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
