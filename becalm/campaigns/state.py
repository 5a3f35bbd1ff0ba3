"""Whether a campaign is at work, reckoned at the newest comment of the store: old data reads as it would have then."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..store import Campaign, Comment
from .names import DORMANT, GROWING, NEW, PAST

# A week, as the shipped policy's reviews look at.
RECENT = timedelta(days=7)


def newest_comment(session: Session) -> datetime | None:
    """When the newest comment of the store was written."""
    return session.scalar(select(func.max(Comment.published_at)))


def state_of(campaign: Campaign, now: datetime) -> str:
    """`new` began within the last week, `growing` wrote within it, `dormant` did not; `past` stands no longer."""
    if not campaign.is_current:
        return PAST
    if now - campaign.last_seen > RECENT:
        return DORMANT
    return NEW if now - campaign.first_seen <= RECENT else GROWING
