"""What was decided on many cases at once."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session

from ..store import Decision
from .force import COLUMNS, Force, force_of
from .record import Decided

# What takes long to read, and is behind the seal anyway.
SEALED: dict[str, ColumnElement[Any]] = {"note": literal(""), "subjects": literal(None)}
OPEN_COLUMNS: tuple[Any, ...] = tuple(
    SEALED.get(field.name, getattr(Decision, field.name)) for field in fields(Decided)
)


def forces(session: Session, *which: ColumnElement[bool]) -> Iterator[tuple[str, Force]]:
    """By case id, what the log comes to of each case with a decision; decisions come without note and subjects.

    `which` must choose whole logs, that is: ask for nothing but the case.
    """
    for case_id, log in _logs(session, OPEN_COLUMNS, which):
        yield case_id, force_of(log)


def logs_of(session: Session, cases: Select[str]) -> Iterator[tuple[str, list[Decided]]]:
    """(case id, its decisions in order) of each of these cases that has any; `cases` selects ids."""
    return _logs(session, COLUMNS, [Decision.case_id.in_(cases)])


def _logs(
    session: Session, columns: Sequence[Any], which: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[str, list[Decided]]]:
    rows = session.connection().execute(select(*columns).where(*which).order_by(Decision.case_id, Decision.seq))
    for case_id, log in groupby((Decided(*row) for row in rows), attrgetter("case_id")):
        yield case_id, list(log)
