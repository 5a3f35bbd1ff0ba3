"""How many comments there were, and what became of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Case as SqlCase
from sqlalchemy import ColumnElement, and_, case, distinct, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..records import Judgement
from ..store import Case, CaseComment, Clearance, Comment, Group, GroupText, Signals
from .compare import Share
from .period import Period

OUTCOMES = ("campaign", "flood", "case", "cleared", "pending")


@dataclass(frozen=True, slots=True)
class Volume:
    """Comments by outcome: each is counted once, under the first of these that holds."""

    campaign: int = 0
    flood: int = 0
    case: int = 0  # in a case that was not withdrawn, but in no campaign or flood
    cleared: int = 0
    pending: int = 0  # not judged yet

    @property
    def comments(self) -> int:
        return self.campaign + self.flood + self.case + self.cleared + self.pending

    @property
    def in_campaigns(self) -> Share:
        return Share(self.campaign, self.comments)

    @property
    def spam(self) -> Share:
        """Comments in campaigns and floods, of all."""
        return Share(self.campaign + self.flood, self.comments)


@dataclass(frozen=True, slots=True)
class DayVolume:
    """The comments of `days` days from `first` on."""

    first: date
    days: int
    volume: Volume


class Tally(NamedTuple):
    """Comments of one day, thread (its row id) and outcome; `sentiment` is the sum over the `scored` ones."""

    day: date
    platform: str
    channel: str
    thread: int
    outcome: str
    comments: int
    scored: int
    sentiment: float


def tally_outcomes(session: Session, period: Period) -> list[Tally]:
    """All comments of `period`, counted in one pass."""
    day, outcome = day_of(session, Comment.published_at).label("day"), _outcome().label("outcome")
    place = (Comment.platform, Comment.channel, Comment.thread_id)
    statement = (
        select(
            day,
            *place,
            outcome,
            func.count(),
            func.count(Signals.sentiment),
            func.coalesce(func.sum(Signals.sentiment), 0.0),
        )
        .outerjoin(Signals, Signals.comment_id == Comment.id)
        .outerjoin(GroupText, GroupText.text_id == Comment.text_id)
        .outerjoin(Group, Group.id == GroupText.group_id)
        .where(published_in(period))
        # By name: PostgreSQL takes an expression with bound values twice for two expressions.
        .group_by("day", *place, "outcome")
    )
    rows = session.execute(statement)
    return [Tally(as_date(row.day), *row[1:]) for row in rows]


def sum_outcomes(tallies: Iterable[tuple[Any, Tally]]) -> dict[Any, Volume]:
    """The volume of every key, given (key, tally) pairs."""
    counts: defaultdict[Any, Counter[str]] = defaultdict(Counter)
    for key, tally in tallies:
        counts[key][tally.outcome] += tally.comments
    return {key: Volume(**count) for key, count in counts.items()}


def total(tallies: Iterable[Tally]) -> Volume:
    return sum_outcomes((None, tally) for tally in tallies).get(None, Volume())


def volumes_by_day(tallies: Iterable[Tally], period: Period) -> tuple[DayVolume, ...]:
    """Every day of `period`, silent ones too."""
    by_day = sum_outcomes((tally.day, tally) for tally in tallies)
    return tuple(DayVolume(day, 1, by_day.get(day, Volume())) for day in period.days)


def roll_up(days: tuple[DayVolume, ...], step_days: int) -> tuple[DayVolume, ...]:
    """`days` put together in steps of `step_days`; the last step may be shorter."""
    steps = (days[at : at + step_days] for at in range(0, len(days), step_days))
    return tuple(DayVolume(step[0].first, len(step), _add_up(day.volume for day in step)) for step in steps)


def count_accounts(session: Session, period: Period) -> int:
    """Distinct accounts that wrote in `period`."""
    statement = select(func.count(distinct(Comment.account_id))).where(published_in(period))
    return session.scalars(statement).one()


def published_in(period: Period) -> ColumnElement[bool]:
    """Of a whole period the ids are asked, all positive: so SQLite reads comments as they lie, twice as fast."""
    if period.is_whole:
        return Comment.id >= 0
    return and_(Comment.published_at >= period.start, Comment.published_at < period.end)


def day_of(session: Session, moment: InstrumentedAttribute[datetime]) -> ColumnElement[Any]:
    """The UTC day of a time; SQLite keeps UTC as it is, PostgreSQL would use the zone of the connection."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return func.date(func.timezone("UTC", moment) if is_postgresql else moment)


def as_date(value: object) -> date:
    """A day as the dialect gives it: text from SQLite, a date from PostgreSQL."""
    return date.fromisoformat(str(value))


def _outcome() -> SqlCase[str]:
    cased = exists().where(CaseComment.comment_id == Comment.id)
    live = (
        select(CaseComment.case_id)
        .join(Case)
        .where(CaseComment.comment_id == Comment.id, Case.state != "withdrawn")
        .exists()
    )
    cleared = exists().where(Clearance.comment_id == Comment.id)
    return case(
        (Group.verdict == Judgement.CAMPAIGN, "campaign"),
        (Group.verdict == Judgement.FLOOD, "flood"),
        (live, "case"),
        (or_(cleared, cased), "cleared"),
        else_="pending",
    )


def _add_up(volumes: Iterable[Volume]) -> Volume:
    counts: Counter[str] = Counter()
    for volume in volumes:
        counts.update({outcome: getattr(volume, outcome) for outcome in OUTCOMES})
    return Volume(**counts)
