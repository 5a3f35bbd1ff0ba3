"""Lines on standard output, whose reader may leave before the last."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any


@contextmanager
def until_reader_leaves() -> Iterator[None]:
    """A reader who has seen enough (`| head`) ends the writing, quietly."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would complain once more when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_json_lines(records: Iterable[Mapping[str, Any]]) -> None:
    """Each record as one line of JSON."""
    import orjson

    with until_reader_leaves():
        for record in records:
            sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
