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
from datetime import date, datetime
from math import isnan
from pathlib import Path
from typing import IO, Any

import orjson

from ..errors import SourceUnusable

Row = dict[str, Any]

UNREADABLE = "_unreadable"  # why a line is no row
INVALID_UTF8 = "_invalid_utf8"  # true: bytes that are no UTF-8 were replaced by U+FFFD

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".csv", ".csv.gz", ".parquet")

_NUMBERS = {"likes": int, "rating": float}
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Each row with its line, counting from 1 (a row of Parquet with its number).

    Raises `SourceUnusable` where the file can't be opened, or breaks off.
    """
    name = path.name.lower()
    if not name.endswith(SUFFIXES):
        raise SourceUnusable(path, f"no format that is known here; it should end in {', '.join(SUFFIXES)}")
    if name.endswith(".parquet"):
        yield from _parquet_rows(path)
        return
    line = 0
    with _opened(path) as file:
        try:
            for line, row in _csv_rows(file) if ".csv" in name else _json_rows(file):
                yield line, row
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise SourceUnusable(path, f"the gzip data break off after line {line} ({error})") from error
        except csv.Error as error:
            raise SourceUnusable(path, f"no CSV after line {line} ({error})") from error
        except OSError as error:
            raise SourceUnusable(path, f"can't be read after line {line} ({error.strerror or error})") from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb")
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
    return row if isinstance(row, dict) else {UNREADABLE: f"JSON, but no object: {type(row).__name__}"}


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
    reader = csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline=""), restkey="_surplus")
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
        try:
            return _NUMBERS[name](cell)
        except ValueError:
            return cell
    return cell


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
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return None if isinstance(value, float) and isnan(value) else value
