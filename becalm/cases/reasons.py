"""How clearly a rule is met, and the words for it."""

from typing import Any

from ..policy import Policy, Rule
from ..policy.conditions import Condition
from ..policy.facts import FACTS, Fact, FactKind
from ..records import Reason


def clearness(rule: Rule, facts: object) -> float:
    """0..1: the mean over what the rule asks to be there. A score speaks for itself, anything else is there fully."""
    found = [
        _clearness(FACTS[rule.applies_to][name], getattr(facts, name))
        for name, condition in rule.when.items()
        if _asks_for_presence(condition)
    ]
    return sum(found) / len(found) if found else 1.0


def reasons_of(policy: Policy, rule: Rule, facts: object) -> tuple[Reason, ...]:
    """A reason for each thing that the rule asks to be there, or for all it asks when that is nothing."""
    asked = {name: condition for name, condition in rule.when.items() if _asks_for_presence(condition)} or rule.when
    reasons = []
    for name, condition in asked.items():
        fact, value = FACTS[rule.applies_to][name], getattr(facts, name)
        words = f"{fact.words}: {_shown(value)}{_wanted(policy, condition)}"
        reasons.append(Reason(name, _clearness(fact, value), words))
    return tuple(reasons)


def _asks_for_presence(condition: Condition) -> bool:
    return condition.at_least is not None or condition.is_ is not None or condition.any_of is not None


def _clearness(fact: Fact, value: Any) -> float:
    if fact.half is not None:
        return float(value) / (float(value) + fact.half)
    is_score = fact.kind == FactKind.NUMBER and fact.high == 1
    return max(0.0, min(1.0, float(value))) if is_score else 1.0


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return ", ".join(str(each["kind"] if isinstance(each, dict) else each) for each in value)
    return str(value)


def _wanted(policy: Policy, condition: Condition) -> str:
    words = []
    if condition.at_least is not None:
        words.append(f"at least {policy.number(condition.at_least):g}")
    if condition.at_most is not None:
        words.append(f"at most {policy.number(condition.at_most):g}")
    return f" ({' and '.join(words)})" if words else ""
