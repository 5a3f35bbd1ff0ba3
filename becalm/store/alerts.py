"""Comments that somebody wants to hear of, and who has been told."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Alert(Base):
    """A comment that holds words of an alert list; it waits till every address of the list's owner was told."""

    __tablename__ = "alerts"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    alert_list: Mapped[str] = mapped_column(primary_key=True)
    is_waiting: Mapped[bool] = mapped_column(default=True)
    noted_at: Mapped[datetime]

    __table_args__ = (Index("ix_alerts_waiting", "alert_list", "is_waiting"),)


class AlertDelivery(Base):
    """An alert on its way to an address, or there; `address` is a digest, as the address itself is a secret.

    `state` is `underway` from before it is sent, `sent` when it went out, and `unsure` where a run ended in between.
    """

    __tablename__ = "alert_deliveries"

    comment_id: Mapped[int] = mapped_column(primary_key=True)
    alert_list: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]

    __table_args__ = (
        ForeignKeyConstraint(["comment_id", "alert_list"], ["alerts.comment_id", "alerts.alert_list"]),
        Index("ix_alert_deliveries_state", "state", "alert_list", "address"),
    )
