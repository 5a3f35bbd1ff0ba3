"""Rows that go, and columns that are emptied, as the registry of tables says."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, delete, or_, select, update
from sqlalchemy.orm import Session

from ..store import Base
from ..store.upsert import chunks
from .going import Going
from .mentions import Mentions
from .tables import EMPTIED, ROWS, SPOKEN, Emptied, Rows

Counts = Counter[str]
UNSYNCHRONISED: dict[str, Any] = {"synchronize_session": False}


def remove_rows(session: Session, going: Going, rules: Iterable[Rows] = ROWS) -> Counts:
    """Rows removed, by table."""
    removed: Counts = Counter()
    for rule in rules:
        for which in _which(rule, going):
            statement = delete(rule.table).where(which).execution_options(**UNSYNCHRONISED)
            removed[rule.table.__tablename__] += session.connection().execute(statement).rowcount
    return +removed


def empty_columns(session: Session, going: Going, rules: Iterable[Emptied] = EMPTIED) -> Counts:
    """Rows changed, by table."""
    changed: Counts = Counter()
    for rule in rules:
        for which in _which(rule, going):
            statement = update(rule.table).where(which).values(**rule.values)
            changed[rule.table.__tablename__] += session.connection().execute(statement).rowcount
    return +changed


def scrub_spoken(session: Session, mentions: Mentions, columns: Sequence[tuple[type[Base], str]] = SPOKEN) -> Counts:
    """Rows in which somebody was mentioned and is no more, by table. Notes of decisions have their own way."""
    changed: Counts = Counter()
    for model, name in columns if mentions.phrases else ():
        if model.__tablename__ != "decisions":
            changed[model.__tablename__] += _scrub(session, mentions, model, name)
    return +changed


def _scrub(session: Session, mentions: Mentions, model: type[Base], name: str) -> int:
    table = model.__table__
    column, keys = table.c[name], list(table.primary_key)
    rows = session.connection().execute(select(*keys, column).where(cast(column, Text).not_in(("", "[]", "{}"))))
    mended = [(row[:-1], after) for row in rows if (after := mentions.scrub_json(row[-1])) != row[-1]]
    for key, after in mended:
        same = (column == value for column, value in zip(keys, key, strict=True))
        session.connection().execute(update(model).where(*same).values({name: after}))
    return len(mended)


def _which(rule: Rows | Emptied, going: Going) -> Iterable[ColumnElement[bool]]:
    table = rule.table.__table__
    for chunk in chunks(sorted(getattr(going, rule.of))):
        yield or_(*(table.c[name].in_(chunk) for name in rule.columns))
