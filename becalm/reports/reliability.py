"""How reliable a reporter is, with the evidence for it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Report, Reporter
from ..store.upsert import chunks

UPHELD, DISMISSED = "upheld", "dismissed"
NEUTRAL = (1.0, 1.0)
TRUSTED = (9.0, 1.0)


@dataclass(frozen=True, slots=True)
class Reliability:
    """What people found of somebody's reports, within the policy's window."""

    upheld: int = 0
    dismissed: int = 0
    is_trusted: bool = False

    @property
    def answered(self) -> int:
        return self.upheld + self.dismissed

    @property
    def mean(self) -> float:
        """How likely the next report is upheld, 0..1: the mean of a Beta posterior.

        Of whom nothing is known either is as likely (Laplace's rule of succession, Beta(1, 1)); a trusted flagger is
        expected to be right nine times in ten (Beta(9, 1), a choice), until their reports say otherwise.
        """
        right, wrong = TRUSTED if self.is_trusted else NEUTRAL
        return (right + self.upheld) / (right + wrong + self.answered)

    @property
    def weight(self) -> float:
        """What one report counts, 0..2: 1 for somebody of whom nothing is known."""
        return 2 * self.mean

    @property
    def evidence(self) -> str:
        known = f"{self.upheld:,} of {self.answered:,} upheld" if self.answered else "nothing known yet"
        return f"trusted flagger, {known}" if self.is_trusted else known


def reliabilities(
    session: Session, policy: Policy, reporter_ids: Collection[int], now: datetime
) -> dict[int, Reliability]:
    """By reporter id; only what people found in the last `reliability_days` counts, and no machine's answer."""
    since = now - timedelta(days=policy.reports.reliability_days)
    found: dict[int, Counter[str]] = {each: Counter() for each in reporter_ids}
    for chunk in chunks(sorted(reporter_ids)):
        rows = session.execute(
            select(Report.reporter_id, Report.outcome, func.count())
            .where(Report.reporter_id.in_(chunk), Report.state == "answered", Report.counts)
            .where(Report.answered_at > since, Report.answered_at <= now)
            .group_by(Report.reporter_id, Report.outcome)
        )
        for reporter_id, outcome, count in rows:
            found[reporter_id][str(outcome)] += count
    trusted = trusted_ids(session, policy, reporter_ids)
    return {each: Reliability(counts[UPHELD], counts[DISMISSED], each in trusted) for each, counts in found.items()}


def trusted_ids(session: Session, policy: Policy, reporter_ids: Collection[int]) -> set[int]:
    """Those of these reporters whom the policy trusts."""
    trusted = set(policy.reports.trusted)
    if not trusted:
        return set()
    found: set[int] = set()
    for chunk in chunks(sorted(reporter_ids)):
        rows = session.execute(select(Reporter.id, Reporter.platform, Reporter.key).where(Reporter.id.in_(chunk)))
        found.update(each for each, platform, key in rows if f"{platform}:{key}" in trusted)
    return found
