"""Channels and threads: where the spam is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Thread
from ..store.upsert import chunks
from .compare import ShareChange
from .excerpt import plain
from .volumes import Tally, Volume, sum_outcomes

ChannelKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ChannelVolume:
    """One channel; `sentiment` is the mean of its scored comments, -1..1, or None where none is scored."""

    platform: str
    channel: str
    volume: Volume
    before: Volume
    sentiment: float | None

    @property
    def spam_change(self) -> ShareChange:
        return ShareChange(self.volume.spam, self.before.spam)


@dataclass(frozen=True, slots=True)
class ThreadVolume:
    platform: str
    channel: str
    thread_id: str
    title: str
    volume: Volume


def channels_by_spam(now: Sequence[Tally], before: Sequence[Tally]) -> tuple[ChannelVolume, ...]:
    """Every channel with comments in either period; first the one whose share of spam is surely the highest."""
    volumes, earlier = _volumes(now, _channel), _volumes(before, _channel)
    sentiment = _sentiment_by_channel(now)
    channels = (
        ChannelVolume(*key, volumes.get(key, Volume()), earlier.get(key, Volume()), sentiment.get(key))
        for key in volumes.keys() | earlier.keys()
    )
    return tuple(sorted(channels, key=lambda channel: (*_rank(channel.volume), channel.platform, channel.channel)))


def threads_by_spam(session: Session, tallies: Sequence[Tally]) -> tuple[ThreadVolume, ...]:
    """Every thread with comments in the period, in the same order as the channels."""
    volumes = sum_outcomes((tally.thread, tally) for tally in tallies)
    named = _threads(session, list(volumes))
    threads = (ThreadVolume(*named[row_id], volume) for row_id, volume in volumes.items())
    return tuple(sorted(threads, key=lambda thread: (*_rank(thread.volume), thread.platform, thread.thread_id)))


def _rank(volume: Volume) -> tuple[float, int]:
    # The lower end of the interval: three spam comments of three prove less than ninety of a hundred.
    return -volume.spam.low, -volume.comments


def _channel(tally: Tally) -> ChannelKey:
    return tally.platform, tally.channel


def _volumes(tallies: Iterable[Tally], key: Callable[[Tally], ChannelKey]) -> dict[ChannelKey, Volume]:
    return sum_outcomes((key(tally), tally) for tally in tallies)


def _sentiment_by_channel(tallies: Iterable[Tally]) -> dict[ChannelKey, float]:
    sums: defaultdict[ChannelKey, float] = defaultdict(float)
    scored: Counter[ChannelKey] = Counter()
    for tally in tallies:
        sums[_channel(tally)] += tally.sentiment
        scored[_channel(tally)] += tally.scored
    return {channel: sums[channel] / count for channel, count in scored.items() if count}


def _threads(session: Session, row_ids: list[int]) -> dict[int, tuple[str, str, str, str]]:
    """(platform, channel, thread_id, title) by row id."""
    named: dict[int, tuple[str, str, str, str]] = {}
    columns = (Thread.id, Thread.platform, Thread.channel, Thread.thread_id, Thread.title)
    for chunk in chunks(row_ids):
        for row in session.execute(select(*columns).where(Thread.id.in_(chunk))):
            named[row.id] = (row.platform, row.channel, row.thread_id, plain(row.title))
    return named
