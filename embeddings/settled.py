"""Groups that stand as they were judged: nothing of them changed, and all that is new is far away in time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from embeddings.arrays import Floats
from embeddings.groups import Group
from embeddings.kinship import WINDOW_DAYS
from embeddings.spans import DAY

# What is new is joined within one window, and what it is joined to may have kin within another.
REACH_SECONDS = 2 * WINDOW_DAYS * DAY


@dataclass(frozen=True, slots=True)
class Reach:
    """The times that may matter to something new: `starts` and `ends` ascend, in seconds since 1970."""

    starts: Floats
    ends: Floats

    @classmethod
    def around(cls, times: Iterable[float]) -> Self:
        """What lies within two windows of these times."""
        news = np.sort(np.fromiter(times, float))
        is_start = np.diff(news, prepend=-np.inf) > 2 * REACH_SECONDS
        is_end = np.append(is_start[1:], True)[: len(news)]
        return cls(news[is_start] - REACH_SECONDS, news[is_end] + REACH_SECONDS)

    def touches(self, first: Floats, last: Floats) -> NDArray[np.bool_]:
        """Whether each span from `first` to `last` has a part in it."""
        if not len(self.starts):
            return np.zeros(len(first), bool)
        nearest = np.searchsorted(self.ends, first)
        return (nearest < len(self.ends)) & (self.starts[np.minimum(nearest, len(self.ends) - 1)] <= last)


EVER = Reach(np.array([-np.inf]), np.array([np.inf]))


@dataclass(frozen=True, slots=True)
class Settled:
    """The groups (ids) that stand as they were judged, their texts, and those of them that are in campaigns.

    `reopened` are the texts of groups that don't stand; `reach` are the times that something new may matter to.
    """

    groups: frozenset[str] = frozenset()
    texts: frozenset[int] = frozenset()
    in_campaigns: frozenset[int] = frozenset()
    reopened: frozenset[int] = frozenset()
    reach: Reach = EVER


NOTHING_SETTLED = Settled()


@dataclass(frozen=True, slots=True)
class JudgedBefore:
    """A group as it was kept: what it held, and the campaign that it was found in."""

    campaign: str | None
    text_ids: frozenset[int]
    comments: int
    first_seen: float
    last_seen: float

    @property
    def may_be_stray(self) -> bool:
        return self.campaign is not None and len(self.text_ids) == 1


def settled_groups(
    groups: Sequence[Group], before: Mapping[str, JudgedBefore], comments: Mapping[int, int], reach: Reach
) -> Settled:
    """What of `before` (groups by id) stands: found again as it was, with as many comments, and out of reach.

    A campaign stands as a whole or not at all, and an echo together with the strays that were taken from it.
    """
    matches = _Matches(groups, before)
    first, last = (
        np.array([getattr(one, name) for one in before.values()], float) for name in ("first_seen", "last_seen")
    )
    touched = reach.touches(first, last)
    moved = {
        name
        for (name, one), is_touched in zip(before.items(), touched.tolist(), strict=True)
        if is_touched or not matches.found(name) or one.comments != sum(comments.get(text, 0) for text in one.text_ids)
    }
    together = matches.together()
    while spread := {name for names in together if not moved.isdisjoint(names) for name in names} - moved:
        moved |= spread
    stands = before.keys() - moved
    offending = {name for name in stands if before[name].campaign is not None}
    texts, in_campaigns, reopened = (
        frozenset(text for name in names for text in before[name].text_ids) for names in (stands, offending, moved)
    )
    return Settled(frozenset(stands), texts, in_campaigns, reopened, reach)


class _Matches:
    """Which group of before is which of now."""

    def __init__(self, groups: Sequence[Group], before: Mapping[str, JudgedBefore]) -> None:
        self._before = before
        strays = {text for one in before.values() if one.may_be_stray for text in one.text_ids}
        names = {one.text_ids: name for name, one in before.items()}
        self._place_of = {text: place for place, group in enumerate(groups) for text in group.text_ids}
        self._name_of: dict[int, str] = {}
        for place, group in enumerate(groups):
            # What people said may be new.
            if group.memory is None and (name := self._name(frozenset(group.text_ids), strays, names)) is not None:
                self._name_of[place] = name
        self._names = set(self._name_of.values())

    def _name(self, texts: frozenset[int], strays: set[int], names: Mapping[frozenset[int], str]) -> str | None:
        if (whole := names.get(texts)) is not None:
            return whole
        rest = names.get(texts - strays)
        return rest if rest is not None and self._before[rest].campaign is None else None

    def found(self, name: str) -> bool:
        """Whether it is found again; a stray also where its text is in no group, or in the echo it was taken from."""
        if name in self._names:
            return True
        return self._before[name].may_be_stray and ((home := self._home(name)) is None or home in self._names)

    def _home(self, name: str) -> str | None:
        """The echo that a stray was taken from; the name of no group if it is in one that was not there before."""
        (text,) = self._before[name].text_ids
        place = self._place_of.get(text)
        return None if place is None else self._name_of.get(place, "")

    def together(self) -> list[set[str]]:
        """Groups that stand together or not at all."""
        campaigns: defaultdict[str, set[str]] = defaultdict(set)
        homes: defaultdict[str, set[str]] = defaultdict(set)
        for name, one in self._before.items():
            if one.campaign is not None:
                campaigns[one.campaign].add(name)
            if one.may_be_stray and (home := self._home(name)) and home != name:
                homes[home] |= {home, name}
        return [*campaigns.values(), *homes.values()]
