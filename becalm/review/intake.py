"""What came in from outside: notices of users and complaints against decisions, as the transparency report counts
them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from ..reports.answers import Answer
from ..store import Appeal, Report
from .appeals import RESTORED


@dataclass(frozen=True, slots=True)
class NoticeFigures:
    """Notices that came in, those that led to a measure, and the median hours from a notice to its answer."""

    received: int
    acted_on: int
    by_trusted_flaggers: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """Complaints against decisions: how many came, were answered, and led to a reversal; median hours to an answer."""

    received: int
    answered: int
    reversed: int
    median_hours: float | None


def notice_figures(session: Session, first: date | None = None, last: date | None = None) -> NoticeFigures:
    """Of the reports that were received from `first` to `last`, both days included (UTC)."""
    which = _within(Report.received_at, first, last)
    received, trusted, acted = session.execute(
        select(
            func.count(),
            func.count().filter(Report.is_trusted.is_(True)),
            func.count().filter(Report.told == Answer.ACTED.value),
        ).where(*which)
    ).one()
    answered = select(Report.received_at, Report.answered_at).where(*which, Report.answered_at.is_not(None))
    return NoticeFigures(received, acted, trusted, _median_hours(session.execute(answered).all()))


def complaint_figures(session: Session, first: date | None = None, last: date | None = None) -> ComplaintFigures:
    """Of the appeals that were received from `first` to `last`, both days included (UTC)."""
    which = _within(Appeal.received_at, first, last)
    rows = session.execute(select(Appeal.received_at, Appeal.answered_at, Appeal.outcome).where(*which)).all()
    answered = [(row.received_at, row.answered_at) for row in rows if row.answered_at is not None]
    restored = sum(row.outcome == RESTORED for row in rows)
    return ComplaintFigures(len(rows), len(answered), restored, _median_hours(answered))


def _within(column: Any, first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    which = [column >= datetime.combine(first, time(), UTC)] if first else []
    return which + ([column < datetime.combine(last + timedelta(days=1), time(), UTC)] if last else [])


def _median_hours(spans: Sequence[Any]) -> float | None:
    return median((end - start) / timedelta(hours=1) for start, end in spans) if spans else None
