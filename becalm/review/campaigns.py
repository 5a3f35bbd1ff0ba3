"""Campaigns and floods at work in a period: how big, how wide, how long, and one example of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..campaigns.published import messages_to_mask
from ..records import Judgement
from ..store import Campaign, Group
from .excerpt import excerpt, mask, plain
from .parts import in_campaigns, parts_of_campaigns
from .period import Period
from .volumes import as_date


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """One campaign or flood; comments, accounts and threads are those of the period, `comments_ever` all of it.

    `example` is the medoid's text with private data masked and links defused; `days` are (day, comments), in order.
    """

    id: str
    verdict: str
    score: float
    reasons: tuple[str, ...]
    example: str
    comments: int
    accounts: int
    threads: int
    channels: int
    comments_ever: int
    first_seen: datetime
    last_seen: datetime
    is_new: bool
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Campaigns:
    """`active` with the largest first; the numbers of the period before are of campaigns only, without floods."""

    active: tuple[CampaignFigures, ...]
    active_before: int
    new_before: int

    @property
    def campaigns(self) -> tuple[CampaignFigures, ...]:
        return tuple(found for found in self.active if found.verdict == Judgement.CAMPAIGN)

    @property
    def floods(self) -> tuple[CampaignFigures, ...]:
        return tuple(found for found in self.active if found.verdict == Judgement.FLOOD)

    @property
    def new(self) -> int:
        return sum(found.is_new for found in self.campaigns)


def measure_campaigns(session: Session, period: Period) -> Campaigns:
    """Every campaign and flood with a comment in `period`."""
    before = in_campaigns(select(Group.campaign_id), period.before)
    earlier = select(Campaign.first_seen).where(Campaign.id.in_(before), Campaign.verdict == Judgement.CAMPAIGN)
    first_seen = list(session.scalars(earlier))
    return Campaigns(
        active=_active(session, period),
        active_before=len(first_seen),
        new_before=sum(moment >= period.before.start for moment in first_seen),
    )


def words(reasons: Iterable[Any]) -> tuple[str, ...]:
    """The texts of stored reasons ({signal, score, text}), masked like an excerpt."""
    texts = (reason.get("text") if isinstance(reason, dict) else reason for reason in reasons or ())
    return tuple(_masked(str(text)) for text in texts if text)


@lru_cache(maxsize=10_000)
def _masked(text: str) -> str:
    """Many campaigns give the same reason."""
    return mask(plain(text))


def _active(session: Session, period: Period) -> tuple[CampaignFigures, ...]:
    parts = parts_of_campaigns(session, period)
    columns = (
        Campaign.id, Campaign.verdict, Campaign.score, Campaign.reasons, Campaign.medoid_text,
        Campaign.comments, Campaign.first_seen, Campaign.last_seen,
    )  # fmt: skip
    rows = [row for row in session.execute(select(*columns)) if row.id in parts]
    messages = messages_to_mask(session, [row.medoid_text for row in rows])
    active = (
        CampaignFigures(
            id=row.id,
            verdict=row.verdict,
            score=row.score,
            reasons=words(row.reasons),
            example=excerpt(messages[row.medoid_text]),
            comments=part.comments,
            accounts=len(part.accounts),
            threads=len(part.threads),
            channels=len(part.channels),
            comments_ever=row.comments,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            is_new=row.first_seen >= period.start,
            days=tuple(sorted((as_date(day), comments) for day, comments in part.days.items())),
        )
        for row in rows
        if (part := parts[row.id])
    )
    return tuple(sorted(active, key=lambda found: (-found.comments, found.first_seen, found.id)))
