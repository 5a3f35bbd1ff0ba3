"""Whether one rule can act: what it names exists, and what it asks can come true."""

from collections.abc import Collection, Iterator
from math import inf
from typing import TypeGuard

from .conditions import Condition
from .facts import FACTS, LIKENESS, MADE_FROM_STRIKES, WARNED_IN_VAIN, AppliesTo, Fact, FactKind
from .marks import Location
from .nearest import nearest
from .schema import Policy, Rule

Problem = tuple[Location, str]

# As severe as this must be what suspends somebody who was never warned: threats, and exposing people.
GRAVE = 0.9

# Of a group: the first is never more than the second.
NEVER_MORE = (("accounts", "comments"), ("threads", "comments"), ("channels", "comments"), ("channels", "threads"))


def problems_of_rule(policy: Policy, rule: Rule) -> Iterator[Problem]:
    """What keeps this rule from acting, as (where in the rule, why)."""
    yield from _names_that_lead_nowhere(policy, rule)
    facts = FACTS[rule.applies_to]
    for name, condition in rule.when.items():
        if name not in facts:
            yield ("when", name), f"a {rule.applies_to} has no signal `{name}`{nearest(name, facts)}"
        else:
            for key, why in problems_of_condition(policy, name, facts[name], condition):
                yield ("when", name, key), why
    yield from _impossible_together(policy, rule)
    yield from _powers_without_use(rule)
    yield from _too_much(policy, rule)


def _impossible_together(policy: Policy, rule: Rule) -> Iterator[Problem]:
    """Conditions that may each come true, and never at once."""
    if _most(policy, rule, "private_data") < 1 and "private_data_of" in rule.when:
        yield ("when", "private_data_of"), "of private data that is not there, nobody's can be"
    for part, whole in NEVER_MORE:
        least = rule.when[part].at_least if part in rule.when else None
        if _is_known(least, policy) and policy.number(least) > _most(policy, rule, whole):
            yield ("when", part), f"a group never has more {part} than {whole}"


def _most(policy: Policy, rule: Rule, name: str) -> float:
    most = rule.when[name].at_most if name in rule.when else None
    return policy.number(most) if _is_known(most, policy) else inf


def _is_known(number: float | str | None, policy: Policy) -> TypeGuard[float | str]:
    return number is not None and (not isinstance(number, str) or number in policy.thresholds)


def _names_that_lead_nowhere(policy: Policy, rule: Rule) -> Iterator[Problem]:
    if rule.queue not in policy.queues:
        yield ("queue",), f"there is no queue `{rule.queue}`{nearest(rule.queue, policy.queues)}"
    if rule.action not in policy.actions:
        yield ("action",), f"there is no action `{rule.action}`{nearest(rule.action, policy.actions)}"
    template = policy.template(rule.template)
    if template is None:
        ids = {template.id for template in policy.templates}
        yield ("template",), f"there is no template `{rule.template}`{nearest(rule.template, ids)}"
    elif rule.action in policy.actions and rule.action not in template.actions:
        yield ("template",), f"`{template.id}` is for {', '.join(template.actions)}, not for {rule.action}"


def _powers_without_use(rule: Rule) -> Iterator[Problem]:
    """Keys that say something this kind of rule never does."""
    if rule.strike and rule.applies_to == AppliesTo.THREAD:
        yield ("strike",), "a rule on threads can't give strikes: what others write is nobody's offence"
    if rule.strike and rule.applies_to == AppliesTo.ACCOUNT:
        yield ("strike",), "a rule on accounts reads strikes and can't give them"
    if rule.strike and MADE_FROM_STRIKES & rule.when.keys():
        yield ("strike",), "a rule that reads strikes can't give them: a mark would breed the next"
    if rule.also_in_groups and rule.applies_to != AppliesTo.COMMENT:
        yield ("also_in_groups",), "only a rule on comments can do this"
    if rule.join_days and rule.applies_to != AppliesTo.COMMENT:
        yield ("join_days",), "only a rule on comments can do this"


def _too_much(policy: Policy, rule: Rule) -> Iterator[Problem]:
    """Suggestions that need more than the rule asks for."""
    action = policy.actions.get(rule.action)
    if rule.without_warning and rule.severity < GRAVE:
        yield ("without_warning",), f"only what is as grave as {GRAVE:g} suspends somebody who was never warned"
    if rule.without_warning and rule.machine_may_act:
        yield ("without_warning",), "a machine that decides alone suspends nobody who was never warned"
    if action and action.suspends and not (rule.without_warning or asks_for(policy, rule, WARNED_IN_VAIN)):
        yield ("action",), f"nobody is suspended without a warning before: ask for `{WARNED_IN_VAIN}`, at least 1"
    others = any(asks_for(policy, rule, name) for name in rule.when if name != LIKENESS)
    if action and action.talks and asks_for(policy, rule, LIKENESS) and not others:
        yield ("action",), "a likeness is a hint and never acted upon alone: no action that reaches a person"


def asks_for(policy: Policy, rule: Rule, name: str) -> bool:
    """Whether the rule is met by none of which this is nothing at all."""
    condition = rule.when.get(name)
    low = condition.at_least if condition else None
    return low is not None and (policy.thresholds.get(low, 0.0) if isinstance(low, str) else low) > 0


def problems_of_condition(policy: Policy, name: str, fact: Fact, condition: Condition) -> Iterator[tuple[str, str]]:
    """Why a condition can't hold, as (its key, why)."""
    for key in ("at_least", "at_most"):
        number = getattr(condition, key)
        if number is not None and fact.kind == FactKind.NAME:
            yield key, f"`{name}` is a word, not a number: ask with `is` or `any_of`"
        elif isinstance(number, str) and number not in policy.thresholds:
            yield key, f"there is no threshold `{number}`{nearest(number, policy.thresholds)}"
        elif number is not None and not fact.low <= policy.number(number) <= fact.high:
            yield key, f"`{name}` lies between {fact.low:g} and {fact.high:g}, never at {policy.number(number):g}"
    yield from _problems_of_span(policy, condition)
    yield from _problems_of_names(policy, fact, condition)
    asked = (*(condition.any_of or ()), *((condition.is_,) if condition.is_ else ()))
    key = "any_of" if condition.any_of else "is"
    if asked and fact.kind == FactKind.NUMBER:
        yield key, f"`{name}` is a number: ask with at_least or at_most"
    elif names := _names(policy, name, fact):
        for word in asked:
            if word not in names:
                yield key, f"`{name}` is never `{word}`{nearest(word, names)}"
    elif asked and name == "keywords":
        yield key, "there are no keyword lists"


def _problems_of_span(policy: Policy, condition: Condition) -> Iterator[tuple[str, str]]:
    ends = (condition.at_least, condition.at_most)
    low, high = (policy.thresholds.get(end) if isinstance(end, str) else end for end in ends)
    if low is not None and high is not None and low > high:
        yield "at_most", f"nothing is at least {low:g} and at most {high:g}"


def _problems_of_names(policy: Policy, fact: Fact, condition: Condition) -> Iterator[tuple[str, str]]:
    if condition.is_ is not None and condition.any_of:
        yield "is", "stands beside any_of: say which words in one of them"
    most = condition.at_most
    is_asked = fact.kind == FactKind.NAMES and (condition.is_ or condition.any_of)
    if is_asked and _is_known(most, policy) and policy.number(most) < 1:
        yield "at_most", "asks for one of these words, and for none"


def _names(policy: Policy, name: str, fact: Fact) -> Collection[str]:
    known = {
        "keywords": tuple(policy.phrases),
        "rule": (*(rule.id for rule in policy.rules), *policy.rules_left_out),
        "ladder": tuple(step.action for step in policy.ladder),
    }
    return known.get(name, fact.names)
