"""One campaign with all that a person wants to see of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..store import Campaign, CampaignEvent
from .busiest import BusyAccount, BusyThread, busiest_accounts, busiest_threads
from .examples import Example, newest_examples
from .groups import CampaignGroup, read_groups
from .members import read_members
from .published import Masked, masked
from .state import newest_comment, state_of
from .timeline import Timeline, timeline


@dataclass(frozen=True, slots=True)
class Detail:
    """Groups, accounts and threads with the largest first, examples with the newest.

    `newest` is the time of the store's newest comment. A past campaign has no groups any more, and so no timeline.
    """

    campaign: Campaign
    masked: Masked
    state: str
    newest: datetime
    groups: tuple[CampaignGroup, ...]
    timeline: Timeline | None
    accounts: tuple[BusyAccount, ...]
    threads: tuple[BusyThread, ...]
    examples: tuple[Example, ...]
    history: tuple[CampaignEvent, ...]


def read_detail(session: Session, campaign: Campaign) -> Detail:
    """What the store holds about a campaign; the brand's own comments are no part of it."""
    members = read_members(session, campaign.id)
    now = newest_comment(session) or datetime.now(UTC)
    return Detail(
        campaign,
        next(masked(session, [campaign])),
        state_of(campaign, now),
        now,
        groups=read_groups(session, members),
        timeline=timeline(one.published_at for one in members) if members else None,
        accounts=busiest_accounts(session, Counter(one.account_id for one in members)),
        threads=busiest_threads(session, Counter(one.thread_id for one in members)),
        examples=newest_examples(session, members),
        history=tuple(session.scalars(_history(campaign))),
    )


def _history(campaign: Campaign) -> Select[CampaignEvent]:
    return select(CampaignEvent).where(CampaignEvent.campaign_id == campaign.id).order_by(CampaignEvent.id)
