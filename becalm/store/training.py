"""Training packs and what they were made from, and how people did in them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class TrainingPack(Base):
    """A pack that was written; `folder` is relative to the home where it lies within it, else absolute."""

    __tablename__ = "training_packs"

    id: Mapped[str] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]  # training or refresher
    policy_version: Mapped[str]
    made_at: Mapped[datetime]


class TrainingSource(Base):
    """A scenario of a pack says something of this account, or shows this comment of it.

    Packs name nobody and no case: this table alone leads from who is to be forgotten to the files. A scenario stands
    in a pack for as long as it has rows here. The ids refer to nothing by key, so that whoever erases first is never in
    the way; 0 is none.
    """

    __tablename__ = "training_sources"

    pack_id: Mapped[str] = mapped_column(primary_key=True)
    scenario: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[str]
    comment_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


class QuizResult(Base):
    """One answer of one person to one scenario, in their first, second, ... `attempt` at the pack.

    `rule` is the one that the right answer is about, and `policy_version` the one it was decided under. `is_right` and
    `is_rule_right` (what is met was seen, whatever they would do about it) are null for cases that are discussed.
    """

    __tablename__ = "quiz_results"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pack_id: Mapped[str]
    scenario: Mapped[str]
    taken_by: Mapped[str]
    attempt: Mapped[int]
    taken_at: Mapped[datetime]
    rule: Mapped[str] = mapped_column(index=True)
    policy_version: Mapped[str]
    answered_rule: Mapped[str | None]  # None: no rule is met
    answered_action: Mapped[str]
    is_right: Mapped[bool | None]
    is_rule_right: Mapped[bool | None]

    __table_args__ = (
        UniqueConstraint("pack_id", "scenario", "taken_by", "attempt", name="uq_quiz_results_answer"),
        Index("ix_quiz_results_taken_at", "taken_at"),
    )
