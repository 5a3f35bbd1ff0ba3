"""What is in force on many cases at once."""

from collections.abc import Iterator
from dataclasses import fields
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Session

from ..store import Decision
from .force import Force, force_of
from .record import Decided

# What takes long to read, and is behind the seal anyway.
SEALED: dict[str, ColumnElement[Any]] = {"note": literal(""), "subjects": literal(None)}
COLUMNS: tuple[Any, ...] = tuple(SEALED.get(field.name, getattr(Decision, field.name)) for field in fields(Decided))


def forces(session: Session, *which: ColumnElement[bool]) -> Iterator[tuple[str, Force]]:
    """By case id, what the log comes to of each case with a decision; decisions come without note and subjects.

    `which` must choose whole logs, that is: ask for nothing but the case.
    """
    rows = session.connection().execute(select(*COLUMNS).where(*which).order_by(Decision.case_id, Decision.seq))
    for case_id, log in groupby((Decided(*row) for row in rows), attrgetter("case_id")):
        yield case_id, force_of(list(log))
