"""Policy versions, cases, and the comments that were cleared."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class PolicyVersion(Base):
    """A policy word for word; every case names its version.

    A published one has an author and a reason, and holds from `valid_from` until the next one does (`valid_to`, which
    is not part of it). One that was only ever used has neither. `first_used_at` is when the store first knew of it.
    """

    __tablename__ = "policies"

    version: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    document: Mapped[str]
    first_used_at: Mapped[datetime]
    author: Mapped[str | None]
    reason: Mapped[str | None]
    valid_from: Mapped[datetime | None]
    valid_to: Mapped[datetime | None]


class Case(Base):
    """One thing for a person to look at; one rule opens one case for one subject, however often it is met."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(primary_key=True)
    queue: Mapped[str]
    kind: Mapped[str]  # comment, group or account
    subject: Mapped[str]  # platform/comment_id, campaign id or account id
    rule: Mapped[str]
    policy_version: Mapped[str] = mapped_column(ForeignKey("policies.version"))
    priority: Mapped[float]
    reasons: Mapped[list[Any]]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    suggested_action: Mapped[str]
    suggested_template: Mapped[str]
    evidence: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default="open")  # open, decided or withdrawn

    __table_args__ = (
        UniqueConstraint("rule", "kind", "subject"),
        Index("ix_cases_next", "queue", "state", "priority"),
    )


class CaseComment(Base):
    """A comment that a case is about."""

    __tablename__ = "case_comments"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, index=True)


class Clearance(Base):
    """Why a comment is in no case."""

    __tablename__ = "clearances"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    reason: Mapped[str]
