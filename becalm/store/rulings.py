"""What people said about texts and pairs of texts; it binds every later grouping."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class TextRuling(Base):
    """A text that people removed (`is_bad`) or said is never to be flagged; it holds for its near copies too."""

    __tablename__ = "text_rulings"

    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True, autoincrement=False)
    is_bad: Mapped[bool]
    said_by: Mapped[str]
    said_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(default="")


class PairRuling(Base):
    """Two texts (`first_id` < `second_id`) that people said are of one campaign, or are not."""

    __tablename__ = "pair_rulings"

    first_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    is_same: Mapped[bool]
    said_by: Mapped[str]
    said_at: Mapped[datetime]
