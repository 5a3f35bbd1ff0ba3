"""How far second looks agree with decisions: Cohen's kappa, beside the base rate without which it says little."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Decision, SecondLook

Pair = tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of decisions judged twice: both found the rule met, neither, only the first, only the second."""

    kind: str  # rule or by
    name: str
    both: int
    neither: int
    first_only: int
    second_only: int

    @property
    def looks(self) -> int:
        return self.both + self.neither + self.first_only + self.second_only

    @property
    def agreed(self) -> float:
        """Share of 0..1 on which both said the same."""
        return (self.both + self.neither) / self.looks

    @property
    def base_rate(self) -> float:
        """Share of 0..1 in which the second judge found the rule met."""
        return (self.both + self.second_only) / self.looks

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa (1960): agreement beyond chance; None where both always said one and the same."""
        first = (self.both + self.first_only) / self.looks
        by_chance = first * self.base_rate + (1 - first) * (1 - self.base_rate)
        return None if by_chance == 1 else (self.agreed - by_chance) / (1 - by_chance)


def agreements(session: Session) -> list[Agreement]:
    """One for each rule and one for each who decided (`machine` among them), of what was judged twice."""
    statement = (
        select(Decision.rule, Decision.by, Decision.outcome, SecondLook.outcome.label("second"))
        .join(SecondLook, SecondLook.decision_id == Decision.id)
        .where(SecondLook.outcome.is_not(None))
    )
    pairs: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for rule, by, first, second in session.execute(statement):
        pair = (first == "upheld", second == "upheld")
        pairs["rule", rule].append(pair)
        pairs["by", by].append(pair)
    return [agreement_of(kind, name, pairs[kind, name]) for kind, name in sorted(pairs)]


def agreement_of(kind: str, name: str, pairs: Iterable[Pair]) -> Agreement:
    """The agreement over (first, second) judgements, each whether the rule was met."""
    counts: dict[Pair, int] = defaultdict(int)
    for pair in pairs:
        counts[pair] += 1
    return Agreement(kind, name, counts[True, True], counts[False, False], counts[True, False], counts[False, True])
