"""Whether contacts, ladder and retention can do what they say."""

from collections.abc import Iterator

from .marks import Location
from .nearest import nearest
from .retention import CONTESTABLE, CONTESTABLE_DAYS, KEPT, TELLING
from .schema import Policy

Problem = tuple[Location, str]


def problems_of_sections(policy: Policy) -> Iterator[Problem]:
    """What is wrong in the parts of a policy that stand beside its rules, as (where, why)."""
    yield from _contacts(policy)
    yield from _nobody_to_take_over(policy)
    yield from _ladder(policy)
    yield from _order_of_ladder(policy)
    yield from _retention(policy)


def _contacts(policy: Policy) -> Iterator[Problem]:
    ids = {rule.id: rule for rule in policy.rules}
    for name, contact in policy.contacts.items():
        for place, rule in enumerate(contact.rules or ()):
            where = ("contacts", name, "rules", place)
            if rule not in ids:
                yield where, f"there is no rule `{rule}`{nearest(rule, ids)}"
            elif not _hands_over(policy, ids[rule].action):
                yield where, f"`{rule}` suggests {ids[rule].action} and escalates nothing"
            elif policy.contact(rule) != name:
                yield where, f"`{rule}` goes to `{policy.contact(rule)}` already"
        if contact.deputy == name:
            yield ("contacts", name, "deputy"), "a contact can't be its own deputy"
        elif contact.deputy is not None and contact.deputy not in policy.contacts:
            others = policy.contacts.keys() - {name}
            yield (
                ("contacts", name, "deputy"),
                f"there is no contact `{contact.deputy}`{nearest(contact.deputy, others)}",
            )
    for_the_rest = [name for name, contact in policy.contacts.items() if contact.rules is None]
    for name in for_the_rest[1:]:
        yield ("contacts", name), f"never asked: `{for_the_rest[0]}` takes all rules that nobody is named for"


def _nobody_to_take_over(policy: Policy) -> Iterator[Problem]:
    for index, rule in enumerate(policy.rules):
        if policy.contacts and _hands_over(policy, rule.action) and policy.contact(rule.id) is None:
            yield ("rules", index, "action"), "no contact takes it over: name the rule in one, or one without `rules`"


def _ladder(policy: Policy) -> Iterator[Problem]:
    for index, step in enumerate(policy.ladder):
        where = ("ladder", index)
        if step.action not in policy.actions:
            yield (*where, "action"), f"there is no action `{step.action}`{nearest(step.action, policy.actions)}"
            continue
        template = policy.template(step.template)
        if template is None:
            ids = {one.id for one in policy.templates}
            yield (*where, "template"), f"there is no template `{step.template}`{nearest(step.template, ids)}"
        elif step.action not in template.actions:
            yield (*where, "template"), f"`{template.id}` is for {', '.join(template.actions)}, not for {step.action}"
        if step.action == "mute" and step.days is None:
            yield where, "a mute needs `days`: it ends"
        if not policy.actions[step.action].suspends and step.days is not None:
            yield (*where, "days"), f"`{step.action}` has no end that days could set"


def _hands_over(policy: Policy, action: str) -> bool:
    return action in policy.actions and policy.actions[action].hands_over


def _suspends(policy: Policy, action: str) -> bool:
    return action in policy.actions and policy.actions[action].suspends


def _order_of_ladder(policy: Policy) -> Iterator[Problem]:
    for index, step in enumerate(policy.ladder):
        before = policy.ladder[:index]
        if before and step.strikes <= before[-1].strikes:
            yield ("ladder", index, "strikes"), f"never reached: the step before it stands at {before[-1].strikes:g}"
        # Article 23 of the EU's Digital Services Act: nobody is suspended who was not warned before.
        if _suspends(policy, step.action) and not any(earlier.action == "warn" for earlier in before):
            yield ("ladder", index, "action"), f"a `{step.action}` without a step before it that warns"


def _retention(policy: Policy) -> Iterator[Problem]:
    for name, keeping in policy.retention.items():
        where = ("retention", name)
        if name not in KEPT:
            yield where, f"nothing is kept by the name of `{name}`{nearest(name, KEPT)}"
        elif name in CONTESTABLE and keeping.days < CONTESTABLE_DAYS:
            yield (*where, "days"), f"people may contest decisions for six months: {CONTESTABLE_DAYS} days at least"
        elif keeping.then == "pseudonymise" and name not in TELLING:
            yield (*where, "then"), f"`{name}` says nothing without whom it is about; it can only be erased"
        elif name == "comments" and (longest := _longest_look_back(policy))[0] > keeping.days:
            yield (*where, "days"), f"{longest[1]} looks back {longest[0]} days"


def _longest_look_back(policy: Policy) -> tuple[int, str]:
    """Strikes and matters are reckoned from the stored comments, so those must be there as long."""
    spans = [
        (policy.offenders.window_days, "offenders.window_days"),
        (policy.offenders.strike_days, "offenders.strike_days"),
        (policy.rings.window_days, "rings.window_days"),
        (policy.heat.baseline_days, "heat.baseline_days"),
        (2 * policy.review.period_days, "the review"),
    ]
    for rule in policy.rules:
        spans += [(rule.strike.days, f"the strike of `{rule.id}`")] if rule.strike and rule.strike.days else []
        spans += [(rule.join_days, f"join_days of `{rule.id}`")] if rule.join_days else []
    return max(spans)
