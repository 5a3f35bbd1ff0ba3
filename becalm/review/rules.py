"""The rules and what they hit, and the queues as they stand now."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from ..decisions.forces import forces
from ..store import Case, CaseComment, Comment, Decision
from ..store.cases import APPEAL
from .compare import Share
from .names import PolicyNames
from .period import Period
from .volumes import published_in


@dataclass(frozen=True, slots=True)
class RuleHits:
    """The cases of one rule in one queue; a rule in force that hit nothing has its line too, without a queue.

    `priority` is the median of its cases, 0..1; `overdue` are open cases past their due time. `reversed` are among
    those decided or closed, and `merged` went into other cases.
    """

    rule: str
    queue: str | None
    cases: int
    of_all: int
    before: int
    open: int
    held: int
    decided: int
    closed: int
    reversed: int
    merged: int
    withdrawn: int
    overdue: int
    priority: float | None

    @property
    def share(self) -> Share:
        return Share(self.cases, self.of_all)


@dataclass(frozen=True, slots=True)
class QueueLoad:
    """Open cases of one queue now, whenever their comments were written."""

    queue: str
    open: int
    overdue: int
    oldest_opened_at: datetime
    next_due_at: datetime


@dataclass(frozen=True, slots=True)
class Cases:
    """`rules` with the most cases first; `decided_ever` counts decisions in the whole store."""

    rules: tuple[RuleHits, ...]
    queues: tuple[QueueLoad, ...]
    decided_ever: int

    @property
    def total(self) -> int:
        return sum(rule.cases for rule in self.rules)

    @property
    def before(self) -> int:
        return sum(rule.before for rule in self.rules)

    @property
    def open(self) -> int:
        return sum(queue.open for queue in self.queues)

    @property
    def overdue(self) -> int:
        return sum(queue.overdue for queue in self.queues)


def measure_cases(session: Session, period: Period, now: datetime, names: PolicyNames) -> Cases:
    """Cases about comments of `period`, by rule and queue, and all queues as they stand at `now`."""
    decided = (
        select(func.count()).select_from(Case).where(Case.state.in_(("decided", "closed")), Case.merged_into.is_(None))
    )
    return Cases(
        rules=_rule_hits(session, period, now, names),
        queues=_queue_loads(session, now),
        decided_ever=session.scalars(decided).one(),
    )


def cases_of(period: Period, *columns: Any) -> Select[Any]:
    """`columns` of the cases about at least one comment of `period`, or without comments and opened in it.

    By the comments' own times, not the cases': an old stream that is read in today still shows its rules' hits.
    """
    about = select(CaseComment.case_id)
    if not period.is_whole:
        about = about.join(Comment, Comment.id == CaseComment.comment_id).where(published_in(period))
    bare = ~exists().where(CaseComment.case_id == Case.id)
    opened = and_(Case.opened_at >= period.start, Case.opened_at < period.end)
    return select(*columns).where(or_(Case.id.in_(about), and_(bare, opened)))


def _rule_hits(session: Session, period: Period, now: datetime, names: PolicyNames) -> tuple[RuleHits, ...]:
    cases: defaultdict[tuple[str, str | None], list[Any]] = defaultdict(list)
    columns = (Case.id, Case.rule, Case.queue, Case.state, Case.priority, Case.due_at, Case.merged_into)
    ours = Case.kind != APPEAL  # an appeal is about what a rule hit before
    for row in session.execute(cases_of(period, *columns).where(ours)):
        cases[row.rule, row.queue].append(row)
    reversed_ = _reversed(session)
    earlier = session.execute(
        cases_of(period.before, Case.rule, Case.queue, func.count()).where(ours).group_by(Case.rule, Case.queue)
    )
    before: dict[tuple[str, str | None], int] = {(rule, queue): count for rule, queue, count in earlier}
    hit = {rule for rule, _ in cases.keys() | before.keys()}
    silent = {(rule, None) for rule in names.rules if rule not in hit}
    of_all = sum(map(len, cases.values()))
    keys = cases.keys() | before.keys() | silent
    hits = (_hits(key, cases[key], reversed_, of_all, before.get(key, 0), now) for key in keys)
    return tuple(sorted(hits, key=lambda rule: (-rule.cases, rule.rule, rule.queue or "")))


def _reversed(session: Session) -> set[str]:
    """Ids of the cases on which what was decided was taken back, and still is."""
    touched = select(Decision.case_id).where(Decision.kind == "reversal")
    found = forces(session, Decision.case_id.in_(touched))
    return {case_id for case_id, force in found if force.in_force and force.in_force.kind == "reversal"}


def _hits(
    key: tuple[str, str | None], cases: list[Any], reversed_: set[str], of_all: int, before: int, now: datetime
) -> RuleHits:
    states = Counter("merged" if row.merged_into else row.state for row in cases)
    return RuleHits(
        rule=key[0],
        queue=key[1],
        cases=len(cases),
        of_all=of_all,
        before=before,
        open=states["open"],
        held=states["held"],
        decided=states["decided"],
        closed=states["closed"],
        reversed=sum(row.id in reversed_ for row in cases),
        merged=states["merged"],
        withdrawn=states["withdrawn"],
        overdue=sum(row.state == "open" and row.due_at < now for row in cases),
        priority=median(row.priority for row in cases) if cases else None,
    )


def _queue_loads(session: Session, now: datetime) -> tuple[QueueLoad, ...]:
    statement = (
        select(
            Case.queue,
            func.count().label("open"),
            func.sum(case((Case.due_at < now, 1), else_=0)).label("overdue"),
            func.min(Case.opened_at).label("oldest_opened_at"),
            func.min(Case.due_at).label("next_due_at"),
        )
        .where(Case.state == "open")
        .group_by(Case.queue)
        .order_by(Case.queue)
    )
    return tuple(QueueLoad(*row) for row in session.execute(statement))
