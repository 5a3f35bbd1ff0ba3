"""How the tone of threads goes on after the brand answered, beside threads in which nobody answered."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from statistics import fmean, median, stdev

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from ..store import Comment, Group, GroupText, Signals
from ..store.upsert import chunks

SIDE = timedelta(hours=72)
LEAST_COMMENTS = 2  # on either side of the answer, for a thread to count
LEAST_THREADS = 10
# The 97.5th percentile of the standard normal distribution.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Recovery:
    """Sentiment (-1..1) of customers in so many threads, in the 72 hours `before` and `after` the brand's first answer.

    Each thread counts as one, by its means. `answered` is False for threads that nobody answered: their two sides
    meet where an answer would have come. Figures of fewer than ten threads are there, and tell nothing.
    """

    place: str
    answered: bool
    changes: tuple[float, ...]
    comments_before: int
    comments_after: int
    before: float | None
    after: float | None

    @property
    def threads(self) -> int:
        return len(self.changes)

    @property
    def is_telling(self) -> bool:
        return self.threads >= LEAST_THREADS

    @property
    def change(self) -> float | None:
        return fmean(self.changes) if self.changes else None

    @property
    def low(self) -> float | None:
        return self._end(-1)

    @property
    def high(self) -> float | None:
        return self._end(+1)

    @property
    def warmer(self) -> int:
        return sum(change > 0 for change in self.changes)

    def _end(self, side: int) -> float | None:
        """An end of the 95 % interval of the mean change, by Student's t; None where too few threads are known."""
        if not self.is_telling:
            return None
        return fmean(self.changes) + side * t_quantile(self.threads - 1) * stdev(self.changes) / sqrt(self.threads)


@dataclass(frozen=True, slots=True)
class Side:
    """Where a thread is cut in two: by the first answer, or when one would have come."""

    thread_id: int
    place: str
    at: datetime
    answered: bool


Tones = Mapping[int, tuple[Sequence[datetime], Sequence[float]]]


def t_quantile(freedom: int) -> float:
    """The 97.5th percentile of Student's t, within 0.005 of it from nine degrees of freedom on.

    By the expansion of Abramowitz and Stegun, 26.7.5.
    """
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    return Z + first / freedom + second / freedom**2


def measure_recovery(
    session: Session, start: datetime, end: datetime, complaints: Iterable[tuple[int, datetime]]
) -> tuple[Recovery, ...]:
    """All answered threads, unanswered ones with a complaint, then answered ones by place; those without any left out.

    Counted are threads with the first answer, or the first of `complaints` (thread, time), from `start` until before
    `end`. Campaigns and floods, and what the brand says, are no customers' tone.
    """
    answered = _answered(session, start, end)
    quiet = _unanswered(session, complaints, start, end, _usual_delay(answered))
    sides = [*(side for side, _ in answered), *quiet]
    tones = _tones(session, [side.thread_id for side in sides])
    places = sorted({side.place for side, _ in answered})
    found = [
        _recovery("all", True, [side for side in sides if side.answered], tones),
        _recovery("all", False, quiet, tones),
        *(_recovery(place, True, [side for side, _ in answered if side.place == place], tones) for place in places),
    ]
    return tuple(each for each in found if each.threads)


def _answered(session: Session, start: datetime, end: datetime) -> list[tuple[Side, timedelta]]:
    """Threads by the brand's first answer, with how long that took."""
    ours, theirs = aliased(Comment), aliased(Comment)
    same = (ours.platform == theirs.platform) & (ours.parent_id == theirs.comment_id)
    rows = session.execute(
        select(ours.thread_id, ours.platform, ours.channel, ours.published_at, theirs.published_at)
        .join(theirs, same)
        .where(ours.is_brand, theirs.is_brand.is_(False), ours.published_at < end)
        .order_by(ours.published_at)
    )
    first: dict[int, tuple[Side, timedelta]] = {}
    for thread_id, platform, channel, at, asked_at in rows:
        first.setdefault(thread_id, (Side(thread_id, f"{platform}/{channel}", at, True), at - asked_at))
    return [(side, delay) for side, delay in first.values() if side.at >= start]


def _usual_delay(answered: Sequence[tuple[Side, timedelta]]) -> timedelta | None:
    return timedelta(seconds=median(delay / timedelta(seconds=1) for _, delay in answered)) if answered else None


def _unanswered(
    session: Session, complaints: Iterable[tuple[int, datetime]], start: datetime, end: datetime,
    delay: timedelta | None,
) -> list[Side]:  # fmt: skip
    """Threads with a complaint that nobody answered; without a usual delay there is nothing to compare."""
    first: dict[int, datetime] = {}
    for thread_id, at in complaints:
        first[thread_id] = min(at, first.get(thread_id, at))
    wanted = sorted(thread for thread, at in first.items() if start <= at < end)
    if delay is None:
        return []
    spoken: set[int] = set()
    for chunk in chunks(wanted):
        ours = select(Comment.thread_id).where(Comment.is_brand, Comment.parent_id.is_not(None))
        spoken.update(session.scalars(ours.where(Comment.thread_id.in_(chunk)).distinct()))
    return [Side(thread, "all", first[thread] + delay, False) for thread in wanted if thread not in spoken]


def _tones(session: Session, thread_ids: Sequence[int]) -> Tones:
    """By thread the times of customers' comments, in order, and their sentiment."""
    found: defaultdict[int, tuple[list[datetime], list[float]]] = defaultdict(lambda: ([], []))
    pushed = exists().where(
        GroupText.text_id == Comment.text_id, GroupText.group_id == Group.id, Group.campaign_id.is_not(None)
    )
    for chunk in chunks(thread_ids):
        rows = session.connection().execute(
            select(Comment.thread_id, Comment.published_at, Signals.sentiment)
            .join(Signals, (Signals.comment_id == Comment.id) & (Signals.scored_text_id == Comment.text_id))
            .where(Comment.thread_id.in_(chunk), Comment.is_brand.is_(False), ~pushed)
            .order_by(Comment.published_at)
        )
        for thread_id, at, sentiment in rows:
            times, tones = found[thread_id]
            times.append(at)
            tones.append(sentiment)
    return found


def _recovery(place: str, answered: bool, sides: Iterable[Side], tones: Tones) -> Recovery:
    halves = [half for side in sides if (half := _halves(side, tones)) is not None]
    return Recovery(
        place=place,
        answered=answered,
        changes=tuple(fmean(after) - fmean(before) for before, after in halves),
        comments_before=sum(len(before) for before, _ in halves),
        comments_after=sum(len(after) for _, after in halves),
        before=fmean(fmean(before) for before, _ in halves) if halves else None,
        after=fmean(fmean(after) for _, after in halves) if halves else None,
    )


def _halves(side: Side, tones: Tones) -> tuple[Sequence[float], Sequence[float]] | None:
    """The tones within 72 hours on either side; None where one side has fewer than two."""
    times, sentiments = tones.get(side.thread_id, ((), ()))
    begin, at, end = (
        bisect_left(times, side.at - SIDE),
        bisect_left(times, side.at),
        bisect_right(times, side.at + SIDE),
    )
    before, after = sentiments[begin:at], sentiments[at:end]
    return (before, after) if min(len(before), len(after)) >= LEAST_COMMENTS else None
