"""What users reported, who they are, and what people did about those who keep reporting without ground."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Reporter(Base):
    """Who reports, on one platform; id from (platform, key). `key` is their address there."""

    __tablename__ = "reporters"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    platform: Mapped[str]
    key: Mapped[str]
    first_reported_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("platform", "key"),)

    @property
    def address(self) -> str:
        return f"{self.platform}:{self.key}"


class Report(Base):
    """One reporter about one comment; id from both, so that it stands once however often and from where it comes.

    `state`: waiting (for a comment that is not stored yet), open (with people), answered, paused (its reporter was, so
    nobody looks at it) or gone (the comment never came).
    """

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    comment_id: Mapped[int] = mapped_column(index=True)  # of `comments`, where it may not stand yet
    platform: Mapped[str]
    comment_name: Mapped[str]  # the comment's id on the platform
    reporter_id: Mapped[int] = mapped_column(ForeignKey("reporters.id"), index=True)
    reason: Mapped[str | None]  # one of the policy's, or in the reporter's own words
    rule: Mapped[str | None]  # that the policy maps the reason to
    text: Mapped[str]
    is_trusted: Mapped[bool]  # a trusted flagger by the policy's list
    reported_at: Mapped[datetime]
    received_at: Mapped[datetime]
    source: Mapped[str]
    state: Mapped[str]
    outcome: Mapped[str | None]  # upheld or dismissed
    counts: Mapped[bool] = mapped_column(default=False)  # people found that: it says how reliable the reporter is
    decision_id: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]  # since when its reporter knows that it came in
    tellings: Mapped[list[Any]] = mapped_column(default=list)  # [notice, answer], some of them called off later
    told: Mapped[str | None]  # the answer that the reporter was told last: acted, passed on or not acted

    __table_args__ = (Index("ix_reports_state", "state"),)


class Reported(Base):
    """What the open reports of a comment come to: their weight, and why in words."""

    __tablename__ = "reported"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    weight: Mapped[float]
    reasons: Mapped[list[Any]]


class ReporterMeasure(Base):
    """A reporter was warned, or their reports are paused until `ends_at`; `evidence` is what it was done for."""

    __tablename__ = "reporter_measures"

    reporter_id: Mapped[int] = mapped_column(ForeignKey("reporters.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # warn or pause
    taken_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    taken_by: Mapped[str]
    note: Mapped[str]
    evidence: Mapped[dict[str, Any]]


class HeldIntake(Base):
    """A row of reports or appeals (`room`) that can't be taken in, and why; id from its content."""

    __tablename__ = "held_intake"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    room: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    line: Mapped[int]
    why: Mapped[str]
    payload: Mapped[str]
    held_at: Mapped[datetime]
