"""What changes from one policy to the next in its rules, and whether more or fewer meet them."""

from collections.abc import Iterator
from math import inf

from .difference import Difference, Whom, pairs
from .facts import FACTS
from .plain_words import THINGS, condition_in_words, conditions_in_words, listed, names_asked, strike_in_words
from .schema import Policy, Rule


def rule_differences(before: Policy, after: Policy) -> Iterator[Difference]:
    """Rule by rule: new ones, changed ones (by a threshold too), and those that are gone."""
    old, new = ({rule.id: rule for rule in policy.rules} for policy in (before, after))
    for name in (*new, *(name for name in old if name not in new)):
        was, now = old.get(name), new.get(name)
        rule = now or was
        assert rule is not None
        for whom, words in _of_rule(before, after, was, now):
            yield Difference(whom, rule.title, words, name)
    yield from _order(before, after)


def _of_rule(before: Policy, after: Policy, was: Rule | None, now: Rule | None) -> Iterator[tuple[Whom, str]]:
    if was is not None and now is not None:
        yield from _asked(before, after, was, now)
        yield from _done(before, after, was, now)
        yield from _handled(after, before, was, now)
    elif now is not None:
        about = THINGS[now.applies_to]
        yield Whom.WRITERS, f"is a new rule. {now.meaning} It looks at {about}: {conditions_in_words(after, now)}."
        yield Whom.STAFF, f"is a new rule: cases come to {_queue(after, now)}, with {now.action} as the suggestion."
    else:
        yield Whom.WRITERS, "is no longer a rule."
        yield Whom.STAFF, "is no longer a rule: its open cases are withdrawn by the next run."


def _asked(before: Policy, after: Policy, was: Rule, now: Rule) -> Iterator[tuple[Whom, str]]:
    if was.applies_to != now.applies_to:
        yield Whom.WRITERS, f"looks at {THINGS[now.applies_to]} instead of {THINGS[was.applies_to]}."
        return
    things = THINGS[now.applies_to]
    for name in (*now.when, *(name for name in was.when if name not in now.when)):
        if name not in was.when:
            yield Whom.WRITERS, f"now also asks: {condition_in_words(after, now, name)}. Fewer {things} meet it."
        elif name not in now.when:
            yield Whom.WRITERS, f"no longer asks: {condition_in_words(before, was, name)}. More {things} meet it."
        else:
            old, new = condition_in_words(before, was, name), condition_in_words(after, now, name)
            if old != new:
                yield Whom.WRITERS, f"asks: {new}; until now: {old}. {_effect(before, after, was, now, name)}"


def _effect(before: Policy, after: Policy, was: Rule, now: Rule, name: str) -> str:
    """Whether more or fewer meet a condition than before; both ways at once is another set, and said so."""
    (old_low, old_high), (low, high) = _span(before, was, name), _span(after, now, name)
    old_names, names = set(names_asked(was.when[name])), set(names_asked(now.when[name]))
    is_wider = low < old_low or high > old_high or (bool(old_names) and (not names or bool(names - old_names)))
    is_narrower = low > old_low or high < old_high or (bool(names) and (not old_names or bool(old_names - names)))
    things = THINGS[now.applies_to]
    if is_wider and is_narrower:
        return f"Other {things} meet it."
    return f"{'More' if is_wider else 'Fewer'} {things} meet it."


def _span(policy: Policy, rule: Rule, name: str) -> tuple[float, float]:
    condition, fact = rule.when[name], FACTS[rule.applies_to][name]
    low = fact.low if condition.at_least is None else policy.number(condition.at_least)
    return low, inf if condition.at_most is None else policy.number(condition.at_most)


def _done(before: Policy, after: Policy, was: Rule, now: Rule) -> Iterator[tuple[Whom, str]]:
    if was.title != now.title:
        yield Whom.WRITERS, f"was called {was.title}."
    if was.meaning != now.meaning:
        yield Whom.WRITERS, f"now says: {now.meaning}"
    if was.action != now.action:
        yield Whom.WRITERS, f"suggests {now.action} instead of {was.action}: {after.actions[now.action].description}"
    if was.template != now.template:
        yield Whom.WRITERS, f"people are told by `{now.template}` instead of `{was.template}`."
    old, new = strike_in_words(before, was.strike), strike_in_words(after, now.strike)
    if old != new:
        yield Whom.WRITERS, f"gives {new} instead of {old}."
    if was.without_warning != now.without_warning:
        words = "can keep" if now.without_warning else "no longer keeps"
        yield Whom.WRITERS, f"{words} somebody from commenting who was never warned."
    if was.examples != now.examples:
        yield Whom.WRITERS, "is explained by other examples."


def _handled(after: Policy, before: Policy, was: Rule, now: Rule) -> Iterator[tuple[Whom, str]]:
    if was.queue != now.queue:
        yield Whom.STAFF, f"cases come to {_queue(after, now)} instead of {_queue(before, was)}."
    if was.severity != now.severity:
        graver = "graver" if now.severity > was.severity else "less grave"
        yield Whom.STAFF, f"is {graver}: severity {now.severity:g} instead of {was.severity:g}."
    if was.also_in_groups != now.also_in_groups:
        yield Whom.STAFF, f"{'acts' if now.also_in_groups else 'no longer acts'} within campaigns that have a case."
    if was.join_days != now.join_days:
        old, new = (f"{days} days" if days else "never" for days in (was.join_days, now.join_days))
        yield Whom.STAFF, f"what one person says of it becomes one case: within {new} instead of {old}."
    yield from _decided(was, now)


def _decided(was: Rule, now: Rule) -> Iterator[tuple[Whom, str]]:
    if was.decided_by != now.decided_by:
        yield Whom.STAFF, f"is decided by {listed(now.decided_by) if now.decided_by else 'anybody'}."
    if was.second_person != now.second_person:
        yield Whom.STAFF, "needs a second person now." if now.second_person else "no longer needs a second person."
    if was.machine_may_act != now.machine_may_act:
        words = "may be" if now.machine_may_act else "is never"
        yield Whom.WRITERS, f"{words} decided by the machine alone."
    if now.machine_may_act and was.machine_daily_limit != now.machine_daily_limit:
        yield Whom.STAFF, f"the machine decides at most {now.machine_daily_limit} times a day."


def _queue(policy: Policy, rule: Rule) -> str:
    return policy.queues[rule.queue].title


def _order(before: Policy, after: Policy) -> Iterator[Difference]:
    """Of rules as grave as each other the first in the file wins, so that their order is part of what they say."""
    for severity, was, now in pairs(_equals(before), _equals(after)):
        common = [name for name in (now or ()) if name in (was or ())]
        if len(common) > 1 and common != [name for name in was if name in common]:
            words = f"of rules as grave as each other ({severity:g}), the first wins: now {listed(common)}."
            yield Difference(Whom.STAFF, "Order of rules", words)


def _equals(policy: Policy) -> dict[float, tuple[str, ...]]:
    severities = {rule.severity: () for rule in policy.rules}
    return {each: tuple(rule.id for rule in policy.rules if rule.severity == each) for each in severities}
