"""Rows of a file as they stand there, with their line: JSON Lines, CSV or Parquet, plain or gzipped.

A line that is no row at all is still a row, of one field that says why: the suite `comments` quarantines it.
"""

import csv
import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from math import isnan
from pathlib import Path
from typing import IO, Any

import orjson

from ..errors import SourceUnusable

Row = dict[str, Any]

UNREADABLE = "_unreadable"  # why a line is no row
INVALID_UTF8 = "_invalid_utf8"  # true: bytes that are no UTF-8 were replaced by U+FFFD

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".csv", ".csv.gz", ".parquet")

DEEPEST = 200  # orjson reads deeper nesting than it writes, and what is read must be stored

_NUMBERS = {"likes": int, "rating": float}
_LARGEST = 2**63 - 1
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Each row with its line, counting from 1 (a row of Parquet with its number).

    Raises `SourceUnusable` where the file can't be opened, or breaks off.
    """
    name = path.name.lower()
    require_format(path)
    if name.endswith(".parquet"):
        yield from _parquet_rows(path)
        return
    line = 0
    with _opened(path) as file:
        try:
            for line, row in _csv_rows(file) if name.endswith((".csv", ".csv.gz")) else _json_rows(file):
                yield line, row
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise SourceUnusable(path, f"the gzip data break off after line {line} ({error})") from error
        except csv.Error as error:
            raise SourceUnusable(path, f"no CSV after line {line} ({error})") from error
        except OSError as error:
            raise SourceUnusable(path, f"can't be read after line {line} ({error.strerror or error})") from error


def require_format(path: Path) -> None:
    """Raises `SourceUnusable` for a file whose name tells of no format that is known here."""
    if not path.name.lower().endswith(SUFFIXES):
        raise SourceUnusable(path, f"no format that is known here; it should end in {', '.join(SUFFIXES)}")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")  # noqa: SIM115
    except OSError as error:
        raise SourceUnusable(path, f"can't be opened ({error.strerror})") from error
    with file:
        yield file  # type: ignore[misc]


def _json_rows(file: IO[bytes]) -> Iterator[tuple[int, Row]]:
    for line, raw in enumerate(file, start=1):
        content = raw.removeprefix(b"\xef\xbb\xbf") if line == 1 else raw
        if content.strip():
            yield line, _json_row(content)


def _json_row(raw: bytes) -> Row:
    try:
        row = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return _mended_row(raw, error)
    if not isinstance(row, dict):
        return {UNREADABLE: f"JSON, but no object: {type(row).__name__}"}
    return row if raw.count(b"[") + raw.count(b"{") < DEEPEST else _shallow_row(row)


def _shallow_row(row: Row) -> Row:
    """The row, if it is flat enough to be written again."""
    try:
        orjson.dumps(row)
    except orjson.JSONEncodeError as error:
        return {UNREADABLE: f"JSON, but nested too deeply: {error}"}
    return row


def _mended_row(raw: bytes, error: orjson.JSONDecodeError) -> Row:
    """The row with its broken bytes replaced, if they were all that was wrong with it."""
    text = raw.decode("utf-8", "replace")
    try:
        row = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {UNREADABLE: f"no JSON: {error.msg}", "content": text.strip()}
    return {**row, INVALID_UTF8: True} if isinstance(row, dict) else {UNREADABLE: "JSON, but no object"}


def _csv_rows(file: IO[bytes]) -> Iterator[tuple[int, Row]]:
    csv.field_size_limit(sys.maxsize)
    with io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="") as text:
        reader = csv.DictReader(text, restkey="_surplus")
        for cells in reader:
            row = {name: _csv_value(name, cell) for name, cell in cells.items()}
            if any(isinstance(cell, str) and "\ufffd" in cell for cell in row.values()):
                row[INVALID_UTF8] = True
            yield reader.line_num, row


def _csv_value(name: str, cell: Any) -> Any:
    """CSV has only text: numbers and truth values get their type back, and what is none stays for the check."""
    if not isinstance(cell, str):
        return cell
    if cell == "":
        return None
    if name == "is_brand":
        return _TRUTHS.get(cell.strip().lower(), cell)
    if name in _NUMBERS:
        return _number(name, cell)
    return cell


def _number(name: str, cell: str) -> float | str:
    """The number of a cell, if JSON could hold it too."""
    try:
        number = _NUMBERS[name](cell)
    except ValueError:
        return cell
    return number if abs(number) <= _LARGEST else cell


def _parquet_rows(path: Path) -> Iterator[tuple[int, Row]]:
    # Pyarrow is a tenth of a second to import, and most sources are JSON Lines.
    import pyarrow
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
        number = 0
        for batch in file.iter_batches():
            for row in batch.to_pylist():
                number += 1
                yield number, {name: _parquet_value(value) for name, value in row.items()}
    except (OSError, pyarrow.ArrowException) as error:
        raise SourceUnusable(path, f"no readable Parquet ({str(error).splitlines()[0]})") from error


def _parquet_value(value: Any) -> Any:
    """JSON's types only, so that a row is the same row whatever file it came in."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return None if isnan(value) else value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): _parquet_value(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_parquet_value(inner) for inner in value]
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
