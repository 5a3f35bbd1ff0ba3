"""Accounts that meet: two that say the same thing, or write in the same thread, within a short time."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from embeddings.arrays import Flags, Floats, Ids


@dataclass(frozen=True, slots=True)
class Acts:
    """Comments as acts: who (places 0..accounts) did it where (a thread, a message) and when (seconds since 1970)."""

    account: Ids
    place: Ids
    time: Floats


@dataclass(frozen=True, slots=True)
class Meetings:
    """Each pair of accounts (`first` < `second`) once for each place that they met in."""

    first: Ids
    second: Ids
    place: Ids


class Board:
    """The acts of one kind, place by place in the order of time; `within` seconds is a meeting."""

    def __init__(self, acts: Acts, within: float) -> None:
        order = np.lexsort((acts.time, acts.place))
        self.account, self.place, self.time = acts.account[order], acts.place[order], acts.time[order]
        self.within = within
        self._around: dict[tuple[int, int], Flags] = {}
        self._bounds: dict[int, slice] = {}

    def __len__(self) -> int:
        return len(self.account)

    @cached_property
    def _key(self) -> Floats:
        """Grows from act to act, and by more than `within` from place to place."""
        start = self.time.min(initial=np.inf) if len(self) else 0.0
        span = float(np.ptp(self.time)) + self.within + 1 if len(self) else 1.0
        return np.asarray(np.unique(self.place, return_inverse=True)[1] * span + (self.time - start))

    @cached_property
    def following(self) -> Ids:
        """How many acts follow each one within the time, in its place."""
        return np.searchsorted(self._key, self._key + self.within, "right") - np.arange(len(self)) - 1

    def meetings(self, is_asked: Flags, crowd: int) -> Meetings:
        """Of accounts that are asked for; acts that more than `crowd` others follow at once are those of a crowd, in
        which everybody meets everybody, and count for nothing."""
        found = []
        for shift in range(1, crowd + 1):
            here = np.flatnonzero((self.following >= shift) & (self.following <= crowd))
            one, other = self.account[here], self.account[here + shift]
            kept = (one != other) & is_asked[one] & is_asked[other]
            low, high = np.minimum(one, other)[kept], np.maximum(one, other)[kept]
            found.append(np.column_stack([low, high, self.place[here][kept]]))
        rows = np.unique(np.concatenate([np.empty((0, 3), np.int64), *found]), axis=0)
        return Meetings(rows[:, 0], rows[:, 1], rows[:, 2])

    @cached_property
    def usual(self) -> float:
        """The share of pairs of acts in one place that lie within the time of each other."""
        sizes = np.unique(self.place, return_counts=True)[1].astype(float)
        pairs = float((sizes * (sizes - 1) / 2).sum())
        return float(self.following.sum()) / pairs if pairs else 0.0

    def acts_in(self, place: int) -> slice:
        if place not in self._bounds:
            low, high = np.searchsorted(self.place, [place, place + 1])
            self._bounds[place] = slice(int(low), int(high))
        return self._bounds[place]

    def around(self, account: int, place: int) -> Flags:
        """Which acts in the place lie within the time of one of the account's."""
        if (account, place) not in self._around:
            inside = self.acts_in(place)
            own, times = self.time[inside][self.account[inside] == account], self.time[inside]
            after = np.minimum(np.searchsorted(own, times), len(own) - 1)
            gap = np.minimum(np.abs(own[after] - times), np.abs(own[np.maximum(after - 1, 0)] - times))
            self._around[account, place] = np.asarray(gap <= self.within)
        return self._around[account, place]
