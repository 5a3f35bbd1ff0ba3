"""Bringing targets on course: whatever changed about the decisions on them, each comes to what is wanted now."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..decisions import Decided
from ..policy import Policy
from ..store import Action
from ..store.upsert import chunks
from .connectors.dry_run import DRY_RUN
from .course import Course, course_of
from .planning import Target, add_rows, new_row


def reconcile(session: Session, policy: Policy, targets: Collection[Target], cause: Decided, now: datetime) -> None:
    """What was not carried out and is wanted no more is cancelled; what was, is taken back once by its counterpart.

    Where another decision in force wants as much, the target is left as it is. `cause` is the decision because of
    which this is done; only rows that differ are written.
    """
    states: list[dict[str, Any]] = []
    added: list[dict[str, Any]] = []
    for rows in _rows_by_target(session, targets):
        course = course_of(rows)
        states += [{"id": each, "state": state} for each, state in course.states.items()]
        states += [{"id": each, "taken_back_at": now} for each in course.superseded]
        added += _new_rows(policy, course, cause, now)
    for change in states:
        session.execute(update(Action).where(Action.id == change.pop("id")).values(**change))
    if added:
        add_rows(session, added)


def _new_rows(policy: Policy, course: Course, cause: Decided, now: datetime) -> Iterator[dict[str, Any]]:
    if course.take_back is not None:
        effect = course.take_back
        row = _like(policy, effect, effect.detail["taken_back_by"], now, now)
        # What was only rehearsed is taken back in rehearsal too.
        rehearsed = effect.connector if effect.connector == DRY_RUN else None
        yield row | {
            "decision_id": cause.id, "case_id": cause.case_id, "takes_back": effect.id, "connector": rehearsed,
        }  # fmt: skip
    if course.again is not None:
        effect = course.again
        yield _like(policy, effect, effect.kind, max(now, effect.next_at), now) | {"level": effect.level}


def _like(policy: Policy, effect: Action, kind: str, next_at: datetime, now: datetime) -> dict[str, Any]:
    target = Target(effect.platform, effect.target_kind, effect.target)
    row = new_row(policy, effect.decision_id, effect.case_id, kind, target, next_at, now)
    return row | {"account_id": effect.account_id, "detail": effect.detail}


def _rows_by_target(session: Session, targets: Collection[Target]) -> Iterator[list[Action]]:
    by_kind: dict[tuple[str, str], list[str]] = defaultdict(list)
    for target in sorted(targets):
        by_kind[target.platform, target.kind].append(target.id)
    for (platform, kind), ids in by_kind.items():
        which = (Action.platform == platform, Action.target_kind == kind, Action.notice_id.is_(None))
        for chunk in chunks(ids):
            statement = select(Action).where(*which, Action.target.in_(chunk)).order_by(Action.target, Action.id)
            found: dict[str, list[Action]] = defaultdict(list)
            for row in session.scalars(statement.execution_options(populate_existing=True)):
                found[row.target].append(row)
            yield from found.values()
