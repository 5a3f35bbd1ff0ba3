"""Asking somebody else for help: escalation, and notes that only the staff reads."""

from datetime import datetime

from sqlalchemy.orm import Session

from ..appeals.involved import require_uninvolved
from ..errors import CaseRefused
from ..policy import Policy
from ..policy.nearest import nearest
from ..policy.staffing import person_of
from .staff import require_free, require_state
from .standing import UNCLAIMED, Standing, move, standing


def escalate(
    session: Session, policy: Policy, case_id: str, by: str, to: str, reason: str, now: datetime,
    expected_version: int | None = None,
) -> Standing:  # fmt: skip
    """The case, free again, and from now on offered first and only to `to`: a person or everybody with that role.

    Raises `CaseRefused` without a reason or when `to` is nobody, `CaseConflict` when somebody else has the case.
    """
    case = standing(session, case_id, expected_version)
    person_of(policy, by)
    require_state(session, case, "open", "held")
    require_free(session, case, by, now)
    if not reason.strip():
        raise CaseRefused(case.id, "say why you escalate it")
    known = {*policy.people, *(role for person in policy.people.values() for role in person.roles)}
    if to not in known:
        raise CaseRefused(case.id, f"there is no person or role `{to}`{nearest(to, known)}")
    require_uninvolved(session, case.kind, case.id, to)
    detail = {"to": to, "reason": reason.strip()}
    return move(session, case, "escalate", by, now, detail, **UNCLAIMED, escalated_to=to, escalated_at=now)


def add_note(session: Session, policy: Policy, case_id: str, by: str, text: str, now: datetime) -> Standing:
    """The case with one more note, which anybody of the staff may add at any time."""
    case = standing(session, case_id)
    person_of(policy, by)
    if not text.strip():
        raise CaseRefused(case.id, "the note is empty")
    return move(session, case, "note", by, now, {"note": text.strip()})
