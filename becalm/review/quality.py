"""What came in, what was held back and why, and how the runs went."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from ..store import Batch, Comment, Quarantined, RawRow, Run
from .compare import Share
from .excerpt import plain
from .period import Period
from .volumes import published_in


@dataclass(frozen=True, slots=True)
class RunFigures:
    """One run; `seconds` is None while it runs, `known` counts rows that had come before."""

    job: str
    started_at: datetime
    state: str
    seconds: float | None
    rows: int | None
    known: int | None
    stages: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """The intake behind the period: `expectations` are (name, rows that failed it), the most first."""

    rows: int
    batches: int
    sources: int
    held_back: int  # quarantined and still open
    replayed: int
    dismissed: int
    expectations: tuple[tuple[str, int], ...]
    runs: tuple[RunFigures, ...]

    @property
    def quarantined(self) -> Share:
        """Rows that failed an expectation, whatever became of them, of all rows that came in."""
        return Share(self.held_back + self.replayed + self.dismissed, self.rows)

    @property
    def known(self) -> int | None:
        """Rows that had come before, as far as the runs say; None where none does."""
        said = [run.known for run in self.runs if run.known is not None]
        return sum(said) if said else None

    @property
    def failed_runs(self) -> int:
        return sum(run.state == "failed" for run in self.runs)

    @property
    def stages(self) -> tuple[tuple[str, float], ...]:
        """Seconds by stage over all runs, in the order the newest run names them."""
        seconds: Counter[str] = Counter()
        for run in self.runs:
            seconds.update(dict(run.stages))
        return tuple(seconds.items())


def measure_quality(session: Session, period: Period, now: datetime) -> Quality:
    """Batches that brought a comment of `period` or came in while it lasted, and the runs at work on them.

    The newest period lasts until `now` here, as work on it goes on; so a stream of old comments finds its runs too.
    """
    newest = session.scalar(select(func.max(Comment.published_at)))
    end = period.end if newest is not None and newest >= period.end else max(now, period.end)
    batches = _batches(session, period, end)
    rows, count, sources = session.execute(
        select(func.coalesce(func.sum(Batch.rows), 0), func.count(), func.count(Batch.source.distinct()))
        .where(Batch.id.in_(batches))
    ).one()  # fmt: skip
    states, expectations = _quarantine(session, batches)
    return Quality(
        rows=int(rows),
        batches=count,
        sources=sources,
        held_back=states["open"],
        replayed=states["replayed"],
        dismissed=states["dismissed"],
        expectations=tuple(sorted(expectations.items(), key=lambda item: (-item[1], item[0]))),
        runs=_runs(session, batches, _within(Run.started_at, period.start, end)),
    )


def _batches(session: Session, period: Period, end: datetime) -> Select[Any]:
    came_in = _within(Batch.collected_at, period.start, end)
    if session.scalar(select(Batch.id).where(~came_in).limit(1)) is None:
        return select(Batch.id)
    brought = select(RawRow.batch_id).join(Comment, Comment.raw_row_id == RawRow.id).where(published_in(period))
    return select(Batch.id).where(or_(came_in, Batch.id.in_(brought)))


def _within(moment: Any, start: datetime, end: datetime) -> ColumnElement[bool]:
    within: ColumnElement[bool] = (moment >= start) & (moment < end)
    return within


def _quarantine(session: Session, batches: Select[Any]) -> tuple[Counter[str], Counter[str]]:
    statement = (
        select(Quarantined.state, Quarantined.expectations)
        .join(RawRow, RawRow.id == Quarantined.raw_row_id)
        .where(RawRow.batch_id.in_(batches))
    )
    states: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for state, expectations in session.execute(statement):
        states[state] += 1
        failed.update({_expectation(found) for found in expectations})
    return states, failed


def _expectation(found: Any) -> str:
    if isinstance(found, dict):
        found = next((found[key] for key in ("expectation", "name", "rule", "text") if found.get(key)), "unnamed")
    return plain(str(found))


def _runs(session: Session, batches: Select[Any], started: ColumnElement[bool]) -> tuple[RunFigures, ...]:
    """Newest first."""
    brought = select(Batch.run_id).where(Batch.id.in_(batches))
    statement = select(Run).where(or_(Run.id.in_(brought), started)).order_by(Run.started_at.desc(), Run.id)
    return tuple(
        RunFigures(
            job=run.job,
            started_at=run.started_at,
            state=run.state,
            seconds=(run.finished_at - run.started_at).total_seconds() if run.finished_at else None,
            rows=_count(run.figures, "rows"),
            known=_count(run.figures, "known"),
            stages=_stages(run.figures),
        )
        for run in session.scalars(statement)
    )


def _count(figures: Mapping[str, Any], name: str) -> int | None:
    """A count of the run, None where it never came so far."""
    value = figures.get("counts", {}).get(name)
    return value if isinstance(value, int) else None


def _stages(figures: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    return tuple((stage, float(seconds)) for stage, seconds in figures.get("seconds", {}).items())
