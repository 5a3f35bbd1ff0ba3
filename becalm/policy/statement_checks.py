"""Whether every decision that restricts can be stated with its reasons."""

from collections.abc import Iterator

from .marks import Location
from .nearest import nearest
from .schema import Policy

Problem = tuple[Location, str]

# What these do restricts whatever a policy says of them; so does whatever `suspends`.
RESTRICTING = ("hide", "remove")


def problems_of_statements(policy: Policy) -> Iterator[Problem]:
    """What is missing or leads nowhere in `statements`, as (where, why)."""
    # A misspelt name leaves what it meant unstated too: the line to mend is that of the name.
    yield from list(_names_that_lead_nowhere(policy)) or [*_unstated_actions(policy), *_unstated_rules(policy)]


def _unstated_actions(policy: Policy) -> Iterator[Problem]:
    stated = policy.statements.actions if policy.statements else {}
    for name, action in policy.actions.items():
        if name in RESTRICTING and name not in stated:
            yield ("actions", name), f"`{name}` restricts: say how in `statements.actions`"
        elif action.suspends and (name not in stated or stated[name].account is None):
            yield ("actions", name), f"`{name}` suspends: say in `statements.actions` what becomes of the `account`"


def _unstated_rules(policy: Policy) -> Iterator[Problem]:
    """A rule that suggests a restriction says for itself what a breach counts as."""
    stated = policy.statements
    for index, rule in enumerate(policy.rules):
        restricts = rule.action in RESTRICTING or (stated is not None and rule.action in stated.actions)
        if restricts and (stated is None or rule.id not in stated.rules):
            yield ("rules", index, "action"), f"`{rule.action}` restricts: say in `statements.rules` what it counts as"


def _names_that_lead_nowhere(policy: Policy) -> Iterator[Problem]:
    if policy.statements is None:
        return
    for name in policy.statements.actions:
        if name not in policy.actions:
            yield ("statements", "actions", name), f"there is no action `{name}`{nearest(name, policy.actions)}"
    rules = [rule.id for rule in policy.rules]
    for name in policy.statements.rules:
        if name not in rules and name not in policy.rules_left_out:
            yield ("statements", "rules", name), f"there is no rule `{name}`{nearest(name, rules)}"
