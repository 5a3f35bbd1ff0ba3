"""The same input again, and a little on top of it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from becalm.simulate import simulate
from becalm.store import Batch, Run, Vector
from embeddings.encoder import OpenVinoEncoder


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the encoder is given."""
    texts: list[str] = []
    encode = OpenVinoEncoder.encode

    def listed(self: OpenVinoEncoder, given: Any, *rest: Any) -> Any:
        texts.extend(given)
        return encode(self, given, *rest)

    monkeypatch.setattr(OpenVinoEncoder, "encode", listed)
    return texts


def test_same_file_twice_changes_nothing_but_the_run_log(moderated: Any, stream: Path, encoded: list[str]) -> None:
    tables, files, runs = moderated.tables(), moderated.files(), moderated.ask(select(Run.id))
    counts = moderated.whole_way(stream)
    assert moderated.tables() == tables
    assert moderated.files() == files
    assert len(moderated.ask(select(Run.id))) == len(runs) + 3
    assert encoded == []
    assert (counts["rows"], counts["known"], counts.get("stored", 0)) == (400, 400, 0)


def test_same_rows_under_another_name_and_order_change_nothing(
    moderated: Any, stream: Path, tmp_path: Path, write: Callable[..., Path]
) -> None:
    tables = moderated.tables()
    lines = (stream / "comments.jsonl").read_bytes().splitlines()
    moderated.run(write(reversed(lines), "other.jsonl"))
    assert moderated.tables() == tables


def test_whatever_is_cleared_away_is_published_again(moderated: Any, stream: Path) -> None:
    files = moderated.files()
    shutil.rmtree(moderated.settings.published)
    moderated.run(stream)
    assert moderated.files() == files


def test_new_comments_on_top_are_all_that_is_embedded(
    moderated: Any, comment: Callable[..., dict[str, Any]], write: Callable[..., Path], encoded: list[str]
) -> None:
    known = moderated.ask(select(func.count()).select_from(Vector))[0][0]
    new = [comment(f"Kettle number {number} boils in {number} minutes, says aunt {number}") for number in range(30)]
    counts = moderated.run(write(new))
    assert (counts["stored"], counts["embedded"], counts["compared"], counts["scored"]) == (30, 30, 30, 30)
    assert counts["meaning added"] == counts["characters added"] == 30
    assert moderated.ask(select(func.count()).select_from(Vector))[0][0] == known + 30
    # The 30 texts, and what their threads are about (nothing, so nothing).
    assert sorted(encoded) == sorted(row["text"].lower() for row in new)


def test_campaigns_keep_their_ids_while_they_grow(
    moderated: Any, comment: Callable[..., dict[str, Any]], write: Callable[..., Path]
) -> None:
    before = {row["campaign_id"]: row for row in moderated.published("campaigns")}
    largest = max(before.values(), key=lambda row: row["comments"])
    moderated.run(write([comment(largest["medoid_text"]) for _ in range(10)]))
    after = {row["campaign_id"]: row for row in moderated.published("campaigns")}
    assert before.keys() <= after.keys()
    assert after[largest["campaign_id"]]["comments"] == largest["comments"] + 10


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stream of 300 comments, whole, and cut into five files."""
    folder = simulate(tmp_path_factory.mktemp("parts"), comments=300, seed=4).out
    lines = (folder / "comments.jsonl").read_bytes().splitlines(keepends=True)
    for number in range(5):
        (folder / f"part-{number}.jsonl").write_bytes(b"".join(lines[number * 60 : (number + 1) * 60]))
    return folder


@pytest.fixture(scope="module")
def one(parts: Path, moderated_once: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The stream in one batch of one run."""
    home = moderated_once.changed(home=tmp_path_factory.mktemp("one") / "home")
    home.run(parts)
    return home


def test_one_batch_and_twenty_end_alike(home: Any, one: Any, parts: Path) -> None:
    twenty = home.changed(batch_rows=15)
    twenty.run(parts)
    assert len(twenty.ask(select(Batch.id))) == 20
    assert twenty.everything_published() == one.everything_published()


def test_one_run_and_five_in_any_order_make_the_same_groups(home: Any, one: Any, parts: Path) -> None:
    five = home
    for number in (3, 0, 4, 1, 2):
        five.ingest(parts / f"part-{number}.jsonl", parts / "threads.jsonl")
        five.moderate()
    assert groups_of(five) == groups_of(one)
    assert len(groups_of(one)) > 5
    for before, after in zip(one.published("signals"), five.published("signals"), strict=True):
        # A vector differs in its last bits with the texts that share its batch.
        for by_vector in ("off_topic", "spam", "abuse", "complaint", "praise", "sentiment"):
            assert after.pop(by_vector) == pytest.approx(before.pop(by_vector), abs=0.01)
        assert after == before
    assert subjects_of(five) == subjects_of(one)


def groups_of(home: Any) -> set[tuple[str, frozenset[str]]]:
    """Verdict and comments of every group."""
    members: dict[tuple[str, str], set[str]] = {}
    for row in home.published("assignments"):
        members.setdefault((row["group_id"], row["verdict"]), set()).add(row["comment_id"])
    return {(verdict, frozenset(comments)) for (_, verdict), comments in members.items()}


def subjects_of(home: Any) -> set[tuple[str, str, frozenset[str]]]:
    """Queue, rule and comments of every case."""
    cases = [case for name, rows in home.everything_published().items() if "queues" in name for case in rows]
    return {(case["queue"], case["rule"], frozenset(case["subject_ids"])) for case in cases}
