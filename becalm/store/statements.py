"""Statements of reasons, and the laws that people named for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base

UNCHECKED, GOOD, HELD_BACK = "unchecked", "good", "held back"


class Statement(Base):
    """Why a decision restricted somebody; its id is the decision's, and so it is never used again.

    `fields` is the statement itself, in the schema of the DSA Transparency Database, without what does not apply. The
    other columns are what we keep beside it. Once made, only its end and what its checks say change.
    """

    __tablename__ = "statements"

    puid: Mapped[str] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(index=True)  # of the decision
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    rule: Mapped[str]
    policy_version: Mapped[str]
    action: Mapped[str]
    suggested: Mapped[str]  # the action that the machine suggested; a case that opens again may get another
    comments: Mapped[int]
    accounts: Mapped[int]
    in_force_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]  # the entry of the log that ended it
    ended_how: Mapped[str | None]  # override, reversal or undo
    fields: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=UNCHECKED, index=True)
    failures: Mapped[list[Any]]  # of the suite `statements`: expectation and what was found, never a text
    made_at: Mapped[datetime]


class DecisionGround(Base):
    """The law that a comment was found to break; a decision without one rests on the rule alone."""

    __tablename__ = "decision_grounds"

    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    law: Mapped[str]
    explanation: Mapped[str]
    named_by: Mapped[str]
    named_at: Mapped[datetime]
