"""What a policy's shape can't show: names that lead nowhere, and rules that could never act.

Each check yields problems as (where, why); `loader` finds the line. Elsewhere a switch that is on while its list is
empty does nothing for years; here it is refused.
"""

from collections.abc import Collection, Iterator

from .contesting_checks import problems_of_contesting
from .facts import UNHAPPY
from .marks import Location
from .nearest import nearest
from .outbox_checks import problems_of_outbox
from .rule_checks import problems_of_rule
from .schema import Policy
from .section_checks import problems_of_sections
from .shadowing import shadowed_rules
from .staffing import staffing_problems
from .template_checks import problems_of_templates

Problem = tuple[Location, str]


def problems(policy: Policy) -> list[Problem]:
    """Everything that makes this policy unable to do what it says; nothing when it is fine."""
    # A misspelt name also leaves what it meant unused: that is worth a word only when all names are right.
    return list(_wrong(policy)) or [*shadowed_rules(policy), *_unused(policy)]


def _wrong(policy: Policy) -> Iterator[Problem]:
    yield from _repeated_ids(policy)
    yield from problems_of_templates(policy)
    for index, rule in enumerate(policy.rules):
        for where, why in problems_of_rule(policy, rule):
            yield ("rules", index, *where), why
    yield from _keyword_problems(policy)
    yield from problems_of_sections(policy)
    yield from problems_of_contesting(policy)
    yield from _complaints_in_moderation(policy)
    yield from staffing_problems(policy)
    yield from problems_of_outbox(policy)


def _unused(policy: Policy) -> Iterator[Problem]:
    yield from _unheard_keywords(policy)
    yield from _unused_thresholds(policy)


def _unknown(name: str, names: Collection[str], what: str) -> str:
    return f"there is no {what} `{name}`{nearest(name, names)}"


def _repeated_ids(policy: Policy) -> Iterator[Problem]:
    lists = {
        "rules": [rule.id for rule in policy.rules],
        "keywords": [keywords.id for keywords in policy.keywords],
        "templates": [f"{template.id} ({template.language})" for template in policy.templates],
    }
    for key, ids in lists.items():
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield (key, index, "id"), f"`{name}` stands twice"


def _keyword_problems(policy: Policy) -> Iterator[Problem]:
    for index, keywords in enumerate(policy.keywords):
        for place, phrase in enumerate(keywords.phrases):
            if not any(map(str.isalnum, phrase)):
                yield ("keywords", index, "phrases", place), f"`{phrase}` holds neither a letter nor a digit"
        if keywords.queue not in policy.queues:
            yield ("keywords", index, "queue"), _unknown(keywords.queue, policy.queues, "queue")


def _unheard_keywords(policy: Policy) -> Iterator[Problem]:
    """An alert list reaches its queue only by a rule that names it and sends it there."""
    for index, keywords in enumerate(policy.keywords):
        heard = {
            rule.queue
            for rule in policy.rules
            if "keywords" in rule.when and keywords.id in (rule.when["keywords"].any_of or (keywords.id,))
        }
        if keywords.queue not in heard:
            yield ("keywords", index, "id"), f"no rule brings `{keywords.id}` to the queue `{keywords.queue}`"


def _unused_thresholds(policy: Policy) -> Iterator[Problem]:
    used = {
        number
        for rule in policy.rules
        for condition in rule.when.values()
        for number in (condition.at_least, condition.at_most)
    }
    for name in policy.thresholds:
        if name not in used:
            yield ("thresholds", name), "no rule uses this threshold, so changing it would change nothing"


def _complaints_in_moderation(policy: Policy) -> Iterator[Problem]:
    for index, rule in enumerate(policy.rules):
        if rule.queue == "moderation" and rule.when.keys() <= UNHAPPY:
            yield (
                ("rules", index, "queue"),
                "a complaint alone is a customer to help, never a matter for moderation",
            )
