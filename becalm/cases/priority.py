"""How urgent a case is, and why.

Priority is a noisy-or: 1 - product of (1 - weight x score) over all evidence. It grows with every score, never falls
because something else was found, and stays below 1 while every weight does. The weights stand in the policy.
"""

from dataclasses import dataclass
from math import log, prod

from ..policy.schema import Priority
from ..records import Reason
from ..wording import counted


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What bears on urgency. `severity` (of the rule), `evidence` (how clearly it is met) and `account` (offender
    score of who wrote) are 0..1; `repeats` counts the times one account came with the same matter."""

    severity: float
    evidence: float
    comments: int = 1
    accounts: int = 1
    threads: int = 1
    account: float = 0.0
    repeats: int = 1
    is_customer: bool = False


@dataclass(frozen=True, slots=True)
class Urgency:
    """`priority` 0..1, with a reason for each thing that raised it."""

    priority: float
    reasons: tuple[Reason, ...]


def urgency(case: Circumstances, policy: Priority, title: str) -> Urgency:
    """The priority of a case under the rule called `title`."""
    weights = policy.weights
    evidence = (
        (weights.severity, Reason("severity", case.severity, f"rule: {title}")),
        (weights.evidence, Reason("evidence", case.evidence, "how clearly the rule is met")),
        (weights.reach, Reason("reach", reach(case, policy.full_reach), _reach_words(case))),
        (weights.account, Reason("account", case.account, "standing of the account")),
        (weights.repeats, Reason("repeats", 1 - 1 / case.repeats, f"the same person came {case.repeats} times")),
        (weights.customer, Reason("customer", float(case.is_customer), "a customer waits for help")),
    )
    raising = tuple((weight, reason) for weight, reason in evidence if weight * reason.score > 0)
    priority = 1 - prod(1 - weight * reason.score for weight, reason in raising)
    return Urgency(round(priority, 4), tuple(reason for _, reason in raising))


def reach(case: Circumstances, full_reach: int) -> float:
    """0..1: the mean over comments, accounts and threads of how near their logarithm is to that of `full_reach`."""
    counts = (case.comments, case.accounts, case.threads)
    return sum(min(1.0, log(count) / log(full_reach)) for count in counts) / len(counts)


def _reach_words(case: Circumstances) -> str:
    counts = (counted(case.comments, "comment"), counted(case.accounts, "account"), counted(case.threads, "thread"))
    return "{} by {} in {}".format(*counts)
