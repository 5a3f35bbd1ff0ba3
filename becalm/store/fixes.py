"""The quarantine as a file that a person can edit: one held row a line, read back as fixes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import update
from sqlalchemy.orm import Session

from ..errors import FixesUnusable, SourceUnusable
from ..files import replacing
from ..sources import INVALID_UTF8
from .intake import Quarantined
from .quarantine import HeldRow, held


def export_held(session: Session, path: Path) -> int:
    """Write every open row to `path` as JSON Lines and say how many: `row_id`, what it `failed`, and the `row` itself.

    Ids are strings, because many tools can't hold a whole number of 63 bits. A row that is no JSON object stands there
    as the string it came as. The file is replaced as a whole. Raises `DiskFull`, or `SourceUnusable` when it can't be
    written for another reason.
    """
    rows = held(session)
    try:
        with replacing(path) as file:
            file.writelines(_line(row) for row in rows)
    except OSError as error:
        raise SourceUnusable(path, f"can't be written ({error.strerror})") from error
    return len(rows)


def import_fixes(session: Session, path: Path) -> int:
    """Take over the edited rows of such a file, and say how many differ from what is held.

    Raises `SourceUnusable` for a file that can't be read, and `FixesUnusable`, naming the line, for a line that is not
    JSON, names no open row, names one twice, or whose edited `row` is no JSON object; then nothing is changed.
    """
    open_rows = {str(row.raw_row_id): row for row in held(session)}
    fixes: dict[str, str | None] = {}
    for number, line in _lines(path):
        row_id, row = _parse(path, number, line)
        if row_id not in open_rows:
            raise FixesUnusable(path, number, f"row_id {row_id} is not held open in quarantine")
        if row_id in fixes:
            raise FixesUnusable(path, number, f"row_id {row_id} stands twice in this file")
        is_edited = row != _row(open_rows[row_id])
        if is_edited and not isinstance(row, dict):
            raise FixesUnusable(path, number, "`row` is no JSON object")
        fixes[row_id] = orjson.dumps(row).decode() if is_edited else None
    changes = [{"raw_row_id": int(row_id), "fixed_payload": fixed} for row_id, fixed in fixes.items() if fixed]
    if changes:
        session.execute(update(Quarantined), changes)
    return len(changes)


def _line(row: HeldRow) -> bytes:
    failed = [f"{failure['expectation']} (found: {failure.get('found', '')})" for failure in row.failed]
    content = {"row_id": str(row.raw_row_id), "failed": failed, "row": _row(row)}
    return orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)


def _row(held_row: HeldRow) -> Any:
    """What a person mends: the row without the mark of replaced bytes, which an edit settles."""
    try:
        row = orjson.loads(held_row.payload)
    except orjson.JSONDecodeError:
        return held_row.payload
    if isinstance(row, dict):
        row.pop(INVALID_UTF8, None)
    return row


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise SourceUnusable(path, f"can't be read ({error.strerror})") from error


def _parse(path: Path, number: int, line: bytes) -> tuple[str, Any]:
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise FixesUnusable(path, number, f"no JSON: {error.msg}") from error
    if not isinstance(content, dict) or not {"row_id", "row"} <= content.keys():
        raise FixesUnusable(path, number, "a line needs `row_id` and `row`")
    return str(content["row_id"]), content["row"]
