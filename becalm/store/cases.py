"""Policy versions, cases, and the comments that were cleared."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, func, select, text, update
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, Session, mapped_column

from .base import Base

APPEAL = "appeal"


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


def lane(queue: str, rule: str, language: str | None) -> str:
    """What decides who may take a case, in one word: its queue, its rule and the language it is written in."""
    return f"{queue}/{rule}/{language or ''}"


def _lane(context: DefaultExecutionContext) -> str:
    row: dict[str, Any] = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return lane(row["queue"], row["rule"], row.get("language"))


class Case(Base):
    """One thing for a person to look at; one rule opens one case for one subject, however often it is met.

    `version` is raised by whatever changes what a person would decide on; whoever writes says which one they saw.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(primary_key=True)
    queue: Mapped[str]
    kind: Mapped[str]  # comment, group, account, thread or appeal
    subject: Mapped[str]  # platform/comment_id, campaign id, account id, platform/thread_id or decision id
    rule: Mapped[str]
    policy_version: Mapped[str] = mapped_column(ForeignKey("policies.version"))
    priority: Mapped[float] = mapped_column()
    reasons: Mapped[list[Any]]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    suggested_action: Mapped[str]
    suggested_template: Mapped[str]
    evidence: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default="open")  # open, held, decided, closed or withdrawn
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    language: Mapped[str | None]  # two letters; None where it is not known
    lane: Mapped[str] = mapped_column(default=_lane, server_default=text("''"))
    claimed_by: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]  # a lease: from then on the case is free again, and nobody has to see to it
    held_by: Mapped[str | None]  # who proposed what a second person is to look at
    held_at: Mapped[datetime | None]
    escalated_to: Mapped[str | None]  # a person or a role
    escalated_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    merged_into: Mapped[str | None]
    split_from: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("rule", "kind", "subject"),
        Index("ix_cases_next", "queue", "state", "priority"),
        Index("ix_cases_urgent", "state", "lane", priority.desc(), "due_at"),
        Index("ix_cases_due", "state", "lane", "due_at"),
        Index("ix_cases_escalated", "escalated_to", "state"),
    )


class CaseComment(Base):
    """A comment that a case is about."""

    __tablename__ = "case_comments"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, index=True)
    is_placed: Mapped[bool] = mapped_column(default=False, server_default=false())  # a person put it here


class Clearance(Base):
    """Why a comment is in no case."""

    __tablename__ = "clearances"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    reason: Mapped[str]


def state_of_all(session: Session) -> tuple[int, int]:
    """Changes with every change to a case that a person would notice: how many there are, and their versions added."""
    statement = select(func.count(), func.coalesce(func.sum(Case.version), 0)).select_from(Case)
    count, versions = session.execute(statement).one()
    return count, int(versions)


def lock_cases(session: Session) -> None:
    """Until the end of the transaction nobody else changes a case."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE cases IN SHARE ROW EXCLUSIVE MODE"))
    else:
        # SQLite locks the file with the first statement that could write.
        session.connection().execute(update(Case).where(false()).values(version=Case.version))
