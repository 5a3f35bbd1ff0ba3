"""Writing many rows at once, in any dialect."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from .base import Base

Row = dict[str, Any]
T = TypeVar("T")

# SQLite binds at most 32,766 values in one statement.
KEYS_AT_ONCE = 10_000


def chunks(values: Sequence[T], size: int = KEYS_AT_ONCE) -> Iterator[list[T]]:
    """`values` in lists of at most `size`."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


def add(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert rows that are known to be new."""
    if rows:
        # By the table: told a class, the session looks at every row on the way.
        session.execute(insert(_table(model)), list(rows))


def add_missing(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert the rows whose key is not there yet; leave the others as they are."""
    if rows:
        session.execute(_insert(session, model).on_conflict_do_nothing(), list(rows))


def put(session: Session, model: type[Base], rows: Sequence[Row]) -> None:
    """Insert, or overwrite all given columns of the row with the same primary key."""
    if not rows:
        return
    table = _table(model)
    keys = [column.name for column in table.primary_key]
    statement = _insert(session, model)
    changes = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes), list(rows))


def known(session: Session, column: InstrumentedAttribute[T], values: Sequence[T]) -> set[T]:
    """Those of `values` that `column` already holds."""
    found: set[T] = set()
    for chunk in chunks(values):
        found.update(session.scalars(select(column).where(column.in_(chunk))))
    return found


def remove(session: Session, column: InstrumentedAttribute[T], values: Sequence[T]) -> None:
    """Delete the rows whose `column` is one of `values`."""
    for chunk in chunks(values):
        session.execute(delete(column.class_).where(column.in_(chunk)))


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _insert(session: Session, model: type[Base]) -> sqlite.Insert | postgresql.Insert:
    dialect = session.get_bind().dialect.name
    return postgresql.insert(_table(model)) if dialect == "postgresql" else sqlite.insert(_table(model))
