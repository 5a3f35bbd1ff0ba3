"""Until when a decision can be contested."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..policy import Policy
from ..store import Notice, NoticeCause


def appeal_until(policy: Policy, told_at: datetime) -> datetime:
    """The end of the window of somebody who is told at `told_at`."""
    return told_at + timedelta(days=policy.appeals.window_days)


def contestable_until(session: Session, policy: Policy, decision_id: str, decided_at: datetime) -> datetime:
    """Until when this decision can be contested: as long as any of its notices says, and never less than the window
    from the decision itself, which holds where nobody was told."""
    said = (
        select(func.max(Notice.appeal_until))
        .join(NoticeCause, NoticeCause.notice_id == Notice.id)
        .where(NoticeCause.decision_id == decision_id)
    )
    told: datetime | None = session.scalars(said).one()
    return max(filter(None, (told, appeal_until(policy, decided_at))))
