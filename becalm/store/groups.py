"""Neighbours, groups and campaigns."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class NeighbourPair(Base):
    """A verified edge between two texts (`first_id` < `second_id`); `channel` is the evidence that found it."""

    __tablename__ = "neighbours"

    first_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True, index=True)
    characters: Mapped[float]
    meaning: Mapped[float | None]
    channel: Mapped[str]


class Campaign(Base):
    """Groups judged to be one push, under an id that stays while it grows, sleeps and returns."""

    __tablename__ = "campaigns"

    id: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    score: Mapped[float]
    reasons: Mapped[list[Any]]
    medoid_text: Mapped[str]
    comments: Mapped[int]
    accounts: Mapped[int]
    threads: Mapped[int]
    channels: Mapped[list[Any]]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    markers: Mapped[list[Any]]
    is_current: Mapped[bool] = mapped_column(default=True)  # false: its texts now stand in other groups


class CampaignText(Base):
    """The campaign that a text was found in last; it stays when the campaign goes, which may come back."""

    __tablename__ = "campaign_texts"

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True, autoincrement=False)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaigns.id"), index=True)


class CampaignEvent(Base):
    """What became of a campaign, in the time of the stream: `began`, `grew`, `shrank`, `returned`, `ended`, `merged`
    (into `other_id`) or `split` (from `other_id`). `comments` is how many it had from then on."""

    __tablename__ = "campaign_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[str] = mapped_column(ForeignKey("campaigns.id"), index=True)
    kind: Mapped[str]
    other_id: Mapped[str | None] = mapped_column(ForeignKey("campaigns.id"))
    comments: Mapped[int]
    at: Mapped[datetime]


class Group(Base):
    """Texts tied by verified neighbours, with the verdict on them; `campaign_id` is null for an echo."""

    __tablename__ = "groups"

    id: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    score: Mapped[float]
    reasons: Mapped[list[Any]]
    medoid_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), index=True)
    campaign_id: Mapped[str | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    # What belonging to it says of a comment being spam, 0..1.
    lent_spam: Mapped[float] = mapped_column(server_default="0")
    comments: Mapped[int] = mapped_column(server_default="0")
    first_seen: Mapped[datetime] = mapped_column(server_default="1970-01-01")
    last_seen: Mapped[datetime] = mapped_column(server_default="1970-01-01")


class GroupText(Base):
    """A text in its group (a text is in one group at most), with its similarity to the medoid."""

    __tablename__ = "group_texts"

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True, autoincrement=False)
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id"), index=True)
    similarity: Mapped[float]
    channel: Mapped[str]
