"""The public guidelines of a policy: its rules in plain words, with examples, what follows, and how to contest it.

Thresholds and the words that are listened for are not told: they would only teach how to get around them.
"""

from collections.abc import Iterator

from ..policy import Policy, Rule
from ..policy.ladder import Step
from ..policy.plain_words import days, listed
from .pages import Block, Heading, Items, Page, Paragraph

AGAINST = "What is not welcome here"
WATCHED = "What we keep an eye on"
HELPED = "What we do when you write to us"


def guidelines(policy: Policy) -> Page:
    """The page for everybody who comments, in the policy's own words."""
    brand = policy.about_us.get("brand")
    blocks = (
        Paragraph(
            "Disagreement is welcome, and so are complaints. These are the rules that keep the conversation open to "
            f"everybody, as they stand in version {policy.version}."
        ),
        *_rules(policy, AGAINST, "restricts"),
        *_rules(policy, WATCHED, "watches"),
        *_rules(policy, HELPED, "helps"),
        *_repercussions(policy),
        *_machines(policy),
        *_appeal(policy),
        *_words(policy),
    )
    return Page("guidelines", f"Guidelines for comments{f' at {brand}' if brand else ''}", "en", blocks)


def _rules(policy: Policy, title: str, kind: str) -> Iterator[Block]:
    rules = [rule for rule in policy.rules if _kind(policy, rule) == kind]
    if rules:
        yield Heading(2, title)
    for rule in rules:
        yield Heading(3, rule.title)
        yield Paragraph(rule.meaning)
        yield Paragraph(f"What we do: {policy.actions[rule.action].description}")
        yield from _examples(rule)


def _kind(policy: Policy, rule: Rule) -> str:
    """A rule restricts somebody, is answered, or (where nobody reads of it) is only looked at."""
    action = policy.actions[rule.action]
    if action.in_public or action.hands_over or policy.queues[rule.queue].customers_first:
        return "helps"
    return "restricts" if action.talks else "watches"


def _examples(rule: Rule) -> Iterator[Block]:
    if rule.examples is None:
        return
    yield Paragraph("This rule is about:")
    yield Items(rule.examples.meets)
    if rule.examples.spares:
        yield Paragraph("It is not about:")
        yield Items(rule.examples.spares)


def _repercussions(policy: Policy) -> Iterator[Block]:
    if not policy.ladder:
        return
    strikes = [rule.title for rule in policy.rules if rule.strike]
    yield Heading(2, "What follows when somebody goes on")
    yield Paragraph(f"These rules leave a mark on an account: {listed(strikes)}. Marks fade. As they add up, we:")
    yield Items(tuple(_step(policy, step) for step in policy.ladder), is_ordered=True)
    machines = any(rule.machine_may_act and policy.actions[rule.action].suspends for rule in policy.rules)
    who = "" if machines else ", and a person decides on it"
    at_once = [rule.title for rule in policy.rules if rule.without_warning]
    but = f", but for this: {listed(at_once)}" if at_once else ""
    yield Paragraph(f"Nobody is kept from commenting without a warning before{who}{but}.")


def _step(policy: Policy, step: Step) -> str:
    description = policy.actions[step.action].description
    return f"{description.rstrip('.')}: for {days(step.days)}." if step.days else description


def _machines(policy: Policy) -> Iterator[Block]:
    alone = [rule.title for rule in policy.rules if rule.machine_may_act]
    yield Heading(2, "People and machines")
    yield Paragraph(
        f"Machines find comments and put them in order. Alone they decide only on: {listed(alone)}. Everything else is "
        "decided by people."
        if alone
        else "Machines find comments and put them in order. What is done is decided by people."
    )


def _appeal(policy: Policy) -> Iterator[Block]:
    """Only what the policy has is promised: without appeals there is no word of them."""
    support, window = policy.about_us.get("support_link"), _appeal_days(policy)
    if window is None and support is None:
        return
    yield Heading(2, "If you see it differently")
    if window is not None:
        link = policy.about_us.get("appeal_link")
        where = f"Tell us at {link}" if link else "Answer the message in which we told you"
        yield Paragraph(
            f"{where}, within {days(window)}, and in your own words. A person who was not involved looks at it again "
            "and tells you why they decide as they do. What was done by mistake is taken back."
        )
    if support is not None:
        yield Paragraph(f"If you need help with something else: {support}")


def _appeal_days(policy: Policy) -> int | None:
    """How long a decision can be contested, None where there is nowhere to contest it."""
    return policy.appeals.window_days if policy.appeals.queue else None


def _words(policy: Policy) -> Iterator[Block]:
    yield Heading(2, "What our words mean")
    words = ((name.replace("-", " ").capitalize(), one.short) for name, one in policy.definitions.items())
    yield Items(tuple(f"{word}: {meaning}" for word, meaning in words))
