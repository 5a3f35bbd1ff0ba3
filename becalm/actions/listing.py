"""The outbox as people read it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..store import Action

STATES = ("planned", "failed", "dead", "done", "cancelled", "covered")


@dataclass(frozen=True, slots=True)
class Listed:
    """An action as it stands."""

    key: str
    state: str
    kind: str
    platform: str
    target_kind: str
    target: str
    case_id: str
    decision_id: str | None
    notice_id: str | None
    planned_at: datetime
    next_at: datetime
    attempts: int
    last_error: str | None
    connector: str | None
    results: dict[str, Any] | None
    done_at: datetime | None

    def as_dict(self) -> dict[str, Any]:
        """For JSON, times as text."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: each.isoformat() if isinstance(each, datetime) else each for name, each in values.items()}


COLUMNS = tuple(getattr(Action, field.name) for field in fields(Listed))


def listed(session: Session, states: Collection[str] = STATES, case_id: str | None = None) -> Iterator[Listed]:
    """The actions in these states (of this case), the newest last."""
    statement = select(*COLUMNS).where(Action.state.in_(states)).order_by(Action.id)
    if case_id is not None:
        statement = statement.where(Action.case_id == case_id)
    for row in session.execute(statement):
        yield Listed(*row)


def counts_of(session: Session) -> dict[str, int]:
    """How many actions are in each state, without those there are none of."""
    found = dict(session.execute(select(Action.state, func.count()).group_by(Action.state)).all())
    return {state: found[state] for state in STATES if state in found}
