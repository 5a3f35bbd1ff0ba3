"""Files that are whole or not there: written beside, flushed to the disk, and swapped in."""

import csv
import errno
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import orjson

from .errors import DiskFull

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` when all went well.

    Raises `DiskFull`; whatever goes wrong, what stood at `path` stands there still.
    """
    beside = path.with_name(f".{path.name}.writing")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull(path) from error
        raise
    finally:
        beside.unlink(missing_ok=True)


def replace_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (contents by name) into `folder`: all are on the disk before the first takes its place.

    Raises `DiskFull`, and then the older files still stand.
    """
    with ExitStack() as waiting:
        for name, content in reversed(list(files.items())):
            file = waiting.enter_context(replacing(folder / name))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def write_json_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> int:
    """One record a line; returns how many."""
    count = 0
    with replacing(path) as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def write_csv(path: Path, columns: Sequence[str], records: Iterable[Mapping[str, Any]]) -> None:
    """A table for spreadsheets: lists and objects as JSON, and no cell that a spreadsheet would run as a formula."""
    with replacing(path) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        writer = csv.DictWriter(text, columns, extrasaction="ignore")
        writer.writeheader()
        for record in records:
            writer.writerow({name: cell(record.get(name)) for name in columns})
        text.detach()


def cell(value: Any) -> Any:
    """A value as it may stand in a table for spreadsheets."""
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
