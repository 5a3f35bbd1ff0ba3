"""A case and what became of it, as JSON."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..appeals.record import appeal_record
from ..decisions import decisions_of
from ..policy import Policy
from ..reports.record import reports_of_case
from ..store import Case, CaseComment, CaseEvent, Comment
from ..store.cases import APPEAL
from .clock import stages_of
from .settling import Settled
from .standing import Standing

Record = dict[str, Any]


def case_record(case: Standing, now: datetime) -> Record:
    """The case as it stands; `claimant` is who has it now, None where the lease ran out."""
    return _as_text(asdict(case)) | {"claimant": case.claimant(now)}


def settled_record(settled: Settled, now: datetime) -> Record:
    """The case after a decision, with the decision."""
    return case_record(settled.case, now) | {"decision": settled.decision.as_dict()}


def whole_record(session: Session, policy: Policy, case: Standing, now: datetime) -> Record:
    """All there is about a case: why it was opened, its comments, decisions, events and clocks."""
    why = session.execute(select(Case.reasons, Case.evidence).where(Case.id == case.id)).one()
    comments = (
        select(Comment.platform, Comment.comment_id)
        .join(CaseComment, CaseComment.comment_id == Comment.id)
        .where(CaseComment.case_id == case.id)
        .order_by(Comment.published_at, Comment.id)
    )
    events = (
        select(CaseEvent.version, CaseEvent.kind, CaseEvent.by, CaseEvent.at, CaseEvent.detail)
        .where(CaseEvent.case_id == case.id)
        .order_by(CaseEvent.id)
    )
    contested = {"appeal": appeal_record(session, policy, case.id)} if case.kind == APPEAL else {}
    return (
        case_record(case, now)
        | contested
        | {
            "reasons": why.reasons,
            "evidence": why.evidence,
            "comments": [f"{platform}/{name}" for platform, name in session.execute(comments)],
            "reports": reports_of_case(session, policy, case.id, now),
            "decisions": [each.as_dict() for each in decisions_of(session, case.id)],
            "events": [_as_text(dict(each)) for each in session.execute(events).mappings()],
            "clock": [
                _as_text(asdict(stage)) | {"seconds": stage.seconds(now), "is_late": stage.is_late(now)}
                for stage in stages_of(session, policy, case, now)
            ],
        }
    )


def _as_text(values: Record) -> Record:
    return {name: each.isoformat() if isinstance(each, datetime) else each for name, each in values.items()}
