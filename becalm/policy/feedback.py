"""What staff say about a rule: that it is unclear, misfires, or leaves something out."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import InputError
from ..store import PolicyFeedback, stable_id
from ..store.upsert import add_missing
from .nearest import nearest
from .schema import Policy
from .staffing import person_of

LONGEST = 2_000


def give_feedback(session: Session, policy: Policy, rule: str, by: str, text: str, now: datetime) -> None:
    """Keep what `by` says about the rule; the same words by the same person about the same version stand once.

    Raises `PersonUnknown`, and `InputError` when the policy has no such rule, or nothing (or a book) is said.
    """
    person_of(policy, by.strip())
    if policy.rule(rule) is None:
        raise InputError(f"there is no rule `{rule}`{nearest(rule, [one.id for one in policy.rules])}")
    said, who = " ".join(text.split()), by.strip()
    if not said:
        raise InputError("feedback needs words")
    if len(said) > LONGEST:
        raise InputError(f"feedback of {len(said):,} characters; write at most {LONGEST:,}")
    row = {
        "id": stable_id("feedback", rule, policy.version, who, said), "rule": rule, "policy_version": policy.version,
        "said_by": who, "said_at": now, "text": said,
    }  # fmt: skip
    add_missing(session, PolicyFeedback, [row])


def feedback_between(session: Session, start: datetime, end: datetime) -> Mapping[str, list[PolicyFeedback]]:
    """By rule what was said from `start` until before `end`, the newest first."""
    said: defaultdict[str, list[PolicyFeedback]] = defaultdict(list)
    rows = select(PolicyFeedback).where(PolicyFeedback.said_at >= start, PolicyFeedback.said_at < end)
    for one in session.scalars(rows.order_by(PolicyFeedback.said_at.desc(), PolicyFeedback.id)):
        said[one.rule].append(one)
    return said
