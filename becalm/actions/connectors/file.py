"""Writes actions to a file, one a line: for tests, for the demo, and for whoever carries them out by other means."""

import os
from datetime import datetime
from io import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from filelock import FileLock

from .order import Order, TryAgain


class RecordedFile:
    """Each key stands in the file once, whoever writes how often; a line that was cut off is written anew."""

    def __init__(self, path: Path) -> None:
        self.name, self.path = "file", path
        self._known: dict[str, int] = {}
        self._read = 0

    def carry_out(self, order: Order, at: datetime) -> dict[str, Any]:
        """`written` says whether the line is new. Raises `TryAgain` when the file can't be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_name(f"{self.path.name}.lock")), self.path.open("ab+") as file:
                self._catch_up(file)
                is_new = order.key not in self._known
                if is_new:
                    self._append(file, order, at)
                return {"line": self._known[order.key], "written": is_new}
        except OSError as error:
            raise TryAgain(f"{self.path.name}: {error.strerror or 'can not be written'}") from error

    def _catch_up(self, file: BinaryIO) -> None:
        """Reads what others wrote since; what has no end of line was never finished, and goes."""
        if file.seek(0, SEEK_END) < self._read:  # somebody began the file anew
            self._known, self._read = {}, 0
        file.seek(self._read)
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(self._read)
                break
            self._note(line)

    def _append(self, file: BinaryIO, order: Order, at: datetime) -> None:
        line = orjson.dumps(order.as_dict(at)) + b"\n"
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
        self._note(line)

    def _note(self, line: bytes) -> None:
        self._read += len(line)
        self._known[orjson.loads(line)["key"]] = len(self._known) + 1
