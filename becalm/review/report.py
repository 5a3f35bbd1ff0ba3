"""The report of a home, over the days that were asked for or that the policy says."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from ..errors import InputError
from ..policy import AppliesTo, Policy, load_policy
from ..settings import Settings
from ..store import Store
from . import Review, write_review
from .names import PolicyNames
from .period import DAY, Period, covering_period, default_period


def report(
    store: Store, settings: Settings, first: date | None = None, last: date | None = None, *, whole: bool = False
) -> Review:
    """Write the report from `first` to `last`, both days included, into the published files.

    Without `first` it is as long as the policy's period, without `last` it ends with the newest comment; `whole` is
    every day there are comments of. Raises `InputError` where it would end before it starts.
    """
    policy = load_policy(settings.policy)
    with store.reading() as session:
        period = covering_period(session) if whole else period_of(session, policy, first, last)
    return write_review(store, settings.published / "review", period, names_of(policy))


def names_of(policy: Policy) -> PolicyNames:
    """What the policy calls its rules and queues."""
    return PolicyNames(
        policy.version,
        {rule.id: rule.title for rule in policy.rules},
        {name: queue.title for name, queue in policy.queues.items()},
        {
            rule.id: policy.number(low)
            for rule in policy.rules_for(AppliesTo.ACCOUNT)
            if "score" in rule.when and (low := rule.when["score"].at_least) is not None
        },
        frozenset(rule.id for rule in policy.rules if policy.queues[rule.queue].customers_first),
        frozenset(rule.id for rule in policy.rules if rule.is_of_reports),
        about_us={str(name): words for name, words in policy.about_us.items()},
    )


def period_of(session: Session, policy: Policy, first: date | None, last: date | None) -> Period:
    """From `first` to `last`, both included; raises `InputError` where it would end before it starts."""
    end = _midnight(last) + DAY if last else default_period(session, 1).end
    start = _midnight(first) if first else end - timedelta(days=policy.review.period_days)
    if start >= end:
        raise InputError(f"a report must end after it starts: {start.date()} is not before {end.date()}")
    return Period(start, end)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
