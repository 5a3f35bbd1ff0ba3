"""Many customers with the same complaint at once: something broke, and it was not them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..signals.complaint import TOPICS
from ..signals.joined import COMPLAINS
from ..store import Comment, Signals
from ..store.lists import is_filled

# So many customers a day are the fewest that surge, and so many standard deviations above the days before: of a Poisson
# count, four are met by chance once in thirty thousand days.
FEWEST_CUSTOMERS, DEVIATIONS = 8, 4.0
BASELINE_DAYS, FEWEST_DAYS = 14, 3
_DAY = timedelta(days=1)


class Complaint(NamedTuple):
    """One topic of one complaint; a comment may have several."""

    topic: str
    comment_id: int
    account_id: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Surge:
    """One topic that far more customers complain of than before, from `onset` to `last` (both of comments).

    `usual` is the mean number of customers a day in the fourteen days before, `busiest` that of its busiest day.
    """

    topic: str
    onset: datetime
    last: datetime
    customers: int
    comments: frozenset[int]
    busiest: int
    usual: float

    @property
    def words(self) -> str:
        return TOPICS.get(self.topic, self.topic)


def find_surges(session: Session) -> list[Surge]:
    """Every surge in the store, the latest first; none in the first three days, for then nothing is usual yet."""
    first = session.scalar(select(func.min(Comment.published_at)))
    return surges_among(read_complaints(session), first.date()) if first else []


def read_complaints(session: Session) -> list[Complaint]:
    """Customers' complaints by topic, in order of time."""
    rows = session.execute(
        select(Signals.topics, Comment.id, Comment.account_id, Comment.published_at)
        .join(Comment, Comment.id == Signals.comment_id)
        .where(Signals.complaint >= COMPLAINS, is_filled(Signals.topics), Comment.is_brand.is_(False))
        .order_by(Comment.published_at, Comment.id)
    )
    return [Complaint(topic, *rest) for topics, *rest in rows for topic in topics]


def surges_among(complaints: Iterable[Complaint], since: date) -> list[Surge]:
    """The surges of each topic; `since` is the first day that is known."""
    by_topic: dict[str, dict[date, list[Complaint]]] = defaultdict(lambda: defaultdict(list))
    for complaint in complaints:
        by_topic[complaint.topic][complaint.published_at.date()].append(complaint)
    found = [surge for topic, days in by_topic.items() for surge in _of_topic(topic, days, since)]
    return sorted(found, key=lambda surge: (surge.last, surge.topic), reverse=True)


def _of_topic(topic: str, days: dict[date, list[Complaint]], since: date) -> list[Surge]:
    customers = {day: len({one.account_id for one in said}) for day, said in days.items()}
    surging: list[list[date]] = []
    for day in sorted(days):
        usual = _usual(customers, day, since, surging)
        if usual is None or not _is_surge(customers[day], usual):
            continue
        if surging and day - surging[-1][-1] <= _DAY:
            surging[-1].append(day)
        else:
            surging.append([day])
    return [_surge(topic, days, run, _usual(customers, run[0], since, []) or 0.0) for run in surging]


def _usual(customers: dict[date, int], day: date, since: date, surging: Sequence[Sequence[date]]) -> float | None:
    """The mean of the days before, those of earlier surges left out; None where too few are known."""
    left_out = {each for run in surging for each in run}
    before = [day - _DAY * back for back in range(1, BASELINE_DAYS + 1)]
    counts = [customers.get(each, 0) for each in before if each >= since and each not in left_out]
    return sum(counts) / len(counts) if len(counts) >= FEWEST_DAYS else None


def _is_surge(customers: int, usual: float) -> bool:
    return customers >= FEWEST_CUSTOMERS and customers - usual >= DEVIATIONS * sqrt(max(usual, 1.0))


def _surge(topic: str, days: dict[date, list[Complaint]], run: Sequence[date], usual: float) -> Surge:
    said = [one for day in run for one in days[day]]
    return Surge(
        topic,
        said[0].published_at,
        said[-1].published_at,
        len({one.account_id for one in said}),
        frozenset(one.comment_id for one in said),
        max(len({one.account_id for one in days[day]}) for day in run),
        round(usual, 2),
    )
