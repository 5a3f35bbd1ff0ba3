"""How often what was decided did not stand: appeals by rule, beside how often people found the rule met."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..decisions import Decided, force_of
from ..decisions.force import COLUMNS
from ..store import Appeal, Case, Decision
from ..store.cases import APPEAL
from .compare import Share
from .period import Period
from .rules import cases_of

RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class AppealFigures:
    """Appeals against decisions under one rule (None: under all).

    `precision` is the share of what people decided in which the rule was met, and that stands by now; the overturn rate
    is that of the answered appeals. `median_hours` run from when an appeal was received to its answer.
    """

    rule: str | None
    received: int
    overturned: Share  # of those answered
    precision: Share
    median_hours: float | None

    @property
    def decided(self) -> int:
        return self.overturned.total


@dataclass(slots=True)
class _Count:
    received: int = 0
    restored: int = 0
    hours: list[float] = field(default_factory=list)
    met: int = 0
    judged: int = 0


def measure_appeals(session: Session, period: Period) -> tuple[AppealFigures, ...]:
    """A line for each rule under which something was contested, and first one for all; none without appeals.

    Counted are cases about comments of `period`, like those of the rules, whenever they were contested.
    """
    counts: defaultdict[str | None, _Count] = defaultdict(_Count)
    of_period = cases_of(period, Case.id).where(Case.kind != APPEAL)
    rows = session.execute(
        select(Decision.rule, Appeal.received_at, Appeal.answered_at, Appeal.outcome)
        .join(Decision, Decision.id == Appeal.decision_id)
        .where(Appeal.original_case_id.in_(of_period))
    )
    for rule, received_at, answered_at, outcome in rows:
        for name in (rule, None):
            _count(counts[name], received_at, answered_at, outcome)
    if not counts:
        return ()
    log = session.execute(
        select(*COLUMNS).where(Decision.case_id.in_(of_period)).order_by(Decision.case_id, Decision.seq)
    )
    for _, entries in groupby((Decided(*row) for row in log), attrgetter("case_id")):
        decided = force_of(list(entries)).in_force
        if decided is not None and not decided.is_machine:
            for name in (decided.rule, None):
                if name in counts:
                    counts[name].judged += 1
                    counts[name].met += decided.outcome == "upheld"
    lines = (_figures(rule, count) for rule, count in counts.items())
    return tuple(sorted(lines, key=lambda line: (line.rule is not None, -line.received, line.rule or "")))


def _count(count: _Count, received_at: datetime, answered_at: datetime | None, outcome: str | None) -> None:
    count.received += 1
    if answered_at is not None:
        count.hours.append((answered_at - received_at).total_seconds() / 3_600)
        count.restored += outcome == RESTORED


def _figures(rule: str | None, count: _Count) -> AppealFigures:
    overturned, precision = Share(count.restored, len(count.hours)), Share(count.met, count.judged)
    return AppealFigures(rule, count.received, overturned, precision, median(count.hours) if count.hours else None)
