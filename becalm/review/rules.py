"""The rules and what they hit, and the queues as they stand now."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from ..store import Case, CaseComment, Comment
from ..store.cases import APPEAL
from .compare import Share
from .names import PolicyNames
from .period import Period
from .volumes import published_in


@dataclass(frozen=True, slots=True)
class RuleHits:
    """The cases of one rule in one queue; a rule in force that hit nothing has its line too, without a queue.

    `priority` is the median of its cases, 0..1; `overdue` are open cases past their due time.
    """

    rule: str
    queue: str | None
    cases: int
    of_all: int
    before: int
    open: int
    decided: int
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
    decided = select(func.count()).select_from(Case).where(Case.state == "decided")
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
    ours = Case.kind != APPEAL  # an appeal is about what a rule hit before
    hit_now = cases_of(period, Case.rule, Case.queue, Case.state, Case.priority, Case.due_at).where(ours)
    for row in session.execute(hit_now):
        cases[row.rule, row.queue].append(row)
    earlier = session.execute(
        cases_of(period.before, Case.rule, Case.queue, func.count()).where(ours).group_by(Case.rule, Case.queue)
    )
    before: dict[tuple[str, str | None], int] = {(rule, queue): count for rule, queue, count in earlier}
    hit = {rule for rule, _ in cases.keys() | before.keys()}
    silent = {(rule, None) for rule in names.rules if rule not in hit}
    of_all = sum(map(len, cases.values()))
    hits = (_hits(key, cases[key], of_all, before.get(key, 0), now) for key in cases.keys() | before.keys() | silent)
    return tuple(sorted(hits, key=lambda rule: (-rule.cases, rule.rule, rule.queue or "")))


def _hits(key: tuple[str, str | None], cases: list[Any], of_all: int, before: int, now: datetime) -> RuleHits:
    states = Counter(row.state for row in cases)
    return RuleHits(
        rule=key[0],
        queue=key[1],
        cases=len(cases),
        of_all=of_all,
        before=before,
        open=states["open"],
        decided=states["decided"],
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
