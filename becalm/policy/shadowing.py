"""Rules that never act, because another one is met wherever they are and comes first."""

from collections.abc import Iterator
from math import inf

from .conditions import Condition
from .facts import FACTS, Fact, FactKind
from .marks import Location
from .schema import Policy, Rule

Problem = tuple[Location, str]


def shadowed_rules(policy: Policy) -> Iterator[Problem]:
    """Rules that another one always comes before, as (where, why). The names in the policy must all be right."""
    for index, rule in enumerate(policy.rules):
        other = next((other for other in policy.rules if _comes_before(policy, other, rule)), None)
        if other is not None:
            asks = "asks the same" if other.when == rule.when else "is met by all that meets this"
            first = "is more severe" if other.severity > rule.severity else "stands before it"
            yield ("rules", index, "when"), f"never acts: `{other.id}` {asks} and {first}"


def _comes_before(policy: Policy, other: Rule, rule: Rule) -> bool:
    """Whether `other` is met by everything that `rule` is met by, and then opens the case."""
    place = {one.id: index for index, one in enumerate(policy.rules)}
    is_first = (-other.severity, place[other.id]) < (-rule.severity, place[rule.id])
    # Inside a campaign that has a case, a rule that looks no further is not asked.
    acts_alone = rule.also_in_groups and not other.also_in_groups
    if not is_first or acts_alone or other.applies_to != rule.applies_to or not other.when.keys() <= rule.when.keys():
        return False
    facts = FACTS[rule.applies_to]
    return all(_implies(policy, facts[name], rule.when[name], asked) for name, asked in other.when.items())


def _implies(policy: Policy, fact: Fact, narrow: Condition, wide: Condition) -> bool:
    """Whether whatever meets `narrow` meets `wide`."""
    names, wider = _names(narrow), _names(wide)
    if wider and not (names and names <= wider):
        return False
    low, high = _span(policy, narrow)
    if fact.kind == FactKind.NAMES and names:
        low = max(low, 1.0)  # one of them is there
    wide_low, wide_high = _span(policy, wide)
    return wide_low <= low and high <= wide_high


def _names(condition: Condition) -> set[str]:
    return {condition.is_} if condition.is_ is not None else set(condition.any_of or ())


def _span(policy: Policy, condition: Condition) -> tuple[float, float]:
    low = -inf if condition.at_least is None else policy.number(condition.at_least)
    return low, inf if condition.at_most is None else policy.number(condition.at_most)
