"""What was erased, without saying whose it was, and the secret by which the same person is known again."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class StoreSecret(Base):
    """One row of random bytes, made with the table: who doesn't have the store can't test a guess at a pseudonym."""

    __tablename__ = "store_secret"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    secret: Mapped[bytes] = mapped_column(LargeBinary)


class Erasure(Base):
    """One erasure: `who` is a keyed digest of the account, `state` is underway or done.

    `counts` has the rows of each table before and after, how many were changed, and the files.
    """

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(index=True)
    by: Mapped[str]
    reason: Mapped[str]
    erased_at: Mapped[datetime]
    state: Mapped[str]
    counts: Mapped[dict[str, Any]]


class Tombstone(Base):
    """A keyed digest of a comment or an account that was erased and is not to come back by itself."""

    __tablename__ = "tombstones"

    digest: Mapped[str] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]


class Access(Base):
    """Somebody looked at what is known of a person; `subject` is a keyed pseudonym, or says whose data in words."""

    __tablename__ = "accesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str]
    command: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
