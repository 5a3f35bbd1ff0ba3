"""A rule's conditions and terms as a sentence would say them."""

from collections.abc import Sequence

from .conditions import Condition
from .facts import FACTS, AppliesTo, FactKind
from .ladder import Step
from .schema import Policy, Rule, StrikeTerms

THINGS = {
    AppliesTo.COMMENT: "comments",
    AppliesTo.GROUP: "campaigns and floods",
    AppliesTo.ACCOUNT: "accounts",
    AppliesTo.THREAD: "threads",
}


def conditions_in_words(policy: Policy, rule: Rule) -> str:
    """All that a rule asks, as `abusive language at least 0.6, and complains at most 0.6`."""
    return ", and ".join(condition_in_words(policy, rule, name) for name in rule.when)


def condition_in_words(policy: Policy, rule: Rule, name: str) -> str:
    """One thing that a rule asks, with its numbers."""
    fact, condition = FACTS[rule.applies_to][name], rule.when[name]
    asked = [f"at least {_number(policy, condition.at_least)}"] if condition.at_least is not None else []
    asked += [f"at most {_number(policy, condition.at_most)}"] if condition.at_most is not None else []
    names = listed(names_asked(condition), "or")
    if not names:
        return f"{fact.words} {' and '.join(asked)}"
    joint = ": " if fact.kind == FactKind.NAMES else " is "
    return f"{fact.words}{joint}{names}" + (f" ({' and '.join(asked)})" if asked else "")


def names_asked(condition: Condition) -> tuple[str, ...]:
    return (condition.is_,) if condition.is_ is not None else condition.any_of or ()


def strike_in_words(policy: Policy, strike: StrikeTerms | None) -> str:
    """`a strike of weight 1 for 120 days`, or `no strike`."""
    if strike is None:
        return "no strike"
    return f"a strike of weight {strike.weight:g} for {days(strike.days or policy.offenders.strike_days)}"


def step_in_words(step: Step) -> str:
    """`mute for 7 days`, `ban`."""
    return f"{step.action} for {days(step.days)}" if step.days else step.action


def days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def hours(number: float) -> str:
    """`30 minutes`, `1 hour`, `12 hours`, `2 days`."""
    if number < 1:
        return f"{number * 60:g} minutes"
    if number >= 48 and number % 24 == 0:
        return days(int(number / 24))
    return "1 hour" if number == 1 else f"{number:g} hours"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """`a, b and c`."""
    return f"{', '.join(words[:-1])} {joint} {words[-1]}" if len(words) > 1 else "".join(words)


def _number(policy: Policy, number: float | str) -> str:
    return f"{policy.number(number):g}"
