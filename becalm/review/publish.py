"""Putting finished files in the place of older ones, all written before any is replaced."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..errors import DiskFull

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (contents by name) into `folder`, the last one last.

    Each is written beside its place, flushed to the disk and renamed; so a reader, a crash or a full disk never meets
    half a file. Raises `DiskFull`, and then the older files still stand.
    """
    parts = {folder / name: folder / f".{name}.part" for name in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part, content in zip(parts.values(), files.values(), strict=True):
            _write(part, content)
        for path, part in parts.items():
            os.replace(part, path)  # noqa: PTH105
        _flush_folder(folder)
    except OSError as error:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
        if error.errno in NO_ROOM:
            raise DiskFull(folder) from error
        raise


def _write(part: Path, content: bytes) -> None:
    with part.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the renames themselves last; not every system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
