"""What became of campaigns between two groupings: begun, grown, shrunk, returned, merged, split, ended."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

# A campaign that was silent for so long has gone; its next comment is a return.
GONE_SECONDS = 28 * 86_400


class Change(StrEnum):
    BEGAN = "began"
    GREW = "grew"
    SHRANK = "shrank"
    RETURNED = "returned"
    MERGED = "merged"
    SPLIT = "split"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Standing:
    """A campaign at one grouping: its texts, and its comments up to `last_seen` (seconds since 1970)."""

    text_ids: frozenset[int]
    comments: int
    last_seen: float
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """`other` is what a campaign merged into, or split from; `at` is in the time of the stream."""

    campaign: str
    kind: Change
    comments: int
    at: float
    other: str | None = None


def events(before: Mapping[str, Standing], now: Mapping[str, Standing]) -> list[Event]:
    """What changed, by campaign; nothing where all stands as it stood."""
    return [*_of_standing(before, now), *_of_gone(before, now)]


def _of_standing(before: Mapping[str, Standing], now: Mapping[str, Standing]) -> Iterator[Event]:
    for name, standing in sorted(now.items()):
        earlier = before.get(name)
        if earlier is None:
            source = _most_of(standing, before)
            kind = Change.BEGAN if source is None else Change.SPLIT
            yield Event(name, kind, standing.comments, standing.last_seen, source)
        elif not earlier.is_current or standing.last_seen - earlier.last_seen > GONE_SECONDS:
            yield Event(name, Change.RETURNED, standing.comments, standing.last_seen)
        elif standing.comments != earlier.comments:
            kind = Change.GREW if standing.comments > earlier.comments else Change.SHRANK
            yield Event(name, kind, standing.comments, standing.last_seen)


def _of_gone(before: Mapping[str, Standing], now: Mapping[str, Standing]) -> Iterator[Event]:
    for name, standing in sorted(before.items()):
        if standing.is_current and name not in now:
            into = _most_of(standing, now)
            kind = Change.ENDED if into is None else Change.MERGED
            yield Event(name, kind, standing.comments, standing.last_seen, into)


def _most_of(standing: Standing, others: Mapping[str, Standing]) -> str | None:
    """The campaign of `others` that holds most of these texts, if it holds half of them."""
    shared = Counter({name: len(standing.text_ids & other.text_ids) for name, other in others.items()})
    for name, texts in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        return name if 2 * texts >= len(standing.text_ids) else None
    return None
