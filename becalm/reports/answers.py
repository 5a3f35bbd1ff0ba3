"""What a decision says about a report of what it was made on."""

from dataclasses import dataclass
from enum import StrEnum

from ..decisions import Decided
from ..decisions.restricting import restricts
from ..policy import Policy
from ..policy.facts import REPORTS
from ..store import Report
from .reliability import DISMISSED, UPHELD


class Answer(StrEnum):
    """What a reporter is told."""

    ACTED = "acted"
    PASSED_ON = "passed on"
    NOT_ACTED = "not acted"


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether the report was right, and what its reporter is told."""

    outcome: str
    answer: Answer


def finding(policy: Policy, report: Report, decided: Decided) -> Finding:
    """What the decision in force comes to for one report of a comment that it is about.

    A report was right where something was done about the comment, or where its rule was found to be met. A customer who
    was helped was not reported rightly: that a complaint was found is no ground for whoever wanted it gone.
    """
    if restricts(policy, decided):
        return Finding(UPHELD, Answer.ACTED)
    rule = policy.rule(decided.rule)
    queue = policy.queues.get(rule.queue) if rule else None
    if decided.outcome != UPHELD or (queue and queue.customers_first):
        return Finding(DISMISSED, Answer.NOT_ACTED)
    action = policy.actions.get(decided.action)
    if action and action.hands_over:
        return Finding(UPHELD, Answer.PASSED_ON)
    is_its_own = report.rule == decided.rule or (rule is not None and REPORTS in rule.when)
    return Finding(UPHELD if is_its_own else DISMISSED, Answer.NOT_ACTED)
