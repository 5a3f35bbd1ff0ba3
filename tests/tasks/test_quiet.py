"""Logs, the run log and Data Docs say counts and ids, never what people wrote or are called."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import select, text

import tasks.take_in
from becalm.errors import StoreUnusable
from becalm.store import Run


def said_by(stream: Path) -> set[str]:
    """Texts and names that are long enough to be told from chance."""
    rows = [orjson.loads(line) for line in (stream / "comments.jsonl").read_bytes().splitlines()]
    return {row[field] for row in rows for field in ("text", "author_name") if len(row[field]) >= 12}


def leaked(said: set[str], told: str) -> list[str]:
    return [each for each in said if each in told]


def test_nothing_that_people_wrote_is_logged_or_documented(
    home: Any, stream: Path, comment: Callable[..., dict[str, Any]], write: Callable[..., Path],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    said = said_by(stream)
    bad = [comment(text, published_at="once", author_name="Zacharias the Unlucky") for text in sorted(said)[:10]]
    with caplog.at_level(logging.DEBUG):
        home.whole_way(stream)
        home.whole_way(write(bad))
    said.add("Zacharias the Unlucky")
    assert len(said) > 300
    assert "embedded" in caplog.text
    assert leaked(said, caplog.text) == []
    pages = [*home.settings.data_docs.rglob("*.html"), *(home.settings.index_folder / "checks").glob("*.json")]
    assert len(pages) > 3
    assert leaked(said, "".join(page.read_text("utf-8") for page in pages)) == []
    assert leaked(said, repr(home.ask(select(Run.figures)))) == []


def test_a_failure_of_the_database_tells_no_text(
    moderated: Any, comment: Callable[..., dict[str, Any]], write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "My name is nobody, and nobody shall read this"

    def failing(session: Any, *rest: Any) -> Any:
        session.execute(text("INSERT INTO no_such_table VALUES (:what)"), [{"what": secret}])

    monkeypatch.setattr(tasks.take_in, "keep_comments", failing)
    with pytest.raises(StoreUnusable) as caught:
        moderated.ingest(write([comment(secret)]))
    assert secret not in "".join(traceback.format_exception(caught.value))
