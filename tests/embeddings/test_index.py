import json
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from becalm.errors import DiskFull
from embeddings.index import Hits, VectorIndex
from embeddings.lists import FLAT_UP_TO

DIMENSION = 16


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index" / "meaning.faiss"


def fresh(path: Path) -> VectorIndex:
    return VectorIndex(path, "model", DIMENSION)


def reopened(path: Path, made_by: str = "model", dimension: int = DIMENSION) -> VectorIndex:
    return VectorIndex.open(path, made_by, dimension)


def nearest(index: VectorIndex, vectors, at_least=0.99) -> list[tuple[int, int]]:
    return [pair for hits in index.search(vectors, at_least) for pair in pairs(hits)]


def pairs(hits: Hits) -> list[tuple[int, int]]:
    return list(zip(hits.rows.tolist(), hits.ids.tolist(), strict=True))


@pytest.fixture
def saved(path: Path, unit_rows) -> VectorIndex:
    index = fresh(path)
    index.add(np.arange(10, 60), unit_rows(50))
    index.save()
    return index


def test_what_was_saved_is_found_again(saved, unit_rows):
    index = reopened(saved.path)
    assert index.ids.tolist() == list(range(10, 60))
    assert nearest(index, unit_rows(50)) == [(row, row + 10) for row in range(50)]


def test_hits_carry_the_cosine(path, unit_rows):
    index, vectors = fresh(path), unit_rows(40)
    index.add(np.arange(40), vectors)
    (hits,) = index.search(vectors, 0.3)
    cosines = vectors @ vectors.T
    assert np.allclose(hits.similarities, cosines[hits.rows, hits.ids], atol=1e-5)
    assert len(hits.rows) == (cosines > 0.3).sum()
    assert (np.diff(hits.rows) >= 0).all()


def test_an_id_is_kept_once_with_its_first_vector(path, unit_rows):
    index, vectors = fresh(path), unit_rows(4)
    index.add(np.array([7, 8, 7]), vectors[:3])
    index.add(np.array([8, 9]), vectors[2:])
    assert len(index) == 3
    assert nearest(index, vectors) == [(0, 7), (1, 8), (3, 9)]


def test_adding_nothing_changes_nothing(path, unit_rows):
    index = fresh(path)
    index.add(np.empty(0, np.int64), unit_rows(0))
    assert len(index) == 0


def test_removed_ids_are_not_found_any_more(saved, unit_rows):
    saved.remove(np.array([10, 11, 999]))
    saved.remove(np.empty(0, np.int64))
    saved.save()
    index = reopened(saved.path)
    assert len(index) == 48
    assert nearest(index, unit_rows(3)) == [(2, 12)]


def test_an_empty_index_finds_nothing_and_can_be_kept(path, unit_rows):
    index = fresh(path)
    assert nearest(index, unit_rows(3), -1) == []
    assert list(index.search_lowest(unit_rows(3), -1, 5)) == []
    index.save()
    assert len(reopened(path)) == 0


def test_past_a_size_it_gets_lists_and_still_finds_what_is_near(path, unit_rows):
    index, vectors = fresh(path), unit_rows(FLAT_UP_TO + 500)
    ids = np.arange(len(vectors)) * 3 + 1
    index.add(ids[:FLAT_UP_TO], vectors[:FLAT_UP_TO])
    assert not index.has_lists
    index.add(ids[FLAT_UP_TO:], vectors[FLAT_UP_TO:])
    assert index.has_lists
    index.save()
    index = reopened(path)
    assert index.ids.tolist() == sorted(ids.tolist())
    assert nearest(index, vectors[::40], 0.999) == [(row, one) for row, one in enumerate(ids[::40].tolist())]
    index.remove(ids)
    assert nearest(index, vectors[:3], -1) == []


def test_lists_do_not_depend_on_the_order_of_arrival(tmp_path, unit_rows):
    vectors = unit_rows(FLAT_UP_TO + 100, seed=3)
    shuffled = np.random.default_rng(1).permutation(len(vectors))
    found = []
    for name, order in (("a", np.arange(len(vectors))), ("b", shuffled)):
        index = fresh(tmp_path / f"{name}.faiss")
        index.add(order.astype(np.int64), vectors[order])
        found.append(sorted(nearest(index, vectors[:300], 0.6)))
    assert found[0] == found[1]


def test_among_the_lowest_ids_nothing_is_missed(path, unit_rows):
    index, vectors = fresh(path), unit_rows(FLAT_UP_TO + 100)
    index.add(np.arange(len(vectors)), vectors)
    rows = vectors[::50]
    found = {pair for hits in index.search_lowest(rows, 0.4, 200) for pair in pairs(hits)}
    expected = np.argwhere(rows @ vectors[:200].T > 0.4)
    assert found == set(map(tuple, expected.tolist()))


def test_a_missing_index_is_empty_and_no_cause_for_warning(path, warned):
    assert len(reopened(path)) == 0
    assert not warned()


@pytest.mark.parametrize("foreign", [{"made_by": "another model"}, {"dimension": 32}])
def test_an_index_of_another_model_is_not_believed(saved, warned, foreign):
    assert len(reopened(saved.path, **foreign)) == 0
    assert "built anew" in warned()[0]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-200] ^= 1
    path.write_bytes(content)


def lie(path: Path) -> None:
    manifest = path.with_suffix(".json")
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"count": 49}))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-100]), id="truncated"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(flip, id="one bit flipped"),
        pytest.param(lambda path: path.with_suffix(".json").unlink(), id="no manifest"),
        pytest.param(lambda path: path.with_suffix(".json").write_text("{"), id="broken manifest"),
        pytest.param(lambda path: path.with_suffix(".json").write_text("[1]"), id="manifest of another kind"),
        pytest.param(lie, id="manifest of another count"),
    ],
)
def test_a_damaged_index_is_rebuilt_with_one_warning(saved, warned, unit_rows, damage: Callable[[Path], object]):
    damage(saved.path)
    index = reopened(saved.path)
    assert len(index) == 0
    assert len(warned()) == 1
    index.add(np.arange(10, 60), unit_rows(50))
    index.save()
    assert len(reopened(saved.path)) == 50


def test_a_folder_in_the_way_is_no_index(path, warned):
    path.mkdir(parents=True)
    assert len(reopened(path)) == 0
    assert len(warned()) == 1


@pytest.mark.parametrize("replaced", ["meaning.faiss", "meaning.json"])
def test_a_write_that_ended_between_its_two_files_is_rebuilt(saved, tmp_path, unit_rows, replaced):
    newer = fresh(tmp_path / "newer" / "meaning.faiss")
    newer.add(np.arange(99), unit_rows(99, seed=2))
    newer.save()
    (newer.path.with_name(replaced)).replace(saved.path.with_name(replaced))
    assert len(reopened(saved.path)) == 0


@pytest.mark.parametrize("full", ["meaning.faiss", "meaning.json"])
def test_a_full_disk_is_told_and_leaves_the_old_index(saved, unit_rows, full):
    saved.path.with_name(f".{full}.writing").symlink_to("/dev/full")
    index = reopened(saved.path)
    index.add(np.arange(1_000, 1_100), unit_rows(100, seed=5))
    with pytest.raises(DiskFull, match="no space left"):
        index.save()
    assert len(reopened(saved.path)) == 50
    assert {path.name for path in saved.path.parent.iterdir()} == {"meaning.faiss", "meaning.json"}
    index.save()
    assert len(reopened(saved.path)) == 150


def test_a_reader_beside_a_writer_sees_a_whole_index_or_none(saved, unit_rows):
    done, seen = Event(), []

    def read():
        while not done.is_set():
            seen.append(len(reopened(saved.path)))

    reader = Thread(target=read)
    reader.start()
    writer = reopened(saved.path)
    for number in range(20):
        writer.add(np.arange(1_000 + number * 10, 1_010 + number * 10), unit_rows(10, seed=number))
        writer.save()
    done.set()
    reader.join()
    assert set(seen) <= {0, *range(50, 251, 10)}
    assert len(reopened(saved.path)) == 250
