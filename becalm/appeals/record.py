"""An appeal as it is told to whoever answers it: what was decided, what the appellant says, and who can't answer."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ..decisions import Decided, decisions_of
from ..policy import Policy
from ..policy.staffing import shares
from ..reports.record import masked
from ..store import Account, Appeal, Case
from .involved import involved

Record = dict[str, Any]


def appeals(session: Session, *which: ColumnElement[bool]) -> Iterator[Record]:
    """The appeals for which all of `which` holds, the one due first at the top."""
    statement = (
        select(Appeal, Case.state, Case.due_at, Account.platform, Account.author_id)
        .join(Case, Case.id == Appeal.case_id)
        .join(Account, Account.id == Appeal.account_id)
        .where(*which)
    )
    for one, state, due_at, platform, author in session.execute(statement.order_by(Case.due_at, Case.id)):
        yield {
            "case_id": one.case_id, "state": state, "account_id": f"{platform}:{author}",
            "decision_id": one.decision_id, "text": masked(one.text),
            "received_at": one.received_at.isoformat(), "due_at": due_at.isoformat(),
            "outcome": one.outcome, "answered_at": one.answered_at.isoformat() if one.answered_at else None,
        }  # fmt: skip


def appeal_record(session: Session, policy: Policy, case_id: str) -> Record:
    """One appeal with the decision that it is against and the answer, if there is one. Nobody is suggested what."""
    (told,) = appeals(session, Appeal.case_id == case_id)
    original = session.scalars(select(Appeal.original_case_id).where(Appeal.case_id == case_id)).one()
    log = {each.id: each for each in decisions_of(session, original, case_id)}
    barred = involved(session, case_id)
    answer_id = session.scalar(select(Appeal.answer_id).where(Appeal.case_id == case_id))
    return told | {
        "original_case_id": original,
        "decision": _decision(log[told["decision_id"]]),
        "had_a_part": sorted(barred),
        "may_answer": sorted(_may_answer(policy) - barred),
        "answer": _decision(log[answer_id]) if answer_id else None,
    }


def _may_answer(policy: Policy) -> set[str]:
    queue = policy.queues.get(policy.appeals.queue or "")
    return {name for name, person in policy.people.items() if queue is None or shares(queue.roles, person)}


def _decision(decided: Decided) -> Record:
    names = ("id", "case_id", "kind", "by", "is_machine", "rule", "policy_version", "action", "outcome", "note")
    values: Record = {name: getattr(decided, name) for name in names}
    return values | {"note": masked(decided.note), "decided_at": decided.decided_at.isoformat()}
