from pathlib import Path

import pytest

from becalm.errors import SourceUnusable
from becalm.sources import find_inputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text("")


def names(paths) -> list[str]:
    return [path.name for path in paths]


def test_a_file_is_comments_whatever_it_is_called(folder):
    fill(folder, "threads.jsonl")
    inputs = find_inputs(folder / "threads.jsonl")
    assert (names(inputs.comments), inputs.threads) == (["threads.jsonl"], [])


def test_threads_lie_beside_comments_in_the_order_of_names(folder):
    fill(folder, "b.jsonl", "a.csv", "threads-2.jsonl", "threads.csv", "c.parquet", "notes.txt", "D.JSONL.GZ")
    inputs = find_inputs(folder)
    assert names(inputs.comments) == ["D.JSONL.GZ", "a.csv", "b.jsonl", "c.parquet"]
    assert names(inputs.threads) == ["threads-2.jsonl", "threads.csv"]


def test_the_truth_of_a_simulated_stream_is_no_comments(folder):
    fill(folder, "comments.jsonl", "comments-2.jsonl.gz", "threads.jsonl", "truth.csv")
    assert names(find_inputs(folder).comments) == ["comments-2.jsonl.gz", "comments.jsonl"]


def test_threads_can_lie_elsewhere(folder):
    fill(folder, "c.jsonl", "threads.jsonl")
    (folder / "posts").mkdir()
    fill(folder / "posts", "one.jsonl", "two.csv")
    assert names(find_inputs(folder, folder / "posts").threads) == ["one.jsonl", "two.csv"]
    assert names(find_inputs(folder, folder / "posts" / "one.jsonl").threads) == ["one.jsonl"]


def test_folders_inside_are_left_alone(folder):
    (folder / "old.jsonl").mkdir()
    fill(folder, "new.jsonl")
    assert names(find_inputs(folder).comments) == ["new.jsonl"]


@pytest.mark.parametrize("content", [(), ("readme.txt",), ("threads.jsonl",)])
def test_a_folder_without_comments_is_told(folder, content):
    fill(folder, *content)
    with pytest.raises(SourceUnusable, match="no comments in it"):
        find_inputs(folder)


def test_missing_paths_are_told(folder):
    fill(folder, "c.jsonl")
    with pytest.raises(SourceUnusable, match="no such file"):
        find_inputs(folder / "nothing.jsonl")
    with pytest.raises(SourceUnusable, match=r"threads\.jsonl: there is no such file"):
        find_inputs(folder / "c.jsonl", folder / "threads.jsonl")


def test_a_file_of_an_unknown_format_is_told_before_anything_starts(folder):
    fill(folder, "c.jsonl", "c.xlsx")
    with pytest.raises(SourceUnusable, match=r"c\.xlsx: no format"):
        find_inputs(folder / "c.xlsx")
    with pytest.raises(SourceUnusable, match=r"c\.xlsx: no format"):
        find_inputs(folder / "c.jsonl", folder / "c.xlsx")


def test_a_name_that_no_file_system_takes_is_told(folder):
    with pytest.raises(SourceUnusable, match="can't be looked up"):
        find_inputs(folder / ("x" * 5_000))
