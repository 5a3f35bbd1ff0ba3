"""What came in: batches of raw rows with their source file and line, and the rows that were held back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Batch(Base):
    """Rows of one file that were checked and stored in one transaction."""

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(index=True)
    source: Mapped[str]
    first_line: Mapped[int]
    rows: Mapped[int]
    collected_at: Mapped[datetime]


class RawRow(Base):
    """One row as it came; its id is made from its content, so the same row twice is the same row."""

    __tablename__ = "raw_rows"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    line: Mapped[int]
    payload: Mapped[str]


class Quarantined(Base):
    """A row that failed an expectation: `state` goes from open to replayed or dismissed."""

    __tablename__ = "quarantine"

    raw_row_id: Mapped[int] = mapped_column(ForeignKey("raw_rows.id"), primary_key=True, autoincrement=False)
    expectations: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default="open")
    fixed_payload: Mapped[str | None]
    quarantined_at: Mapped[datetime]

    __table_args__ = (Index("ix_quarantine_state", "state"),)
