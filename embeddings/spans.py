"""A window that slides over time: what lies further apart is never compared, so the work grows with the days."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.arrays import Floats, Ids

DAY = 86_400
ROWS_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Spans:
    """When each of some things began and ended, in seconds since 1970. Two are near within `window` seconds."""

    begins: Floats
    ends: Floats
    window: float

    def apart(self, first: Ids, second: Ids) -> Floats:
        """The seconds between each two of them; 0 where they overlap."""
        between = np.maximum(self.begins[first], self.begins[second]) - np.minimum(self.ends[first], self.ends[second])
        return np.asarray(np.maximum(between, 0.0))

    def are_near(self, first: Ids, second: Ids) -> NDArray[np.bool_]:
        return self.apart(first, second) <= self.window

    def blocks(self, count: int) -> Iterator[tuple[Ids, Ids]]:
        """The first `count` things, some hundreds at a time, each time with all that may be near one of them."""
        in_order = np.argsort(self.begins[:count], kind="stable")
        for start in range(0, len(in_order), ROWS_AT_ONCE):
            rows = in_order[start : start + ROWS_AT_ONCE]
            earliest, latest = self.begins[rows].min() - self.window, self.ends[rows].max() + self.window
            yield rows, np.flatnonzero((self.ends >= earliest) & (self.begins <= latest))
