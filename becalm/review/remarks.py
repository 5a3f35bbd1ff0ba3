"""What staff said about the rules, without saying who."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ..policy.feedback import feedback_between
from .excerpt import mask, plain
from .names import PolicyNames
from .period import Period


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that somebody said, of which version of the rule; private data is masked."""

    policy_version: str
    said_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one rule, the newest first."""

    rule: str
    remarks: tuple[Remark, ...]


def read_remarks(session: Session, period: Period, names: PolicyNames, now: datetime) -> tuple[Said, ...]:
    """What was said from the first day of the period until now, in the order of the policy's rules.

    The period is one of comments, and what staff says about them is often said after its end.
    """
    found = feedback_between(session, period.start, max(period.end, now))
    order = [*names.rules, *sorted(found.keys() - names.rules.keys())]
    return tuple(
        Said(rule, tuple(Remark(one.policy_version, one.said_at, mask(plain(one.text))) for one in found[rule]))
        for rule in order
        if rule in found
    )
