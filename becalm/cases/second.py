"""The second person: approves what the first proposed, or refuses it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from ..decisions import Decided, decisions_of, force_of
from ..errors import CaseRefused
from ..policy import Policy
from .deciding import require_note
from .settling import Settled, settle
from .staff import require_free, require_right, require_state
from .standing import Standing, standing
from .warned import require_warned


def approve(
    session: Session, policy: Policy, case_id: str, by: str, now: datetime, expected_version: int | None = None,
    note: str = "",
) -> Settled:  # fmt: skip
    """What was proposed is in force from now on, with the approval beside it in the log.

    Raises `CaseRefused` when nothing waits or `by` proposed it, `CaseConflict` when somebody else has the case.
    """
    case, proposal = _proposal(session, policy, case_id, by, now, expected_version)
    require_warned(session, policy, case.id, proposal.rule, proposal.action, proposal.outcome, now)
    return settle(session, policy, case, _answer(proposal, "approval", by, now, note), now)


def refuse(
    session: Session, policy: Policy, case_id: str, by: str, now: datetime, note: str,
    expected_version: int | None = None,
) -> Settled:  # fmt: skip
    """What was proposed is not done; the case is as it was before the proposal. Raises as `approve` does."""
    case, proposal = _proposal(session, policy, case_id, by, now, expected_version)
    require_note(case, note)
    return settle(session, policy, case, replace(_answer(proposal, "refusal", by, now, note), outcome="refused"), now)


def _proposal(
    session: Session, policy: Policy, case_id: str, by: str, now: datetime, expected_version: int | None
) -> tuple[Standing, Decided]:
    case = standing(session, case_id, expected_version)
    require_state(session, case, "held")
    proposal = force_of(decisions_of(session, case.id)).pending
    assert proposal is not None, "a held case has a proposal"
    require_right(policy, by, case, proposal.rule)
    require_free(session, case, by, now)
    if proposal.by == by:
        raise CaseRefused(case.id, "it takes somebody else than who proposed it")
    return case, proposal


def _answer(proposal: Decided, kind: str, by: str, now: datetime, note: str) -> Decided:
    return replace(
        proposal, id="", seq=0, kind=kind, by=by, decided_at=now, note=note, answers=proposal.id, overrides=None
    )
