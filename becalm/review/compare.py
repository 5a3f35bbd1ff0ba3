"""Shares and changes that stay honest when the numbers are small."""

from dataclasses import dataclass
from math import sqrt

# The 97.5th percentile of the standard normal distribution: intervals of 95 %.
Z = 1.959964
# Fewer than this in both periods together, and a change of a count is mostly chance (its standard error is over 22 %).
ENOUGH_TO_COUNT = 20
# The usual rule of thumb for comparing two proportions.
ENOUGH_TO_SHARE = 30


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total`."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """0..1, or None where there is nothing to take a share of."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval of 95 % (E. B. Wilson, 1927); everything is possible where nothing was seen."""
        if not self.total:
            return 0.0, 1.0
        share = self.hits / self.total
        scale = 1 + Z * Z / self.total
        centre = (share + Z * Z / (2 * self.total)) / scale
        half = Z / scale * sqrt(share * (1 - share) / self.total + Z * Z / (4 * self.total**2))
        return max(0.0, centre - half), min(1.0, centre + half)

    @property
    def low(self) -> float:
        return self.interval[0]

    @property
    def high(self) -> float:
        return self.interval[1]


@dataclass(frozen=True, slots=True)
class Change:
    """A count now and in the period before; `before` is None where that period is not known."""

    now: int
    before: int | None

    @property
    def is_telling(self) -> bool:
        return self.before is not None and self.now + self.before >= ENOUGH_TO_COUNT

    @property
    def difference(self) -> int | None:
        return None if self.before is None else self.now - self.before

    @property
    def relative(self) -> float | None:
        """The difference as a part of the count before, or None where that is too small to be a measure."""
        if self.before is None or self.before < ENOUGH_TO_COUNT:
            return None
        return (self.now - self.before) / self.before


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A share now and in the period before; `before` is None where that period is not known."""

    now: Share
    before: Share | None

    @property
    def is_telling(self) -> bool:
        return self.before is not None and min(self.now.total, self.before.total) >= ENOUGH_TO_SHARE

    @property
    def points(self) -> float | None:
        """The difference in percentage points."""
        if self.before is None or self.now.value is None or self.before.value is None:
            return None
        return 100 * (self.now.value - self.before.value)

    @property
    def is_clear(self) -> bool:
        """The 95 % interval of the difference leaves out zero (R. G. Newcombe, 1998, method 10)."""
        now, before = self.now, self.before
        if before is None or not self.is_telling or now.value is None or before.value is None:
            return False
        difference = now.value - before.value
        low = difference - sqrt((now.value - now.low) ** 2 + (before.high - before.value) ** 2)
        high = difference + sqrt((now.high - now.value) ** 2 + (before.value - before.low) ** 2)
        return low > 0 or high < 0
