"""A damaged, foreign or missing index, a full disk, a locked database: recovered, or one clear line."""

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import becalm.store.engine
from becalm.errors import DiskFull, HomeBusy, StoreUnusable
from becalm.runs import alone_in
from tasks.embed import embed_texts
from tasks.score import score_comments
from tasks.take_in import take_in_comments

Make = Callable[..., dict[str, Any]]


def half_written(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def one_bit_flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def missing(path: Path) -> None:
    path.unlink()


def without_manifest(path: Path) -> None:
    path.with_suffix(".json").unlink()


def of_another_model(path: Path) -> None:
    manifest = json.loads(path.with_suffix(".json").read_text("utf-8"))
    path.with_suffix(".json").write_text(json.dumps(manifest | {"made_by": "another"}), "utf-8")


def of_another_home(path: Path) -> None:
    """A sound index that lacks half of what the store holds, and has what the store does not."""
    import faiss
    import numpy as np

    from embeddings.index import VectorIndex

    manifest = json.loads(path.with_suffix(".json").read_text("utf-8"))
    index = VectorIndex.open(path, manifest["made_by"], manifest["dimension"])
    half = index.ids[::2]
    vectors = np.ones((3, manifest["dimension"]), np.float32)
    faiss.normalize_L2(vectors)
    index.remove(half)
    index.add(np.arange(3, dtype=np.int64), vectors)
    index.save()


HARM = (half_written, one_bit_flipped, missing, without_manifest, of_another_model, of_another_home)


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory, moderated_once: Any) -> Path:
    """Copies of a known campaign, which only an index finds."""
    text = max(moderated_once.published("campaigns"), key=lambda row: row["comments"])["medoid_text"]
    rows = [
        {
            "comment_id": f"m{number}", "platform": "clipshare", "channel": "lantern-tea", "thread_id": "t",
            "author_id": f"m{number}", "text": f"{text} {number}", "published_at": f"2026-05-30T10:00:0{number}Z",
        }
        for number in range(5)
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("more") / "more.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


@pytest.fixture(scope="module")
def unharmed(moderated_once: Any, more: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What comes of it where nothing is damaged."""
    folder = tmp_path_factory.mktemp("unharmed") / "home"
    shutil.copytree(moderated_once.settings.home, folder)
    home = moderated_once.changed(home=folder)
    home.run(more)
    return home


@pytest.mark.parametrize("harm", HARM, ids=lambda harm: harm.__name__)
def test_an_index_that_is_no_good_is_built_anew(
    moderated: Any, more: Path, unharmed: Any, harm: Callable[[Path], None]
) -> None:
    for name in ("meaning.faiss", "characters.npz", "words.npz"):
        harm(moderated.settings.index_folder / name)
    moderated.ingest(more)
    moderated.moderate()
    assert moderated.outcome() == unharmed.outcome()
    assert moderated.everything_published() == unharmed.everything_published()


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes the disk full for every file below a folder; the test's end frees it."""
    flush = os.fsync

    def fill(folder: Path) -> None:
        def flush_or_fail(handle: int) -> None:
            if folder.resolve() in Path(f"/proc/self/fd/{handle}").resolve().parents:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            flush(handle)

        monkeypatch.setattr(os, "fsync", flush_or_fail)

    return fill


@pytest.mark.parametrize("place", ["index", "published", "checks", "published/review"])
def test_a_full_disk_is_one_clear_line_and_the_next_run_recovers(
    moderated: Any, more: Path, unharmed: Any, place: str, full_disk: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    moderated.ingest(more)
    before = moderated.files()
    full_disk(moderated.settings.home / place)
    with pytest.raises(DiskFull, match=f"no space left to write .*{place}"):
        moderated.whole_way(more)
    assert before.keys() == moderated.files().keys()
    if place == "index":
        assert moderated.files() == before
    monkeypatch.undo()
    moderated.whole_way(more)
    assert moderated.outcome() == unharmed.outcome()
    assert moderated.everything_published() == unharmed.everything_published()
    assert not list(moderated.settings.home.rglob("*.writing"))


@contextmanager
def locked(home: Any) -> Iterator[None]:
    connection = sqlite3.connect(home.settings.home / "becalm.db")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def test_a_locked_database_is_one_clear_line_and_harms_nothing(
    moderated: Any, more: Path, unharmed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(becalm.store.engine, "BUSY_TIMEOUT_SECONDS", 0)
    tables = moderated.tables()
    with locked(moderated):
        with pytest.raises(StoreUnusable, match="database is locked"):
            moderated.run(more)
        with pytest.raises(StoreUnusable, match="database is locked"):
            take_in_comments.fn(moderated.settings, more, "r1")
    assert moderated.tables() == tables
    moderated.ingest(more)
    for stage in (embed_texts, score_comments):
        tables = moderated.tables()
        with locked(moderated), pytest.raises(StoreUnusable, match="database is locked"):
            stage.fn(moderated.settings)
        assert moderated.tables() == tables
    moderated.run(more)
    assert moderated.outcome() == unharmed.outcome()


def test_a_home_at_work_keeps_others_out(moderated: Any, stream: Path) -> None:
    with (
        alone_in(moderated.settings.home),
        ThreadPoolExecutor(1) as another,
        pytest.raises(HomeBusy, match="another run is at work"),
    ):
        another.submit(moderated.run, stream).result()
    moderated.run(stream)
