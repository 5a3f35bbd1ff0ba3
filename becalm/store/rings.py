"""Accounts that act together, and what can be said of whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Ring(Base):
    """Accounts tied by acting together more than by chance; `score` is the share of its pairs that are tied."""

    __tablename__ = "rings"

    id: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[float]
    ties: Mapped[list[Any]]  # pairs of account ids with what they share, and how much of it would be chance
    reasons: Mapped[list[Any]]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]


class RingAnswer(Base):
    """Whether an offender, or a member, is in a ring: `ring`, `none` or `insufficient_data`."""

    __tablename__ = "ring_answers"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, autoincrement=False)
    answer: Mapped[str]
    ring_id: Mapped[str | None] = mapped_column(ForeignKey("rings.id"), index=True)
    reasons: Mapped[list[Any]]
