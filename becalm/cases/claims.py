"""Claims: a lease on a case, so that two people don't work on one thing, and none is lost with whoever leaves."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ..appeals.involved import require_uninvolved
from ..errors import CaseRefused
from ..policy import Policy
from ..policy.staffing import person_of
from .staff import require_free, require_right, require_state
from .standing import UNCLAIMED, Standing, move, standing


def claim(
    session: Session, policy: Policy, case_id: str, by: str, now: datetime, expected_version: int | None = None
) -> Standing:
    """The case, now with `by` until the lease ends; claimed again it is refreshed.

    Raises `CaseConflict` when somebody else has it or it changed, `CaseRefused` when it is not theirs to decide: it is
    decided, was proposed by themselves, or belongs to other roles.
    """
    case = standing(session, case_id, expected_version)
    require_right(policy, by, case)
    require_state(session, case, "open", "held")
    require_free(session, case, by, now)
    require_uninvolved(session, case.kind, case.id, by)
    if case.held_by == by:
        raise CaseRefused(case.id, "it waits for a second person, and you were the first")
    kind = "refresh" if case.claimant(now) == by else "claim"
    return move(session, case, kind, by, now, **lease(policy, case, by, now))


def refresh(session: Session, policy: Policy, case_id: str, by: str, now: datetime) -> Standing:
    """The case with a lease that begins anew; nobody else may have taken it in between."""
    case = _own(session, policy, case_id, by, now)
    return move(session, case, "refresh", by, now, **lease(policy, case, by, now))


def release(session: Session, policy: Policy, case_id: str, by: str, now: datetime) -> Standing:
    """The case, free again."""
    return move(session, _own(session, policy, case_id, by, now), "release", by, now, **UNCLAIMED)


def hand_over(
    session: Session, policy: Policy, case_id: str, by: str, to: str, now: datetime, note: str = ""
) -> Standing:
    """The case with `to`, who has it from the same moment on: it is never free in between."""
    case = _own(session, policy, case_id, by, now)
    require_right(policy, to, case)
    require_uninvolved(session, case.kind, case.id, to)
    if case.held_by == to:
        raise CaseRefused(case.id, f"it waits for a second person, and {to} was the first")
    detail = {"to": to, "note": note}
    return move(session, case, "hand over", by, now, detail, **lease(policy, case, to, now))


def skip(session: Session, policy: Policy, case_id: str, by: str, reason: str, now: datetime) -> Standing:
    """The case, free again, and offered to others before it is offered to `by` another time."""
    if not reason.strip():
        raise CaseRefused(case_id, "say why you skip it")
    case = _own(session, policy, case_id, by, now)
    return move(session, case, "skip", by, now, {"reason": reason.strip()}, **UNCLAIMED)


def lease(policy: Policy, case: Standing, by: str, now: datetime) -> dict[str, Any]:
    """The columns of a claim; it counts from when they got the case, and a refresh does not turn that back."""
    since = case.claimed_at if case.claimant(now) == by else now
    return {"claimed_by": by, "claimed_at": since, "claimed_until": now + timedelta(minutes=policy.work.lease_minutes)}


def _own(session: Session, policy: Policy, case_id: str, by: str, now: datetime) -> Standing:
    person_of(policy, by)
    case = standing(session, case_id)
    require_free(session, case, by, now)
    if case.claimed_by != by:
        raise CaseRefused(case.id, "you have no claim on it")
    return case
