"""Whether people agreed that what they praised may be shared."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from .base import Base
from .upsert import put


class ConsentState(StrEnum):
    """An account without a row was never asked."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"


class Consent(Base):
    """The newest word on it, an account."""

    __tablename__ = "consents"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, autoincrement=False)
    state: Mapped[str]
    changed_at: Mapped[datetime]


def keep_consent(session: Session, account_id: int, state: ConsentState, now: datetime) -> None:
    """Note that the account was asked, or what it answered."""
    put(session, Consent, [{"account_id": account_id, "state": state.value, "changed_at": now}])
