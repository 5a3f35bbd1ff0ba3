"""Scored evidence about single comments."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Signals(Base):
    """Every signal of one comment, 0..1 each, sentiment -1..1; `reasons` as {signal, score, text}."""

    __tablename__ = "signals"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    scored_text_id: Mapped[int]  # an edited comment points elsewhere and is scored again
    scorer: Mapped[str]  # version of the scoring; a newer one scores again
    spam: Mapped[float]
    # The lexicons' part of `spam`: by it groups are judged, whose curves were fitted on it.
    promotion: Mapped[float] = mapped_column(server_default="0")
    abuse: Mapped[float]
    off_topic: Mapped[float | None]  # None where nobody can say
    complaint: Mapped[float]
    # The lexicons' part of `complaint`, for the same reason.
    grievance: Mapped[float] = mapped_column(server_default="0")
    praise: Mapped[float]
    praised: Mapped[list[Any]] = mapped_column(default=list)
    topics: Mapped[list[Any]] = mapped_column(default=list)
    sentiment: Mapped[float]
    # The text of the comment that it answers, as it was when this was scored.
    parent_text_id: Mapped[int | None]
    keywords: Mapped[list[Any]]
    private_data: Mapped[list[Any]]
    reasons: Mapped[list[Any]]
