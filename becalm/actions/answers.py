"""Public answers that are decided on: the outbox's part of saying things once in public."""

from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..decisions.targets import targets_of
from ..policy import Policy
from ..policy.templates import Audience
from ..responses.once import Place, require_first_in_public
from ..store import Action, Notice, NoticeCause
from ..store.upsert import chunks
from .planning import DEAD


class PlannedAnswers:
    """Answers underway or sent. Those of `without`, a decision that is about to be taken back, count only once they
    may stand in the thread."""

    def __init__(self, without: str | None = None) -> None:
        self._without = without

    def public_answers(self, session: Session, thread_ids: Collection[int] | None) -> Iterator[Place]:
        """One for each, however often it was tried."""
        statement = (
            select(Notice.account_id, Notice.thread_id)
            .outerjoin(Action, Action.notice_id == Notice.id)
            .where(
                Notice.audience == Audience.PUBLIC.value,
                Notice.account_id.is_not(None),
                self._counts(),
            )
            .group_by(Notice.id, Notice.account_id, Notice.thread_id)
        )
        if thread_ids is None:
            yield from _places(session, statement)
        for chunk in chunks(sorted(set(thread_ids or ()))):
            yield from _places(session, statement.where(Notice.thread_id.in_(chunk)))

    def _counts(self) -> ColumnElement[bool]:
        is_tried = Action.attempts > Action.misses
        is_underway = (Notice.state != "cancelled") & (Action.state.is_(None) | (Action.state != DEAD))
        if self._without is not None:
            is_underway &= Notice.id.not_in(
                select(NoticeCause.notice_id).where(NoticeCause.decision_id == self._without)
            )
        return is_underway | is_tried


def _places(session: Session, statement: Select[int | None, int | None]) -> Iterator[Place]:
    for account_id, thread_id in session.execute(statement):
        if account_id is not None and thread_id is not None:
            yield Place(account_id, thread_id)


def require_sayable(session: Session, policy: Policy, taken_back: Decided | None, taken_up: Decided | None) -> None:
    """Raises `SaidInPublic` where the decision would have us answer somebody in public again in the same thread."""
    if taken_up is None or taken_up.outcome != "upheld":
        return
    action = policy.actions.get(taken_up.action)
    if action is None or not action.in_public or action.to_all:
        return
    places = {Place(*place) for place in targets_of(session, policy, taken_up).places}
    require_first_in_public(session, places, PlannedAnswers(taken_back.id if taken_back else None))
