"""Taking back: a reversal of what is in force, an undo of what one just did, and the close of what is over."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ..decisions import decisions_of, force_of
from ..errors import CaseRefused
from ..policy import Policy, record_policy
from ..policy.staffing import person_of
from ..store.cases import APPEAL
from .claims import lease
from .deciding import require_not_merged, require_note
from .settling import Settled, settle
from .staff import require_free, require_right, require_state
from .standing import Standing, move, standing

NOTHING = "none"


def reverse(
    session: Session, policy: Policy, case_id: str, by: str, now: datetime, note: str,
    expected_version: int | None = None,
) -> Settled:  # fmt: skip
    """What was in force no longer is, and what was done because of it is to be taken back; the case stays decided.

    Raises `CaseRefused` without a note, and where nothing is in force or that was reversed already.
    """
    case = standing(session, case_id, expected_version)
    require_right(policy, by, case)
    require_state(session, case, "decided", "closed")
    require_not_merged(case)
    require_note(case, note)
    if case.kind == APPEAL:
        raise CaseRefused(case.id, "an appeal keeps an answer: override it with the other one")
    reversed_ = force_of(decisions_of(session, case.id)).in_force
    if reversed_ is None or reversed_.kind == "reversal":
        raise CaseRefused(case.id, "nothing is in force that could be reversed")
    record_policy(session, policy, now)
    decided = replace(
        reversed_, id="", seq=0, kind="reversal", by=by, is_machine=False, policy_version=policy.version,
        action=NOTHING, outcome="reversed", decided_at=now, template=None, note=note, answers=None,
        overrides=reversed_.id,
    )  # fmt: skip
    return settle(session, policy, case, decided, now)


def undo(
    session: Session, policy: Policy, case_id: str, by: str, now: datetime, expected_version: int | None = None
) -> Settled:
    """What `by` did last is as if it had not been, and they have the case again where it is open then.

    Of a decision, an approval, a refusal or a reversal within `undo_minutes`; a proposal for as long as it waits.
    Raises `CaseRefused` when the last entry in the log is somebody else's or too old.
    """
    case = standing(session, case_id, expected_version)
    person_of(policy, by)
    require_state(session, case, "held", "decided")
    require_free(session, case, by, now)
    force = force_of(decisions_of(session, case.id))
    last, minutes = force.last, policy.work.undo_minutes
    if last is None or last.by != by:
        raise CaseRefused(case.id, "the last word was not yours; reverse or override it instead")
    if last != force.pending and now > last.decided_at + timedelta(minutes=minutes):
        raise CaseRefused(case.id, f"after {minutes} minutes a decision is reversed or overridden, not undone")
    decided = replace(
        last, id="", seq=0, kind="undo", action=NOTHING, outcome="undone", decided_at=now, note="", answers=None,
        overrides=last.id,
    )  # fmt: skip
    rest = force_of([*decisions_of(session, case.id), decided])
    return settle(session, policy, case, decided, now, **(lease(policy, case, by, now) if rest.state == "open" else {}))


def close(session: Session, policy: Policy, case_id: str, by: str, now: datetime) -> Standing:
    """The case, over: nothing more is expected of it. It can still be reversed or overridden."""
    case = standing(session, case_id)
    person_of(policy, by)
    require_state(session, case, "decided")
    return move(session, case, "close", by, now, state="closed")
