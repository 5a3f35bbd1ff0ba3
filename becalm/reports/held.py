"""Rows of reports and appeals that can't be taken in: kept with why, until the same row can be."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import HeldIntake, stable_id
from ..store.upsert import add_missing, remove


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file, with its line (from 1) and an id made of its content."""

    line: int
    row: Mapping[str, Any]
    id: int


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of the rows of a file: `rows` = `new` + `known` + `held`."""

    rows: int = 0
    new: int = 0
    known: int = 0
    held: int = 0

    def __add__(self, other: "Filed") -> "Filed":
        return Filed(
            self.rows + other.rows, self.new + other.new, self.known + other.known, self.held + other.held
        )  # fmt: skip


def line_of(room: str, line: int, row: Mapping[str, Any]) -> Line:
    """The row with its id; how its fields are ordered makes no difference."""
    return Line(line, row, stable_id(room, orjson.dumps(row, option=orjson.OPT_SORT_KEYS, default=str).decode()))


def hold(session: Session, room: str, source: str, bad: Sequence[tuple[Line, str]], now: datetime) -> None:
    """Keeps the rows with why they can't be taken in; one that is held already stays as it is."""
    rows = [
        {"id": each.id, "room": room, "source": source, "line": each.line, "why": why,
         "payload": orjson.dumps(each.row, default=str).decode(), "held_at": now}
        for each, why in bad
    ]  # fmt: skip
    add_missing(session, HeldIntake, rows)


def let_go(session: Session, row_ids: Collection[int]) -> None:
    """These rows were taken in after all."""
    remove(session, HeldIntake.id, sorted(row_ids))


def held_rows(session: Session, room: str) -> list[HeldIntake]:
    """What is held, by source and line."""
    statement = select(HeldIntake).where(HeldIntake.room == room)
    return list(session.scalars(statement.order_by(HeldIntake.source, HeldIntake.line)))
