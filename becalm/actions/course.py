"""What is still to be done to one target, so that it comes to what the decisions in force want.

Told from the rows of that target alone: what was tried (and so may hold), what waits, and what is wanted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..store import Action
from .planning import CANCELLED, COVERED, DEAD, DONE, OPEN


@dataclass(slots=True)
class Course:
    """Ids of rows whose state changes, `superseded` ones that a new row takes the place of, and the rows to add:
    `take_back` the effect of one, then do `again` what another says."""

    states: dict[int, str] = field(default_factory=dict)
    superseded: list[int] = field(default_factory=list)
    take_back: Action | None = None
    again: Action | None = None


def course_of(rows: Sequence[Action]) -> Course:
    """For all rows of one target in the order of their ids; nothing where all is on its way already."""
    wanted, last = _wanted(rows), _last_tried(rows)
    course = Course()
    if wanted is None:
        _stop(course, (row for row in rows if row.state in OPEN and not row.takes_back), CANCELLED)
        _take_back(course, rows, last)
        return course
    stale = [row for row in rows if row.state in OPEN and row.taken_back_at and not row.takes_back]
    _stop(course, stale, CANCELLED)
    others = [row for row in rows if row.state in OPEN and row.level and not row.taken_back_at and row is not wanted]
    _stop(course, others, COVERED)
    if last is not None and not last.takes_back and last.level > wanted.level:
        if last.detail.get("taken_back_by") is None:
            _stop(course, [wanted] if wanted.state in OPEN else [], COVERED)
        else:
            _take_back(course, rows, last)
            _do(course, rows, wanted)
        return course
    _stop(course, (row for row in rows if row.state in OPEN and row.takes_back), CANCELLED)
    if last is not None and last.state == DONE and last.kind == wanted.kind and not last.takes_back:
        _stop(course, [wanted] if wanted.state in OPEN else [], COVERED)
    else:
        _do(course, rows, wanted)
    return course


def is_tried(row: Action) -> bool:
    """Whether it may have had an effect."""
    return row.attempts > row.misses


def _wanted(rows: Sequence[Action]) -> Action | None:
    live = [row for row in rows if row.level and row.taken_back_at is None and row.state not in (CANCELLED, DEAD)]
    return max(live, key=lambda row: (row.level, row.id), default=None)


def _last_tried(rows: Sequence[Action]) -> Action | None:
    return next((row for row in reversed(rows) if is_tried(row)), None)


def _waiting_return(rows: Sequence[Action]) -> Action | None:
    return next((row for row in rows if row.takes_back and row.state in OPEN and not is_tried(row)), None)


def _take_back(course: Course, rows: Sequence[Action], last: Action | None) -> None:
    """By the counterpart of the effect that may hold, unless that is on its way or there is none."""
    if last is None or _waiting_return(rows) is not None:
        return
    # Of a return that was stopped half-way nobody knows whether it came through.
    is_stopped = last.takes_back is not None and last.state == CANCELLED
    effect = next(row for row in rows if row.id == last.takes_back) if is_stopped else last
    if effect.takes_back is None and effect.detail.get("taken_back_by"):
        course.take_back = effect


def _do(course: Course, rows: Sequence[Action], wanted: Action) -> None:
    """By its own row where that still comes last, else by a new one."""
    comes_last = not any(row.id > wanted.id and (is_tried(row) or row.state in OPEN) for row in rows)
    if wanted.state in OPEN and comes_last and course.take_back is None:
        return
    if wanted.state in OPEN:
        course.states[wanted.id] = CANCELLED
    course.superseded.append(wanted.id)
    course.again = wanted


def _stop(course: Course, rows: Iterable[Action], state: str) -> None:
    for row in rows:
        course.states[row.id] = state
