"""The run log, and what each stage has done so far."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Run(Base):
    """One run and its figures: the only table that a run without news adds to."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    job: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(default="running")  # running, done or failed
    figures: Mapped[dict[str, Any]]


class StageMark(Base):
    """What a stage's stored result was made from; a stage whose inputs still match has nothing to do."""

    __tablename__ = "stage_marks"

    stage: Mapped[str] = mapped_column(primary_key=True)
    made_from: Mapped[str]
