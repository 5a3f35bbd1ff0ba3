"""The rows that were held back: kept with what they failed, listed, mended, dismissed, and checked again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..errors import InputError
from . import upsert
from .intake import Batch, Quarantined, RawRow

Failed = Mapping[str, Any]  # `expectation`, and `found` instead

OPEN, REPLAYED, DISMISSED = "open", "replayed", "dismissed"
STATES = (OPEN, REPLAYED, DISMISSED)


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row in quarantine, where it came from, and the payload to check next: mended, or as it came."""

    raw_row_id: int
    source: str
    line: int
    failed: tuple[Failed, ...]
    payload: str
    is_fixed: bool
    state: str
    quarantined_at: datetime


def hold(session: Session, failures: Mapping[int, Sequence[Failed]], now: datetime) -> int:
    """Put raw rows into quarantine, by raw row id, with what they failed; how many are new there.

    A row that is held open already takes over the newer failures and keeps its fix; one that was replayed or dismissed
    stays so. The raw rows must be stored.
    """
    earlier = _states_and_failures(session, list(failures))
    new = [raw_row_id for raw_row_id in failures if raw_row_id not in earlier]
    upsert.add(session, Quarantined, [_new_row(raw_row_id, failures[raw_row_id], now) for raw_row_id in new])
    changed = [
        {"raw_row_id": raw_row_id, "expectations": _plain(failures[raw_row_id])}
        for raw_row_id, (state, known) in earlier.items()
        if state == OPEN and known != _plain(failures[raw_row_id])
    ]
    if changed:
        session.execute(update(Quarantined), changed)
    return len(new)


def held(session: Session, state: str = OPEN, limit: int | None = None) -> list[HeldRow]:
    """Rows in one state, by source and line."""
    return _rows(session, state, limit, only_fixed=False)


def to_replay(session: Session, only_fixed: bool = True) -> list[HeldRow]:
    """Open rows that were mended; with `only_fixed=False` all open rows, to be tried under a newer suite."""
    return _rows(session, OPEN, None, only_fixed)


def summary(session: Session, state: str = OPEN) -> dict[str, int]:
    """Expectation -> rows that failed it, most first; a row that failed two counts for both."""
    failed = session.scalars(
        select(Quarantined.expectations).where(Quarantined.state == state).execution_options(yield_per=10_000)
    )
    counts = Counter(str(failure["expectation"]) for failures in failed for failure in failures)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def states(session: Session) -> dict[str, int]:
    """State -> rows in it, for every state."""
    columns = select(Quarantined.state, func.count().label("rows")).group_by(Quarantined.state)
    counts = {row.state: row.rows for row in session.execute(columns)}
    return {state: counts.get(state, 0) for state in STATES}


def fix(session: Session, raw_row_id: int, payload: str) -> None:
    """Keep a mended payload for an open row; raises `InputError` unless it is a JSON object and there is such a row."""
    try:
        is_object = isinstance(orjson.loads(payload), dict)
    except orjson.JSONDecodeError:
        is_object = False
    if not is_object:
        raise InputError(f"the fix of row {raw_row_id} is no JSON object")
    _change_open(session, raw_row_id, fixed_payload=payload)


def dismiss(session: Session, raw_row_id: int) -> None:
    """Close an open row without storing it; raises `InputError` when there is no such row."""
    _change_open(session, raw_row_id, state=DISMISSED)


def mark_replayed(session: Session, raw_row_ids: Iterable[int]) -> None:
    """Close open rows that passed the check; call it in the transaction that stores them."""
    for chunk in upsert.chunks(sorted(raw_row_ids)):
        is_among = Quarantined.raw_row_id.in_(chunk)
        session.execute(update(Quarantined).where(is_among, Quarantined.state == OPEN).values(state=REPLAYED))


def _rows(session: Session, state: str, limit: int | None, only_fixed: bool) -> list[HeldRow]:
    statement = (
        select(
            Quarantined.raw_row_id, Batch.source, RawRow.line, Quarantined.expectations, RawRow.payload,
            Quarantined.fixed_payload, Quarantined.state, Quarantined.quarantined_at,
        )
        .join(RawRow, RawRow.id == Quarantined.raw_row_id)
        .join(Batch, Batch.id == RawRow.batch_id)
        .where(Quarantined.state == state)
        .order_by(Batch.source, RawRow.line, Quarantined.raw_row_id)
        .limit(limit)
    )  # fmt: skip
    if only_fixed:
        statement = statement.where(Quarantined.fixed_payload.is_not(None))
    return [
        HeldRow(raw_row_id, source, line, tuple(failed), came if fixed is None else fixed, fixed is not None, kept, at)
        for raw_row_id, source, line, failed, came, fixed, kept, at in session.execute(statement)
    ]


def _states_and_failures(session: Session, raw_row_ids: list[int]) -> dict[int, tuple[str, list[Any]]]:
    known: dict[int, tuple[str, list[Any]]] = {}
    columns = select(Quarantined.raw_row_id, Quarantined.state, Quarantined.expectations)
    for chunk in upsert.chunks(raw_row_ids):
        for raw_row_id, state, failed in session.execute(columns.where(Quarantined.raw_row_id.in_(chunk))):
            known[raw_row_id] = (state, failed)
    return known


def _new_row(raw_row_id: int, failures: Sequence[Failed], now: datetime) -> dict[str, Any]:
    return {
        "raw_row_id": raw_row_id,
        "expectations": _plain(failures),
        "state": OPEN,
        "fixed_payload": None,
        "quarantined_at": now,
    }


def _plain(failures: Sequence[Failed]) -> list[Any]:
    return [dict(failure) for failure in failures]


def _change_open(session: Session, raw_row_id: int, **values: Any) -> None:
    is_it = (Quarantined.raw_row_id == raw_row_id, Quarantined.state == OPEN)
    changed = session.execute(
        update(Quarantined).where(*is_it).values(**values).returning(Quarantined.raw_row_id)
    ).all()
    if not changed:
        raise InputError(
            f"row {raw_row_id} is not held open in quarantine; `becalm quarantine list` shows those that are"
        )
