"""What people have said about texts; it binds every grouping and verdict after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rulings:
    """`bad` texts were removed by people, `good` ones are never flagged; the brand's own are good.

    Pairs of `same` texts belong to one campaign, those of `apart` never to one group or campaign.
    """

    bad: frozenset[int] = frozenset()
    good: frozenset[int] = frozenset()
    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    _apart_from: Mapping[int, frozenset[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[int, set[int]] = {}
        for one, other in self.apart:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        object.__setattr__(self, "_apart_from", {one: frozenset(others) for one, others in found.items()})

    def apart_from(self, text_id: int) -> frozenset[int]:
        """The texts that people said are not the same as this one."""
        return self._apart_from.get(text_id, frozenset())

    @property
    def remembered(self) -> frozenset[int]:
        return self.bad | self.good


NO_RULINGS = Rulings()
