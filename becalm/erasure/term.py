"""One thing that is kept for a time: which rows are due, and what is done about a batch of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, delete, tuple_
from sqlalchemy.orm import Session

from ..store import Base
from .subject import TextIds

Due = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Work:
    """What a term works by: rows from before `before` are due, `then` says what becomes of them."""

    before: datetime
    now: datetime
    then: str
    text_ids: TextIds
    home: Path


@dataclass(frozen=True, slots=True)
class Term:
    """`due` selects keys (one column or several), `carry` does a batch of them in the caller's transaction."""

    due: Callable[[Session, Work], Due]
    carry: Callable[[Session, Sequence[Any], Work], None]


def delete_rows(table: type[Base]) -> Callable[[Session, Sequence[Any], Work], None]:
    """Deletes rows by their primary key."""

    def carry(session: Session, keys: Sequence[Any], _: Work) -> None:
        own = list(table.__table__.primary_key)
        which = (
            own[0].in_([key[0] for key in keys]) if len(own) == 1 else tuple_(*own).in_([tuple(key) for key in keys])
        )
        session.connection().execute(delete(table).where(which))

    return carry
