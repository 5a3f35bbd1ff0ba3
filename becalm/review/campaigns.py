"""Campaigns and floods at work in a period: how big, how wide, how long, and one example of each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Subquery, distinct, func, select
from sqlalchemy.orm import Session

from ..records import Judgement
from ..store import Campaign, Comment, Group, GroupText
from .excerpt import excerpt, mask, plain
from .period import Period
from .volumes import as_date, day_of, published_in


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
    before = _extents(period.before)
    earlier = select(Campaign.first_seen).join(before, before.c.id == Campaign.id)
    first_seen = list(session.scalars(earlier.where(Campaign.verdict == Judgement.CAMPAIGN)))
    return Campaigns(
        active=_active(session, period),
        active_before=len(first_seen),
        new_before=sum(moment >= period.before.start for moment in first_seen),
    )


def words(reasons: Iterable[Any]) -> tuple[str, ...]:
    """The texts of stored reasons ({signal, score, text}), masked like an excerpt."""
    texts = (reason.get("text") if isinstance(reason, dict) else reason for reason in reasons or ())
    return tuple(mask(plain(str(text))) for text in texts if text)


def _active(session: Session, period: Period) -> tuple[CampaignFigures, ...]:
    extents, days = _extents(period), _days(session, period)
    columns = (
        Campaign.id, Campaign.verdict, Campaign.score, Campaign.reasons, Campaign.medoid_text,
        Campaign.comments, Campaign.first_seen, Campaign.last_seen,
    )  # fmt: skip
    extent = (extents.c.comments, extents.c.accounts, extents.c.threads, extents.c.channels)
    statement = select(*columns, *(column.label(f"period_{column.name}") for column in extent))
    rows = session.execute(statement.join(extents, extents.c.id == Campaign.id))
    active = (
        CampaignFigures(
            id=row.id,
            verdict=row.verdict,
            score=row.score,
            reasons=words(row.reasons),
            example=excerpt(row.medoid_text),
            comments=row.period_comments,
            accounts=row.period_accounts,
            threads=row.period_threads,
            channels=row.period_channels,
            comments_ever=row.comments,
            first_seen=row.first_seen,
            last_seen=row.last_seen,
            is_new=row.first_seen >= period.start,
            days=tuple(sorted(days[row.id])),
        )
        for row in rows
    )
    return tuple(sorted(active, key=lambda found: (-found.comments, found.first_seen, found.id)))


def _extents(period: Period) -> Subquery:
    """How many comments, accounts, threads and channels each campaign has in `period`."""
    return (
        select(
            Group.campaign_id.label("id"),
            func.count().label("comments"),
            func.count(distinct(Comment.account_id)).label("accounts"),
            func.count(distinct(Comment.thread_id)).label("threads"),
            func.count(distinct(Comment.channel)).label("channels"),
        )
        .join(GroupText, GroupText.group_id == Group.id)
        .join(Comment, Comment.text_id == GroupText.text_id)
        .where(Group.campaign_id.is_not(None), published_in(period))
        .group_by(Group.campaign_id)
        .subquery()
    )


def _days(session: Session, period: Period) -> defaultdict[str, list[tuple[date, int]]]:
    day = day_of(session, Comment.published_at).label("day")
    statement = (
        select(Group.campaign_id, day, func.count().label("comments"))
        .join(GroupText, GroupText.group_id == Group.id)
        .join(Comment, Comment.text_id == GroupText.text_id)
        .where(Group.campaign_id.is_not(None), published_in(period))
        .group_by(Group.campaign_id, "day")
    )
    days: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for row in session.execute(statement):
        days[row.campaign_id].append((as_date(row.day), row.comments))
    return days
