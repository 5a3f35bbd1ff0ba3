"""The span of time a review is about, and the one before it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..store import Comment

DAY = timedelta(days=1)
BARS_AT_MOST = 45


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` up to, and not including, `end`; both in UTC. `is_whole` if no stored comment lies outside."""

    start: datetime
    end: datetime
    is_whole: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs times with a zone")
        if self.start >= self.end:
            raise ValueError(f"a period must end after it starts: {self.start} .. {self.end}")

    @property
    def before(self) -> "Period":
        """The period of the same length that ends where this one starts."""
        return Period(self.start - (self.end - self.start), self.start)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day (UTC) that the period touches."""
        first = self.start.astimezone(UTC).date()
        last = (self.end.astimezone(UTC) - timedelta(microseconds=1)).date()
        return tuple(first + n * DAY for n in range((last - first).days + 1))

    @property
    def step_days(self) -> int:
        """Days that one bar of a plot stands for, so that a plot has 45 bars at most."""
        days = len(self.days)
        fitting = (step for step in (1, 7, 30, 91, 365) if days <= step * BARS_AT_MOST)
        return next(fitting, 365 * -(-days // (365 * BARS_AT_MOST)))

    @property
    def length(self) -> str:
        """The length in words: `week`, `day`, `10 days`."""
        if self.end - self.start == 7 * DAY:
            return "week"
        days = len(self.days)
        return "day" if days == 1 else f"{days:,} days"


def default_period(session: Session, days: int) -> Period:
    """The `days` days up to the end of the day of the newest comment; of today where there is no comment."""
    newest = session.scalar(select(func.max(Comment.published_at))) or datetime.now(UTC)
    end = _midnight(newest) + DAY
    return Period(end - days * DAY, end)


def covering_period(session: Session) -> Period:
    """The whole days from the oldest comment to the newest; today where there is no comment."""
    oldest, newest = session.execute(select(func.min(Comment.published_at), func.max(Comment.published_at))).one()
    today = datetime.now(UTC)
    return Period(_midnight(oldest or today), _midnight(newest or today) + DAY, is_whole=True)


def _midnight(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
