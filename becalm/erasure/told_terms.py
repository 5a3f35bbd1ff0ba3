"""How long it is kept what people were told, what was done on platforms, and why."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, false, or_, select, update
from sqlalchemy.orm import Session

from ..actions.planning import OPEN
from ..notices.owing import CANCELLED, READY
from ..store import Action, Notice, NoticeCause, Statement
from .carry import PSEUDONYMISE
from .cases import ERASED
from .term import Due, Term, Work, delete_rows
from .told import empty_actions, empty_notices

SENT = (READY, CANCELLED)


def _notices(_: Session, work: Work) -> Due:
    due = [Notice.owed_at < work.before, Notice.state.in_(SENT)]
    due += [Notice.recipient != ERASED] if work.then == PSEUDONYMISE else []
    return select(Notice.id).where(*due)


def _carry_notices(session: Session, keys: Sequence[Any], work: Work) -> None:
    ids = [key[0] for key in keys]
    empty_notices(session, ids)
    if work.then != PSEUDONYMISE:
        session.execute(update(Action).where(Action.notice_id.in_(ids)).values(notice_id=None))
        session.execute(delete(NoticeCause).where(NoticeCause.notice_id.in_(ids)))
        session.execute(delete(Notice).where(Notice.id.in_(ids)))


def _actions(_: Session, work: Work) -> Due:
    """Done or given up; what still holds on a platform is known until it is taken back."""
    over = or_(Action.level == 0, Action.taken_back_at.is_not(None))
    named = ~Action.target.startswith(ERASED, autoescape=True)
    return select(Action.id).where(Action.planned_at < work.before, Action.state.not_in(OPEN), over, named)


def _carry_actions(session: Session, keys: Sequence[Any], _: Work) -> None:
    empty_actions(session, [key[0] for key in keys])


def _statements(_: Session, work: Work) -> Due:
    """Statements name nobody; whose end is due are those that are not kept at all."""
    is_due = Statement.in_force_at < work.before if work.then != PSEUDONYMISE else false()
    return select(Statement.puid).where(is_due)


NOTICES = Term(_notices, _carry_notices)
ACTIONS = Term(_actions, _carry_actions)
STATEMENTS = Term(_statements, delete_rows(Statement))
