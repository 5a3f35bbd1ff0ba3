"""What happens to cases, and what was decided: two logs that only ever grow."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base

MACHINE = "machine"


class CaseEvent(Base):
    """One thing that happened to a case after it was opened; `version` is the case's version from then on."""

    __tablename__ = "case_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    version: Mapped[int]
    kind: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    detail: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_case_events_case", "case_id", "kind", "by"),)


class Decision(Base):
    """A link of the chain: `digest` covers every other column but `note`, `subjects` and `salt`.

    Those three are behind `seal`, so that what must be erased can be erased, with its salt, and the chain still holds.
    """

    __tablename__ = "decisions"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(unique=True)
    previous: Mapped[str]
    digest: Mapped[str]
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str]  # decision, proposal, approval, refusal, reversal or undo
    by: Mapped[str]
    is_machine: Mapped[bool]
    rule: Mapped[str]
    policy_version: Mapped[str] = mapped_column(ForeignKey("policies.version"))
    action: Mapped[str]
    outcome: Mapped[str]  # upheld, dismissed, reversed or undone
    template: Mapped[str | None]
    language: Mapped[str | None]
    answers: Mapped[str | None]  # the proposal that an approval or a refusal is about
    overrides: Mapped[str | None]  # the decision whose place this one takes
    decided_at: Mapped[datetime]
    seal: Mapped[str]
    salt: Mapped[str | None]  # None once note or subjects were erased
    note: Mapped[str]
    subjects: Mapped[dict[str, Any]]  # ids: {"comments": [...], "accounts": [...]}

    __table_args__ = (
        CheckConstraint(f"is_machine = (\"by\" = '{MACHINE}')", name="machine"),
        Index("ix_decisions_machine", "is_machine", "rule", "decided_at"),
    )


class ChainHead(Base):
    """The one row that says where the chain of decisions ends, so that a cut-off end is seen."""

    __tablename__ = "decision_chain"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    digest: Mapped[str]
