"""What people are told: each text that is owed to somebody, and the decisions that it is owed for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Notice(Base):
    """One text for one reader: an author, a reporter, an appellant, or everybody who reads a thread (`public`).

    `state` is `waiting` until it is due and filled in, `blocked` while something in it is missing (`gaps`), `ready`
    when its text stands and the outbox has it, and `cancelled` when its cause went before it was sent.
    """

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(primary_key=True)
    audience: Mapped[str]
    recipient: Mapped[str]  # platform:author_id, a reporter's address key, or platform/thread_id of what all may read
    action: Mapped[str]
    rule: Mapped[str | None]
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    template: Mapped[str | None]  # chosen by somebody; else the policy's for this action and audience
    language: Mapped[str | None]
    given: Mapped[dict[str, Any]]  # for placeholders, over what the case and the policy tell
    edited: Mapped[str | None]  # a person's own text in the place of the template's
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("threads.id"), index=True)  # where it is said in public
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))  # that it answers in public
    state: Mapped[str]
    gaps: Mapped[list[Any]]
    text: Mapped[str | None]
    owed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]
    appeal_until: Mapped[datetime | None]
    tried_under: Mapped[str | None]  # digest of the policy under which its gaps were found

    __table_args__ = (Index("ix_notices_due", "state", "due_at"), Index("ix_notices_recipient", "recipient", "state"))


class NoticeCause(Base):
    """A decision that a notice tells of; several become one notice while it waits."""

    __tablename__ = "notice_causes"

    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id"), primary_key=True, index=True)
    comments: Mapped[list[Any]]  # ids of the recipient's comments that it was about
