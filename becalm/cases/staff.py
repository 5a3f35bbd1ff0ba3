"""Who may do what with which case."""

from datetime import datetime

from sqlalchemy.orm import Session

from ..errors import CaseConflict, CaseRefused
from ..policy import Policy
from ..policy.people import Person
from ..policy.staffing import person_of, shares
from ..store.cases import APPEAL
from .standing import Standing, told


def why_not(policy: Policy, person: Person, case: Standing, rule_id: str | None = None) -> str | None:
    """What keeps the person from deciding the case (under that rule), None where nothing does."""
    queue = policy.queues.get(case.queue)
    if queue and not shares(queue.roles, person):
        return f"the queue `{case.queue}` is worked by {', '.join(queue.roles or ())}"
    for name in {case.rule, rule_id or case.rule}:
        rule = policy.rule(name)
        if rule and not shares(rule.decided_by, person):
            return f"`{name}` is decided by {', '.join(rule.decided_by or ())}"
    return None


def require_right(policy: Policy, by: str, case: Standing, rule_id: str | None = None) -> None:
    """Raises `PersonUnknown`, or `CaseRefused` when the case is not for them to decide."""
    if why := why_not(policy, person_of(policy, by), case, rule_id):
        raise CaseRefused(case.id, why)


def require_free(session: Session, case: Standing, by: str, now: datetime) -> None:
    """Raises `CaseConflict` when somebody else has the case."""
    if case.claimant(now) not in (None, by):
        raise CaseConflict(case.id, f"somebody else has it: {told(session, case)}")


def require_no_appeal(case: Standing) -> None:
    """Raises `CaseRefused` for an appeal, which is answered as it came."""
    if case.kind == APPEAL:
        raise CaseRefused(case.id, "it is an appeal: each gets an answer of its own")


def require_state(session: Session, case: Standing, *states: str) -> None:
    """Raises `CaseRefused` when the case is in none of these states."""
    if case.state not in states:
        raise CaseRefused(case.id, f"it is not {' or '.join(states)}: {told(session, case)}")
