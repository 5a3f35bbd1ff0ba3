"""The inbox: whole and new files, once; a bad one stops no other."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from becalm.errors import InboxUnusable
from becalm.runs import Counts
from becalm.store import Comment, StageMark, Thread
from tasks.inbox import UNUSABLE, Waiting, require_usable, take_in_inbox, whole

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(home: Any, inbox: Path) -> Callable[..., Counts]:
    """One look into the inbox; files count as whole at once."""

    def look(**settings: Any) -> Counts:
        watched = home.changed(**{"inbox": inbox, "settle_seconds": 0, **settings})
        return take_in_inbox.fn(watched.settings, "a run").counts

    return look


def test_new_files_are_taken_in_threads_first(home: Any, watch: Any, write: Any, comment: Any, inbox: Path) -> None:
    write([comment("hello there"), comment("what a day")], "inbox/comments-1.jsonl")
    write([comment("one more cup")], "inbox/comments-2.jsonl")
    write([{"thread_id": "t0", "platform": "clipshare", "title": "Oolong"}], "inbox/threads.jsonl")
    counts = watch()
    assert counts["files"] == 3
    assert (counts["rows"], counts["stored"], counts["threads"]) == (3, 3, 1)
    assert home.ask(select(func.count()).select_from(Comment)) == [(3,)]
    assert ("Oolong",) in home.ask(select(Thread.title))


def test_an_unchanged_inbox_changes_nothing(home: Any, watch: Any, write: Any, comment: Any) -> None:
    write([comment("hello there")], "inbox/comments.jsonl")
    watch()
    before = home.tables()
    assert watch()["files"] == 0
    assert home.tables() == before


def test_a_file_that_grew_is_read_again_for_its_new_rows(watch: Any, write: Any, comment: Any) -> None:
    rows = [comment("hello there")]
    write(rows, "inbox/comments.jsonl")
    watch()
    write([*rows, comment("what a day")], "inbox/comments.jsonl")
    counts = watch()
    assert (counts["files"], counts["stored"], counts["known"]) == (1, 1, 1)


def test_a_bad_file_stops_no_other_and_is_named_once(watch: Any, write: Any, comment: Any, inbox: Path) -> None:
    (inbox / "a.jsonl.gz").write_bytes(b"no gzip at all")
    write([{"colour": "green"}], "inbox/b.jsonl")
    write([comment("hello there")], "inbox/c.jsonl")
    counts = watch()
    assert counts["stored"] == 1
    assert counts[UNUSABLE].keys() == {"a.jsonl.gz", "b.jsonl"}
    with pytest.raises(InboxUnusable, match=r"a\.jsonl\.gz.*b\.jsonl"):
        require_usable(counts)
    require_usable(watch())


def test_a_mended_file_is_tried_again(watch: Any, write: Any, comment: Any) -> None:
    write([{"colour": "green"}], "inbox/comments.jsonl")
    watch()
    write([comment("hello there")], "inbox/comments.jsonl")
    counts = watch()
    assert counts["stored"] == 1
    require_usable(counts)


def test_a_refused_batch_is_told_with_its_file(watch: Any, write: Any, comment: Any, inbox: Path) -> None:
    write([comment("hello there", published_at="yesterday") for _ in range(99)], "inbox/dates.jsonl")
    assert str(inbox / "dates.jsonl") in watch()[UNUSABLE]["dates.jsonl"]


def test_quarantined_rows_are_counted_over_all_files(watch: Any, write: Any, comment: Any) -> None:
    for name in ("a", "b"):
        write([comment("hello"), comment("there"), comment("now", published_at="soon")], f"inbox/{name}.jsonl")
    counts = watch()
    assert counts["quarantined"] == 2
    assert set(counts["quarantined by"].values()) == {2}


@pytest.mark.parametrize("name", [".comments.jsonl", "comments.jsonl.part", "comments.jsonl.tmp", ".comments.jsonl.x7"])
def test_drafts_are_left_alone(watch: Any, write: Any, comment: Any, name: str) -> None:
    write([comment("hello there")], f"inbox/{name}")
    counts = watch()
    assert (counts["files"], counts["files being written"]) == (0, 0)


def test_a_file_still_being_written_waits_for_the_next_look(watch: Any, write: Any, comment: Any) -> None:
    write([comment("hello there")], "inbox/comments.jsonl")
    counts = watch(settle_seconds=3600)
    assert (counts["files"], counts["files being written"]) == (0, 1)
    assert watch()["files"] == 1


def test_a_file_is_whole_when_it_rested_long_enough() -> None:
    ages = (0, 4, 5, 6, 86_400)
    files = [Waiting(Path(f"{age}.csv"), False, "", NOW - timedelta(seconds=age)) for age in ages]
    assert [one.path.stem for one in whole(files, NOW, 5)] == ["5", "6", "86400"]


@pytest.mark.parametrize("name", ["inbox", "nowhere"])
def test_an_empty_or_missing_inbox_is_nothing_to_do(watch: Any, tmp_path: Path, inbox: Path, name: str) -> None:
    counts = watch(inbox=tmp_path / name)
    assert counts["files"] == 0
    require_usable(counts)


def test_marks_of_files_that_left_are_dropped(home: Any, watch: Any, write: Any, comment: Any, tmp_path: Path) -> None:
    path = write([comment("hello there")], "inbox/comments.jsonl")
    watch()
    path.rename(tmp_path / "away.jsonl")
    watch()
    assert home.ask(select(StageMark.stage)) == []
    (tmp_path / "away.jsonl").rename(path)
    counts = watch()
    assert (counts["files"], counts["known"], counts.get("stored", 0)) == (1, 1, 0)
