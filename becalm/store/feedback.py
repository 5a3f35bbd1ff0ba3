"""What staff say about the rules they work by."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class PolicyFeedback(Base):
    """One remark on one rule of one version; id made of the remark itself, so that it stands once."""

    __tablename__ = "policy_feedback"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rule: Mapped[str]
    policy_version: Mapped[str]
    said_by: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str]
