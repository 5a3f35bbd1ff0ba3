"""What part each campaign and flood has in a period."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..store import Comment, Group, GroupText
from .period import Period
from .volumes import day_of, published_in


@dataclass(frozen=True, slots=True)
class Part:
    """What a campaign has in a period; `days` counts its comments, each day as the dialect gives it."""

    days: Counter[Any] = field(default_factory=Counter)
    accounts: set[int] = field(default_factory=set)
    threads: set[int] = field(default_factory=set)
    channels: set[str] = field(default_factory=set)

    @property
    def comments(self) -> int:
        return self.days.total()


def parts_of_campaigns(session: Session, period: Period) -> dict[str, Part]:
    """By campaign id; in one pass, since the database would sort the comments anew for each thing it counts."""
    statement = select(
        Group.campaign_id, day_of(session, Comment.published_at), Comment.account_id, Comment.thread_id, Comment.channel
    )
    parts: defaultdict[str, Part] = defaultdict(Part)
    rows = session.connection().execute(in_campaigns(statement, period)).all()
    for campaign_id, day, account_id, thread_id, channel in rows:
        part = parts[campaign_id]
        part.days[day] += 1
        part.accounts.add(account_id)
        part.threads.add(thread_id)
        part.channels.add(channel)
    return parts


def in_campaigns(statement: Select[Any], period: Period) -> Select[Any]:
    return (
        statement.join(GroupText, GroupText.group_id == Group.id)
        .join(Comment, Comment.text_id == GroupText.text_id)
        .where(Group.campaign_id.is_not(None), published_in(period))
    )
