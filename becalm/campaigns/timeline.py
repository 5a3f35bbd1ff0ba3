"""When a campaign wrote: its comments by hour, day, week, month or year, whatever fits its span."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """`steps` are (start in UTC, comments) without gaps, each `step` long."""

    step: str
    steps: tuple[tuple[datetime, int], ...]


def timeline(times: Iterable[datetime]) -> Timeline:
    """The timeline of some times; at least one, of UTC.

    A campaign within a day is told by the hour, within three weeks by the day, within half a year by the week,
    within three years by the month, and else by the year.
    """
    ordered = sorted(times)
    span = ordered[-1] - ordered[0]
    step, leap, start_of = next(step[1:] for step in _STEPS if span <= step[0])
    counts = Counter(start_of(moment) for moment in ordered)
    starts = [min(counts)]
    while starts[-1] < max(counts):
        starts.append(start_of(starts[-1] + leap))
    return Timeline(step, tuple((start, counts[start]) for start in starts))


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _week(moment: datetime) -> datetime:
    return _day(moment) - moment.weekday() * DAY


def _month(moment: datetime) -> datetime:
    return _day(moment).replace(day=1)


def _year(moment: datetime) -> datetime:
    return _month(moment).replace(month=1)


# The longest span that is told in these steps, their name, a leap from any start into the next step, and its start.
_STEPS: tuple[tuple[timedelta, str, timedelta, Callable[[datetime], datetime]], ...] = (
    (DAY, "hour", HOUR, _hour),
    (21 * DAY, "day", DAY, _day),
    (26 * 7 * DAY, "week", 7 * DAY, _week),
    (3 * 366 * DAY, "month", 32 * DAY, _month),
    (timedelta.max, "year", 366 * DAY, _year),
)
