import errno
import os
from pathlib import Path

import pytest

from becalm.errors import DiskFull
from becalm.files import replace_all

OLD = {"a.csv": b"old a", "index.html": b"old page"}
NEW = {"a.csv": b"new a", "index.html": b"new page"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def no_room(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_new_files_take_the_place_of_old_ones(tmp_path: Path) -> None:
    folder = tmp_path / "published" / "review"
    replace_all(folder, OLD)
    replace_all(folder, NEW)
    assert contents(folder) == NEW


@pytest.mark.parametrize("broken", ["replace", "fsync"])
def test_a_full_disk_keeps_the_old_files_and_leaves_no_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    replace_all(tmp_path, OLD)
    monkeypatch.setattr(os, broken, no_room)
    with pytest.raises(DiskFull, match="no space left"):
        replace_all(tmp_path, NEW)
    assert contents(tmp_path) == OLD


def test_another_fault_is_told_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file") as error:
        replace_all(tmp_path / "file", NEW)
    assert not isinstance(error.value, DiskFull)
