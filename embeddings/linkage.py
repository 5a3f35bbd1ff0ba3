"""Average linkage: groups that are one push on the whole, not by a chain of likely pairs."""

from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

Pair = tuple[int, int]


def link(
    count: int,
    pairs: Sequence[tuple[int, int, float]],
    at_least: float,
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[int]:
    """The cluster of each of `count` items: the smallest item that is in it.

    Clusters grow by the pair with the highest mean similarity over all their items (a pair that is not in `pairs`
    counts 0) while that is `at_least` so much. Items of `together` count as one, which is as similar to another as the
    most similar of them; those of `apart` never come into one cluster, which goes first. The order of `pairs` is
    irrelevant.
    """
    clusters = _Clusters(count, pairs, apart)
    for one, other in sorted(together):
        clusters.join(clusters.of[one], clusters.of[other], as_one=True)
    heap = [(-clusters.mean(one, other), one, other) for one, other in clusters.pairs()]
    heapify(heap)
    while heap:
        similarity, one, other = heappop(heap)
        if -similarity < at_least:
            break
        # A pair that has grown since it was pushed stands in the heap again, with its mean of now.
        if not clusters.stands(one, other) or clusters.mean(one, other) != -similarity:
            continue
        if (joined := clusters.join(one, other)) is not None:
            for neighbour in clusters.sums[joined]:
                first, second = min(joined, neighbour), max(joined, neighbour)
                heappush(heap, (-clusters.mean(first, second), first, second))
    return clusters.of


class _Clusters:
    """Each named by its smallest item, with the sums of similarity to the others it touches."""

    def __init__(self, count: int, pairs: Iterable[tuple[int, int, float]], apart: Iterable[Pair]) -> None:
        self.of = list(range(count))
        self.items: dict[int, list[int]] = {one: [one] for one in range(count)}
        self._sizes = dict.fromkeys(range(count), 1)
        self.sums: dict[int, dict[int, float]] = {one: {} for one in range(count)}
        for one, other, similarity in pairs:
            self.sums[one][other] = self.sums[other][one] = similarity
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def pairs(self) -> list[Pair]:
        return [(one, other) for one, others in self.sums.items() for other in others if one < other]

    def stands(self, one: int, other: int) -> bool:
        return one in self.sums and other in self.sums[one]

    def mean(self, one: int, other: int) -> float:
        return self.sums[one][other] / (self._sizes[one] * self._sizes[other])

    def join(self, one: int, other: int, *, as_one: bool = False) -> int | None:
        """The joined cluster; None where the two are one already, or must stay apart."""
        if one == other or self._must_stay_apart(one, other):
            return None
        one, other = min(one, other), max(one, other)
        for neighbour, similarity in self.sums.pop(other).items():
            del self.sums[neighbour][other]
            if neighbour != one:
                before = self.sums[one].get(neighbour, 0.0)
                total = max(before, similarity) if as_one else before + similarity
                self.sums[one][neighbour] = self.sums[neighbour][one] = total
        for item in self.items[other]:
            self.of[item] = one
        self.items[one] += self.items.pop(other)
        size = self._sizes.pop(other)
        self._sizes[one] = 1 if as_one else self._sizes[one] + size
        return one

    def _must_stay_apart(self, one: int, other: int) -> bool:
        less, more = sorted((self.items[one], self.items[other]), key=len)
        banned = set(more)
        return any(not self._apart[item].isdisjoint(banned) for item in less if item in self._apart)
