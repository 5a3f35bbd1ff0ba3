import json
from pathlib import Path

import pytest

from becalm.errors import DiskFull
from embeddings.manifest import Manifest, checksum, swap_in

CONTENT = memoryview(b"some vectors")
MANIFEST = Manifest("model", 384, 7, checksum(CONTENT))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index" / "meaning.faiss"


def test_an_index_and_its_manifest_are_read_as_they_were_swapped_in(path):
    swap_in(path, CONTENT, MANIFEST)
    assert Manifest.read(path) == MANIFEST
    assert path.read_bytes() == CONTENT
    assert len(list(path.parent.iterdir())) == 2


def test_what_is_swapped_in_takes_the_place_of_both(path):
    swap_in(path, CONTENT, MANIFEST)
    newer = Manifest("another", 3, 1, checksum(b"other"))
    swap_in(path, memoryview(b"other"), newer)
    assert (Manifest.read(path), path.read_bytes()) == (newer, b"other")


def test_indexes_in_one_folder_have_manifests_of_their_own(path):
    swap_in(path, CONTENT, MANIFEST)
    assert Manifest.read(path.with_name("characters.faiss")) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"7", b"{}", b'{"made_by": "model"}', b"\xff\xfe"])
def test_a_manifest_that_cannot_be_read_is_none(path, content):
    path.parent.mkdir()
    path.with_suffix(".json").write_bytes(content)
    assert Manifest.read(path) is None


def test_a_manifest_of_another_version_is_none(path):
    swap_in(path, CONTENT, MANIFEST)
    beside = path.with_suffix(".json")
    beside.write_text(json.dumps(json.loads(beside.read_text()) | {"shards": 4}))
    assert Manifest.read(path) is None


def test_one_bit_makes_another_checksum():
    assert checksum(b"some vectors") == checksum(CONTENT)
    assert checksum(b"some vectorr") != checksum(CONTENT)


@pytest.mark.parametrize("full", ["meaning.faiss", "meaning.json"])
def test_a_full_disk_leaves_both_old_files(path, full):
    swap_in(path, CONTENT, MANIFEST)
    path.with_name(f".{full}.writing").symlink_to("/dev/full")
    with pytest.raises(DiskFull, match="no space left"):
        swap_in(path, memoryview(b"other"), Manifest("another", 3, 1, checksum(b"other")))
    assert (Manifest.read(path), path.read_bytes()) == (MANIFEST, CONTENT)
