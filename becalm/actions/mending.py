"""What people do about the outbox: a dead action is tried again, and one that is not to be done is called off."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..decisions import decisions_of
from ..errors import InputError
from ..policy import Policy
from ..policy.staffing import person_of
from ..store import Action, CaseEvent
from ..store.beginnings import ids_beginning
from ..store.upsert import add
from .connectors import DRY_RUN
from .course import is_tried
from .planning import CANCELLED, DEAD, DONE, FAILED, OPEN, PLANNED, Target
from .reconciling import reconcile
from .releasing import say_anew


class ActionUnknown(InputError):
    """No action of the outbox has this key."""

    def __init__(self, key: str, why: str = "there is none with this key") -> None:
        super().__init__(f"action {key!r}: {why}; nothing was changed")
        self.key = key


def find_action(session: Session, begins: str) -> Action:
    """The one whose key begins so. Raises `ActionUnknown` for none and for several."""
    found = ids_beginning(session, Action.key, begins)
    if len(found) != 1:
        raise ActionUnknown(begins, "several begin so" if found else "there is none with this key")
    this = select(Action).where(Action.key == found[0])
    return session.scalars(this.execution_options(populate_existing=True)).one()


def replay(session: Session, policy: Policy, key: str, by: str, now: datetime) -> Action:
    """A dead or rehearsed action, planned anew under the same key; where it is wanted no more, it says so.

    Raises `ActionUnknown` for another one, and for one whose decision is no longer in force.
    """
    person_of(policy, by)
    action = find_action(session, key)
    is_rehearsed = action.state == DONE and action.connector == DRY_RUN
    if action.state != DEAD and not is_rehearsed:
        raise ActionUnknown(key, f"it is {action.state}, and only dead and rehearsed ones are replayed")
    if action.taken_back_at is not None:
        raise ActionUnknown(key, "its decision is no longer in force")
    if is_rehearsed and action.notice_id and (gaps := say_anew(session, policy, action.notice_id, now)):
        raise ActionUnknown(key, f"its notice lacks {'; '.join(gaps)}")
    # What was rehearsed had no effect, and what is tried anew may have had one.
    misses = action.attempts if is_rehearsed else action.misses
    values = {
        "state": PLANNED, "next_at": now, "misses": misses, "connector": None, "last_error": None, "results": None,
        "done_at": None, "attempts_at_most": action.attempts + policy.outbox.retries.attempts,
    }  # fmt: skip
    session.execute(update(Action).where(Action.id == action.id).values(**values))
    _log(session, action, "replay", by, now)
    if action.notice_id is None:
        cause = next(each for each in decisions_of(session, action.case_id) if each.id == action.decision_id)
        target = Target(action.platform, action.target_kind, action.target)
        reconcile(session, policy, [target], cause, now)
    return find_action(session, action.key)


def replayable(session: Session, states: Collection[str] = (DEAD,)) -> list[str]:
    """Keys of all actions in these states whose decisions are in force, oldest first."""
    statement = select(Action.key).where(Action.state.in_(states), Action.taken_back_at.is_(None))
    return list(session.scalars(statement.order_by(Action.id)))


def rehearsed(session: Session) -> list[str]:
    """Keys of all actions that were only rehearsed and still hold, oldest first."""
    which = (Action.state == DONE, Action.connector == DRY_RUN, Action.taken_back_at.is_(None))
    return list(session.scalars(select(Action.key).where(*which, Action.takes_back.is_(None)).order_by(Action.id)))


def cancel(session: Session, policy: Policy, key: str, by: str, reason: str, now: datetime) -> Action:
    """Called off by a person: the decision stays in force and this is not done.

    Raises `ActionUnknown` for what is done, underway or called off already, and for an empty reason.
    """
    person_of(policy, by)
    action = find_action(session, key)
    if not reason.strip():
        raise ActionUnknown(key, "say why")
    if action.state not in (PLANNED, FAILED, DEAD):
        raise ActionUnknown(key, f"it is {action.state}")
    if action.leased_until is not None and action.leased_until > now:
        raise ActionUnknown(key, "it is being carried out right now")
    values = {"state": CANCELLED, "last_error": f"called off by {by}"}
    session.execute(update(Action).where(Action.id == action.id, Action.state.in_((*OPEN, DEAD))).values(**values))
    _log(session, action, "cancel action", by, now, reason, is_tried(action))
    return find_action(session, action.key)


def _log(
    session: Session, action: Action, kind: str, by: str, now: datetime, reason: str = "", may_hold: bool = False
) -> None:
    """Beside the case's other events; its version is that of the case, which did not change."""
    from ..cases.standing import standing

    detail = {"action": action.key, "kind": action.kind, "reason": reason, "may_have_had_effect": may_hold}
    version = standing(session, action.case_id).version
    add(session, CaseEvent, [
        {"case_id": action.case_id, "version": version, "kind": kind, "by": by, "at": now, "detail": detail}
    ])  # fmt: skip
