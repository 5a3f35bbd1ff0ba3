"""What people did about accounts."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Measure(Base):
    """An account was warned, muted or banned (`kind`); `ends_at` is null where nobody said for how long.

    One that is lifted stays, for whoever asks later.
    """

    __tablename__ = "measures"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]
    taken_by: Mapped[str]
    note: Mapped[str]
    decision_id: Mapped[str | None] = mapped_column(index=True)  # that it follows from; None where it was written down
