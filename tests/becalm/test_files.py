import csv
import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from becalm.errors import DiskFull
from becalm.files import replace_all, write_csv, write_json_lines

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


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.jsonl"

    def rows() -> Iterator[dict[str, int]]:
        yield {"number": 1}
        assert not path.exists()
        yield {"number": 2}

    assert write_json_lines(path, rows()) == 2
    assert path.read_bytes() == b'{"number":1}\n{"number":2}\n'
    assert contents(path.parent) == {"a.jsonl": path.read_bytes()}


def test_a_fault_on_the_way_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_json_lines(path, [{"number": 1}])

    def rows() -> Iterator[dict[str, int]]:
        yield {"number": 2}
        raise ValueError("on the way")

    with pytest.raises(ValueError, match="on the way"):
        write_json_lines(path, rows())
    assert contents(tmp_path) == {"a.jsonl": b'{"number":1}\n'}


@pytest.mark.parametrize("rows", [1, 50_000])
def test_a_device_without_room_is_told_and_leaves_what_stood_there(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "a.jsonl"
    write_json_lines(path, [{"number": 1}])
    (tmp_path / ".a.jsonl.writing").symlink_to("/dev/full")
    with pytest.raises(DiskFull, match=r"no space left to write .*a\.jsonl"):
        write_json_lines(path, [{"number": 2}] * rows)
    assert contents(tmp_path) == {"a.jsonl": b'{"number":1}\n'}
    write_json_lines(path, [{"number": 2}])
    assert contents(tmp_path) == {"a.jsonl": b'{"number":2}\n'}


def test_a_table_has_the_columns_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    records = [{"b": 'two "words"\nhere', "a": [1, {"x": "ż"}], "other": 1}, {"a": -1.5, "b": None}, {}]
    write_csv(path, ["a", "b"], records)
    with path.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [
            ["a", "b"],
            ['[1,{"x":"ż"}]', 'two "words"\nhere'],
            ["-1.5", ""],
            ["", ""],
        ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(0)"])
def test_no_cell_is_run_as_a_formula(tmp_path: Path, text: str) -> None:
    write_csv(tmp_path / "a.csv", ["a"], [{"a": text}])
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [["a"], [f"'{text}"]]
