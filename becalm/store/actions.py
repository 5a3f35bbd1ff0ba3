"""The outbox: what is to be done on a platform because of a decision, and what came of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Action(Base):
    """One thing to be done to one target, carried out at least once and effective once by its `key`.

    `state` is `planned`, `done`, `failed` (tried, and tried again at `next_at`), `dead` (given up, until somebody
    replays it), `cancelled`, or `covered`: what it asks for holds already by another decision's action.
    """

    __tablename__ = "actions"

    id: Mapped[int] = mapped_column(primary_key=True)  # of one target, in the order in which they are carried out
    key: Mapped[str] = mapped_column(unique=True)
    decision_id: Mapped[str | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str]  # hide, remove, restore, mute, ..., reply, post, message
    platform: Mapped[str]
    target_kind: Mapped[str]  # comment, account, thread or address
    target: Mapped[str]  # its id on the platform
    round: Mapped[int] = mapped_column(default=1)
    level: Mapped[int] = mapped_column(default=0)  # of several effects on a target the highest holds; 0 only says
    takes_back: Mapped[int | None] = mapped_column(ForeignKey("actions.id"))
    notice_id: Mapped[str | None] = mapped_column(ForeignKey("notices.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)  # whom it concerns
    detail: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="planned")
    planned_at: Mapped[datetime]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)  # begun ones
    misses: Mapped[int] = mapped_column(default=0)  # those that surely had no effect
    attempts_at_most: Mapped[int]
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str | None]
    connector: Mapped[str | None]
    results: Mapped[dict[str, Any] | None]
    done_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]  # since when its decision is not in force

    __table_args__ = (
        UniqueConstraint("decision_id", "platform", "target_kind", "target", "kind", "round", name="uq_actions_once"),
        Index("ix_actions_due", "state", "next_at"),
        Index("ix_actions_target", "platform", "target_kind", "target"),
    )
