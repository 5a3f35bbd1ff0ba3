"""Statements as they leave the house: only good ones, and nothing but the schema's own fields."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import IO, Any, TypeVarTuple

import orjson
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ..files import cell
from ..store import Statement
from ..store.statements import GOOD
from .vocabulary import FIELDS

ROWS_AT_ONCE = 2_000
Columns = TypeVarTuple("Columns")


def good_statements(session: Session, first: date | None = None, last: date | None = None) -> Iterator[dict[str, Any]]:
    """In the order of their decisions, those that hold from a day between `first` and `last`, both included (UTC)."""
    chosen = within(select(Statement.fields).where(Statement.state == GOOD), first, last)
    yield from session.scalars(chosen.order_by(Statement.seq).execution_options(yield_per=ROWS_AT_ONCE))


def within(statement: Select[*Columns], first: date | None, last: date | None) -> Select[*Columns]:
    """Those that came into force on these days."""
    if first is not None:
        statement = statement.where(Statement.in_force_at >= midnight(first))
    if last is not None:
        statement = statement.where(Statement.in_force_at < midnight(last + timedelta(days=1)))
    return statement


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def write_json(out: IO[bytes], statements: Iterator[dict[str, Any]]) -> int:
    """`{"statements": [...]}`, as the database takes them by its API, 100 at a time; returns how many."""
    count = 0
    out.write(b'{"statements":[')
    for each in statements:
        out.write((b",\n" if count else b"\n") + orjson.dumps(each))
        count += 1
    out.write(b"\n]}\n")
    return count


def write_csv(out: IO[bytes], statements: Iterator[dict[str, Any]]) -> int:
    """A column for each field, empty where it does not apply, lists as JSON as in the database's own daily files."""
    return write_table(out, FIELDS, statements)


def write_table(out: IO[bytes], columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> int:
    """Records under a header; returns how many."""
    line, count = io.StringIO(newline=""), 0
    writer = csv.DictWriter(line, columns)
    writer.writeheader()
    for each in records:
        writer.writerow({name: cell(each.get(name)) for name in columns})
        out.write(_taken(line))
        count += 1
    out.write(_taken(line))
    return count


def _taken(line: io.StringIO) -> bytes:
    text = line.getvalue().encode()
    line.seek(0)
    line.truncate()
    return text
