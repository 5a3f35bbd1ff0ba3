"""Decisions that were contested by those they were made about."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Appeal(Base):
    """A decision is contested once by each of those whom it is about.

    The case `case_id` is about that, and what is decided there is the answer.
    """

    __tablename__ = "appeals"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id"))
    original_case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)  # None once it was erased
    text: Mapped[str]
    received_at: Mapped[datetime]
    taken_in_at: Mapped[datetime]
    source: Mapped[str]
    row_id: Mapped[int | None] = mapped_column(index=True)  # of the row of a file that it came in, made of its content
    outcome: Mapped[str | None]  # upheld or restored, while an answer is in force
    answer_id: Mapped[str | None]  # the decision that answers it
    answered_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("decision_id", "account_id"),)
