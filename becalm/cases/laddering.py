"""Which step of the ladder an account has come to, by what people upheld."""

from ..policy import Policy, Rule
from ..policy.facts import LADDERED, WARNED_IN_VAIN
from ..policy.ladder import Step
from ..policy.plain_words import days
from ..policy.rule_checks import asks_for
from ..records import Reason


def climbs(rule: Rule) -> bool:
    """Whether the rule is about an account that breaks the rules, so that the ladder has a say in what follows."""
    return rule.applies_to == "account" and not LADDERED.isdisjoint(rule.when)


def graver_step(policy: Policy, rule: Rule, action: str, upheld: float) -> Step | None:
    """The step that this weight of upheld strikes reaches, where it is graver than `action`; None where it is not.

    The ladder makes nothing milder, and suspends nobody under a rule that does not ask whether a warning was in vain.
    """
    step = policy.step(upheld) if climbs(rule) else None
    if step is None:
        return None
    if policy.actions[step.action].suspends and not asks_for(policy, rule, WARNED_IN_VAIN):
        return None
    order = [each.action for each in policy.ladder]
    return step if action not in order or order.index(step.action) > order.index(action) else None


def ladder_reason(policy: Policy, rule: Rule, upheld: float) -> tuple[Reason, ...]:
    """What people upheld so far, and what the ladder says to that."""
    if not climbs(rule) or not policy.ladder:
        return ()
    step = policy.step(upheld)
    if step is None:
        return (Reason("ladder", 0.0, "nobody upheld any of it yet, so the ladder says nothing"),)
    long = f" for {days(step.days)}" if step.days else ""
    return (Reason("ladder", 1.0, f"strikes that people upheld weigh {upheld:g}: the ladder says {step.action}{long}"),)
