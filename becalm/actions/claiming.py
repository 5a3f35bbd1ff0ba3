"""Taking actions that are due, so that nobody else carries them out at the same time."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session, aliased

from ..policy import Policy
from ..store import Action, Notice
from .connectors import Order
from .planning import DEAD, OPEN

AT_ONCE = 20
_CANDIDATE, _BEFORE = aliased(Action), aliased(Action)


def claim(session: Session, policy: Policy, now: datetime) -> list[Action]:
    """Some that are due, with a lease of the policy's length; nothing where nothing is.

    Of several on one target the first goes first, and the next only when that is over. A claim counts as an attempt
    from here on, so whoever dies in between leaves one that may have had an effect.
    """
    token = uuid4().hex
    _bury(session, now)
    due = select(_CANDIDATE.id).where(_is_due(now)).order_by(_CANDIDATE.next_at, _CANDIDATE.id).limit(AT_ONCE)
    until = now + timedelta(seconds=policy.outbox.retries.lease_seconds)
    # One statement, and what it asks is asked again where somebody was faster: only one gets each.
    session.execute(
        update(Action)
        .where(Action.id.in_(due), _is_free(Action, now), Action.state.in_(OPEN))
        .values(leased_by=token, leased_until=until, attempts=Action.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    mine = select(Action).where(Action.leased_by == token).order_by(Action.next_at, Action.id)
    return list(session.scalars(mine.execution_options(populate_existing=True)))


def order_of(session: Session, action: Action) -> Order:
    """What its connector is asked to do."""
    notice = session.get(Notice, action.notice_id) if action.notice_id else None
    return Order(
        key=action.key, number=action.id, kind=action.kind, platform=action.platform, target_kind=action.target_kind,
        target=action.target, case_id=action.case_id, decision_id=action.decision_id,
        text=notice.text if notice else None, language=notice.language if notice else None,
        detail={name: value for name, value in action.detail.items() if name != "taken_back_by"},
    )  # fmt: skip


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Planned or to be tried again, with nobody at it and nothing before it on its target."""
    in_its_way = (
        select(_BEFORE.id)
        .where(
            _BEFORE.platform == _CANDIDATE.platform,
            _BEFORE.target_kind == _CANDIDATE.target_kind,
            _BEFORE.target == _CANDIDATE.target,
            _BEFORE.notice_id.is_(None),
            _BEFORE.id < _CANDIDATE.id,
            or_(_BEFORE.state.in_(OPEN), _BEFORE.leased_until > now),
        )
        .exists()
    )
    has_way = or_(_CANDIDATE.notice_id.is_not(None), ~in_its_way)
    return and_(_CANDIDATE.state.in_(OPEN), _CANDIDATE.next_at <= now, _is_free(_CANDIDATE, now), has_way)


def _is_free(action: type[Action], now: datetime) -> ColumnElement[bool]:
    return or_(action.leased_until.is_(None), action.leased_until <= now)


def _bury(session: Session, now: datetime) -> None:
    """An action at which every carrier died is not tried for ever."""
    spent = (
        Action.state.in_(OPEN),
        Action.attempts >= Action.attempts_at_most,
        Action.next_at <= now,
        _is_free(Action, now),
    )
    gone = update(Action).where(*spent).execution_options(synchronize_session=False)
    session.execute(gone.values(state=DEAD, last_error="cut off at every attempt", leased_by=None, leased_until=None))
