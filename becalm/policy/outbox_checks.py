"""Whether what is decided can be carried out and taken back, and whether those who must be told are."""

from collections.abc import Iterator

from .conditions import Condition
from .facts import AppliesTo
from .marks import Location
from .nearest import nearest
from .schema import Policy, Rule
from .templates import Audience

Problem = tuple[Location, str]
SPAM_VERDICTS = frozenset({"campaign", "flood"})
OF_CUSTOMERS = ("complaint", "praise")


def problems_of_outbox(policy: Policy) -> Iterator[Problem]:
    """What is wrong in `outbox` and `notices`, as (where, why)."""
    yield from _effects(policy)
    yield from _suspensions(policy)
    yield from _named_texts(policy)
    yield from _exempt(policy)


def _effects(policy: Policy) -> Iterator[Problem]:
    # Those that are shipped reach actions that a policy may do without.
    given = policy.outbox.effects if "effects" in policy.outbox.model_fields_set else {}
    for name, effect in given.items():
        where: Location = ("outbox", "effects", name)
        if name not in policy.actions:
            yield where, f"there is no action `{name}`{nearest(name, policy.actions)}"
        elif policy.actions[name].in_public or policy.actions[name].hands_over:
            yield where, f"`{name}` says something, and changes neither a comment nor an account"
        if effect.taken_back_by in given:
            yield (*where, "taken_back_by"), f"`{effect.taken_back_by}` is an effect itself, and takes nothing back"


def _suspensions(policy: Policy) -> Iterator[Problem]:
    for name, action in policy.actions.items():
        effect = policy.outbox.effects.get(name)
        if action.suspends and effect is None:
            yield ("actions", name, "suspends"), "`outbox.effects` does not say what is done, so nobody is suspended"
        elif action.suspends and effect and (effect.on != "account" or effect.taken_back_by is None):
            where = ("outbox", "effects", name)
            yield where, "a suspension is of an account, and `taken_back_by` must be able to end it"


def _named_texts(policy: Policy) -> Iterator[Problem]:
    for key in ("first", "lifted"):
        name, where = getattr(policy.notices, key), ("notices", key)
        template = policy.template(name) if name else None
        if name and template is None:
            yield where, f"there is no template `{name}`{nearest(name, {each.id for each in policy.templates})}"
        elif template and template.audience != Audience.AUTHOR:
            yield where, f"`{name}` is for {template.audience}, and a notice is for the author"


def _exempt(policy: Policy) -> Iterator[Problem]:
    """Article 17(2) of the EU's Digital Services Act: deceptive high-volume commercial content, and nothing else."""
    rules = {rule.id: rule for rule in policy.rules}
    for place, name in enumerate(policy.notices.exempt):
        where = ("notices", "exempt", place)
        if name not in rules:
            if name not in policy.rules_left_out:
                yield where, f"there is no rule `{name}`{nearest(name, rules)}"
        elif not _is_of_spam(rules[name]):
            yield where, f"`{name}` is not about campaigns or floods alone, so whoever it hits must be told"


def _is_of_spam(rule: Rule) -> bool:
    verdict = rule.when.get("verdict")
    asked = {verdict.is_, *(verdict.any_of or ())} - {None} if verdict else set()
    is_bulk = rule.applies_to == AppliesTo.GROUP and bool(asked) and asked <= SPAM_VERDICTS
    return is_bulk and not any(_asks_for(rule.when.get(name)) for name in OF_CUSTOMERS)


def _asks_for(condition: Condition | None) -> bool:
    return condition is not None and condition.at_least is not None
