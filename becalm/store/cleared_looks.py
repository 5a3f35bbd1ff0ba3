"""Comments that no rule asked for, drawn to be looked at by people all the same."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class ClearedLook(Base):
    """A cleared comment in the sample; `outcome` is missed (then `rule` says what it breaks) or fine."""

    __tablename__ = "cleared_looks"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True, autoincrement=False)
    drawn_at: Mapped[datetime]
    judged_by: Mapped[str | None]
    judged_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    rule: Mapped[str | None]
