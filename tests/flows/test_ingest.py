"""Ingest under Prefect: the inbox, once for all; what can't be used fails the run and nothing else."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from becalm.errors import InboxUnusable
from becalm.settings import Settings
from becalm.store import Comment, Run, Store
from flows.ingest import ingest

Read = Callable[[], dict[str, Any]]

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def inbox(tmp_path: Path, stream: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An inbox with the stream in it, in which files count as whole at once."""
    folder = tmp_path / "inbox"
    shutil.copytree(stream, folder)
    monkeypatch.setenv("BECALM_INBOX", str(folder))
    monkeypatch.setenv("BECALM_SETTLE_SECONDS", "0")
    return folder


def newest_state(settings: Settings) -> str | None:
    with Store.open(settings.store_url) as store, store.reading() as session:
        return session.scalar(select(Run.state).order_by(Run.started_at.desc()).limit(1))


def comments_in(settings: Settings) -> int:
    with Store.open(settings.store_url) as store, store.reading() as session:
        return session.scalar(select(func.count()).select_from(Comment)) or 0


def test_the_inbox_twice_changes_nothing(inbox: Path, tables: Read) -> None:
    assert ingest()["counts"]["stored"] == 200
    before = tables()
    assert ingest()["counts"]["files"] == 0
    assert tables() == before


def test_an_empty_inbox_is_no_failure(settings: Settings) -> None:
    state = ingest(return_state=True)
    assert state.is_completed()
    assert newest_state(settings) == "done"


def test_an_unusable_file_fails_the_run_when_all_others_are_in(inbox: Path, settings: Settings) -> None:
    (inbox / "comments-0.jsonl").write_text('{"colour": "green"}\n')
    state = ingest(return_state=True)
    assert state.is_failed()
    assert "comments-0.jsonl: no row has" in (state.message or "")
    assert comments_in(settings) == 200
    assert newest_state(settings) == "failed"
    assert ingest(return_state=True).is_completed()


def test_a_file_given_by_name_is_read_whatever_the_inbox_knows(inbox: Path) -> None:
    ingest()
    counts = ingest(inbox / "comments.jsonl")["counts"]
    assert (counts["rows"], counts["known"]) == (200, 200)


def test_an_unusable_inbox_file_is_an_input_error(inbox: Path) -> None:
    (inbox / "comments-0.jsonl.gz").write_bytes(b"no gzip at all")
    with pytest.raises(InboxUnusable, match=r"comments-0\.jsonl\.gz"):
        ingest()
