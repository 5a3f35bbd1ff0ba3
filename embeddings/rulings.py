"""What people have said about texts; it binds every grouping and verdict after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]
Sides = tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Rulings:
    """`bad` texts were removed by people, `good` ones are never flagged; the brand's own are good.

    Pairs of `same` texts belong to one campaign, those of `apart` never to one group or campaign; nor does any text of
    one of two `sides` with any of the other.
    """

    bad: frozenset[int] = frozenset()
    good: frozenset[int] = frozenset()
    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    sides: frozenset[Sides] = frozenset()
    _apart_from: Mapping[int, frozenset[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[int, frozenset[int]] = {}
        for one, other in self.all_sides:
            for text_ids, others in ((one, other), (other, one)):
                for text_id in text_ids:
                    # Thousands of texts on a side share one set.
                    found[text_id] = found[text_id] | others if text_id in found else others
        object.__setattr__(self, "_apart_from", found)

    @property
    def all_sides(self) -> frozenset[Sides]:
        """Those of pairs too."""
        return self.sides | {(frozenset({one}), frozenset({other})) for one, other in self.apart}

    def apart_from(self, text_id: int) -> frozenset[int]:
        """The texts that people said are not the same as this one."""
        return self._apart_from.get(text_id, frozenset())

    @property
    def remembered(self) -> frozenset[int]:
        return self.bad | self.good


NO_RULINGS = Rulings()
