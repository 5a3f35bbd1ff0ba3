"""Whether reports and appeals reach people, and nothing but people."""

from collections.abc import Iterator
from math import inf

from .appeals import LEAST_DAYS, Appeals
from .facts import REPORTS, AppliesTo
from .marks import Location
from .nearest import nearest
from .rule_checks import asks_for
from .schema import Policy, Rule
from .staffing import shares
from .templates import Audience

Problem = tuple[Location, str]

# What an appellant is told: that the appeal came in, and one of two answers.
ANSWERS = ("receive", "uphold", "restore")


def problems_of_contesting(policy: Policy) -> Iterator[Problem]:
    """What is wrong with reports and appeals, as (where, why)."""
    yield from _reasons(policy)
    for index, rule in enumerate(policy.rules):
        if REPORTS in rule.when:
            for where, why in _report_rule(policy, rule):
                yield ("rules", index, *where), why
    yield from _appeals(policy, policy.appeals)
    yield from _kept_long_enough(policy)


def _reasons(policy: Policy) -> Iterator[Problem]:
    ids = {rule.id for rule in policy.rules}
    for name, reason in policy.reports.reasons.items():
        if reason.rule not in ids and reason.rule not in policy.rules_left_out:
            where = ("reports", "reasons", name, "rule")
            yield where, f"there is no rule `{reason.rule}`{nearest(reason.rule, ids)}"


def _report_rule(policy: Policy, rule: Rule) -> Iterator[Problem]:
    """Many accounts can report whom they dislike: that brings a comment to people, and does nothing by itself."""
    if rule.machine_may_act:
        yield ("machine_may_act",), "what was reported goes to people: no machine acts on reports"
    if rule.strike:
        yield ("strike",), "a report is no offence of whom it is about: only what people find can be"
    action = policy.actions.get(rule.action)
    if action and action.talks and not any(asks_for(policy, rule, name) for name in rule.when if name != REPORTS):
        yield ("action",), "reports alone suggest no action that reaches a person: people look first"
    customers = [
        one.severity
        for one in policy.rules_for(AppliesTo.COMMENT)
        if one.id != rule.id and one.queue in policy.queues and policy.queues[one.queue].customers_first
    ]
    own = policy.queues.get(rule.queue)
    if own and not own.customers_first and rule.severity >= min(customers, default=inf):
        yield (
            ("severity",),
            f"reports could take a customer out of care: stay below {min(customers):g}, the least severe rule there",
        )


def _appeals(policy: Policy, appeals: Appeals) -> Iterator[Problem]:
    if appeals.window_days < LEAST_DAYS:
        yield ("appeals", "window_days"), f"people may contest decisions for six months: {LEAST_DAYS} days at least"
    if appeals.queue is None:
        return
    queue = policy.queues.get(appeals.queue)
    if queue is None:
        where = ("appeals", "queue")
        yield where, f"there is no queue `{appeals.queue}`{nearest(appeals.queue, policy.queues)}"
    elif sum(shares(queue.roles, person) for person in policy.people.values()) < 2:
        yield ("appeals", "queue"), "appeals are decided by somebody else: it takes two people who work this queue"
    for action in ANSWERS:
        if action not in policy.actions:
            yield ("appeals",), f"appeals need the action `{action}`"
        elif not _tells(policy, action):
            yield ("appeals",), f"no template in `{policy.language}` tells an appellant of `{action}`"


def _tells(policy: Policy, action: str) -> bool:
    return any(
        template.audience == Audience.APPELLANT and template.language == policy.language and action in template.actions
        for template in policy.templates
    )


def _kept_long_enough(policy: Policy) -> Iterator[Problem]:
    needs = {"reports": (policy.reports.reliability_days, "reports.reliability_days")}
    if policy.appeals.queue:
        needs |= dict.fromkeys(("decisions", "appeals"), (policy.appeals.window_days, "appeals.window_days"))
    for name, (days, why) in needs.items():
        if name in policy.retention and policy.retention[name].days < days:
            yield ("retention", name, "days"), f"{why} looks back {days} days"
