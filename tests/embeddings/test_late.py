from pathlib import Path

import numpy as np
import pytest

from becalm.errors import DiskFull
from embeddings.late import MOST_LATE, manifests
from embeddings.words import WordIndex

WHOLE, FEW = 80, 5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index" / "words.npz"


@pytest.fixture
def saved(path: Path) -> WordIndex:
    index = WordIndex(path)
    add(index, range(WHOLE))
    index.save()
    return index


def add(index: WordIndex, ids: range) -> None:
    index.add(np.array(ids), [f"tea number{one}" for one in ids])


def holders(path: Path, one: int) -> list[int]:
    return WordIndex.open(path).holding([f"number{one}"]).tolist()


def files(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def test_few_late_rows_are_kept_beside_the_index_which_stays_as_it_was(path, saved):
    before = files(path)
    add(saved, range(WHOLE, WHOLE + FEW))
    saved.save()
    after = files(path)
    assert before.items() <= after.items()
    assert after.keys() - before.keys() == {"words.late.npz", "words.late.json"}
    assert len(after["words.late.npz"]) < len(after["words.npz"])
    assert WordIndex.open(path).ids.tolist() == list(range(WHOLE + FEW))
    assert holders(path, WHOLE + 1) == [WHOLE + 1]


def test_they_add_up_over_several_runs(path, saved):
    for first in (WHOLE, WHOLE + 2, WHOLE + 4):
        index = WordIndex.open(path)
        add(index, range(first, first + 2))
        index.save()
    assert WordIndex.open(path).ids.tolist() == list(range(WHOLE + 6))
    assert set(files(path)) == {"words.npz", "words.json", "words.late.npz", "words.late.json"}


def test_many_make_the_index_anew_and_none_are_left_beside_it(path, saved):
    add(saved, range(WHOLE, WHOLE + FEW))
    saved.save()
    index = WordIndex.open(path)
    add(index, range(WHOLE + FEW, WHOLE + FEW + int(MOST_LATE * WHOLE)))
    index.save()
    assert set(files(path)) == {"words.npz", "words.json"}
    assert len(WordIndex.open(path)) == WHOLE + FEW + int(MOST_LATE * WHOLE)


def test_what_is_removed_is_gone_though_it_came_late(path, saved):
    add(saved, range(WHOLE, WHOLE + FEW))
    saved.save()
    index = WordIndex.open(path)
    index.remove(np.array([3, WHOLE]))
    index.save()
    assert set(WordIndex.open(path).ids.tolist()) == set(range(WHOLE + FEW)) - {3, WHOLE}
    assert holders(path, WHOLE) == []


@pytest.mark.parametrize("harm", [b"", b"PK\x03\x04 no archive"])
def test_damaged_late_rows_are_left_out_and_the_index_is_believed(path, saved, warned, harm):
    add(saved, range(WHOLE, WHOLE + FEW))
    saved.save()
    path.with_name("words.late.npz").write_bytes(harm)
    assert WordIndex.open(path).ids.tolist() == list(range(WHOLE))
    assert [message for message in warned() if "words.late.npz" in message]


def test_late_rows_of_another_index_are_not_believed(path, saved, tmp_path):
    add(saved, range(WHOLE, WHOLE + FEW))
    saved.save()
    other = WordIndex(tmp_path / "other" / "words.npz")
    add(other, range(7))
    other.save()
    for name in ("words.npz", "words.json"):
        path.with_name(name).write_bytes(other.path.with_name(name).read_bytes())
    assert WordIndex.open(path).ids.tolist() == list(range(7))


def test_a_full_disk_leaves_the_late_rows_of_before(path, saved):
    add(saved, range(WHOLE, WHOLE + 2))
    saved.save()
    path.with_name(".words.late.npz.writing").symlink_to("/dev/full")
    add(saved, range(WHOLE + 2, WHOLE + FEW))
    with pytest.raises(DiskFull, match="no space left"):
        saved.save()
    assert WordIndex.open(path).ids.tolist() == list(range(WHOLE + 2))


def test_every_save_of_something_new_says_something_else_in_the_manifests(path, saved):
    told = {manifests(path)}
    add(saved, range(WHOLE, WHOLE + 2))
    saved.save()
    told.add(manifests(path))
    saved.save()
    told.add(manifests(path))
    assert len(told) == 2
