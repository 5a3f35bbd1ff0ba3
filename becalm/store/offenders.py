"""Strikes, the accounts that hold them, and the accounts that look like theirs."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Strike(Base):
    """A weighted, expiring mark on an account; `cause` names the campaign, flood or comment, once each.

    What people dismissed or took back is not in here; what nobody decided yet is, and not `upheld`.
    """

    __tablename__ = "strikes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(primary_key=True)
    weight: Mapped[float]
    given_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    upheld: Mapped[bool] = mapped_column(default=False, server_default=false())  # by a person's decision in force


class Offender(Base):
    """An account with strikes; `factors` as {signal, score, text}: number, share, gravity, intent."""

    __tablename__ = "offenders"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, autoincrement=False)
    strikes: Mapped[float]  # weight of the strikes in force
    upheld: Mapped[float] = mapped_column(default=0.0, server_default="0")  # of those that people upheld
    score: Mapped[float]
    factors: Mapped[list[Any]]
    warnings: Mapped[int] = mapped_column(default=0, server_default="0")  # in force
    after_warning: Mapped[int] = mapped_column(default=0, server_default="0")  # comments that break the rules since
    suspensions: Mapped[int] = mapped_column(default=0, server_default="0")  # in force


class Resemblance(Base):
    """`account_id` writes as `offender_id` does: what was measured last, whenever one of the two wrote."""

    __tablename__ = "resemblances"

    offender_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    score: Mapped[float]
    reasons: Mapped[list[Any]]


class Alternate(Base):
    """`account_id` looks like `offender_id`'s other account: a suggestion, never a verdict."""

    __tablename__ = "alternates"

    offender_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    score: Mapped[float]
    reasons: Mapped[list[Any]]
