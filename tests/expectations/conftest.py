from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from becalm.store import Account, Batch, Comment, RawRow, Store, Text, Thread, stable_id
from expectations.comments import CommentContext

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def context() -> CommentContext:
    return CommentContext(now=NOW)


@pytest.fixture
def good_row() -> Callable[..., dict[str, Any]]:
    """Makes a row that fails nothing, changed as asked."""
    numbers = count()

    def make(**changes: Any) -> dict[str, Any]:
        number = next(numbers)
        return {
            "comment_id": f"c{number}",
            "platform": "clipshare",
            "channel": "lantern-tea",
            "thread_id": "t1",
            "author_id": f"a{number}",
            "text": "The second kettle arrived with a dent.",
            "published_at": "2026-02-27T09:30:00Z",
            **changes,
        }

    return make


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        yield opened


@pytest.fixture
def add_comment() -> Callable[[Session, str, str, datetime], int]:
    """Stores a comment with all that it stands on; says its id."""

    def add(session: Session, comment_id: str, author_id: str, at: datetime) -> int:
        account, thread = stable_id("clipshare", author_id), stable_id("clipshare", "t1")
        number = stable_id("clipshare", comment_id)
        where = {"platform": "clipshare", "channel": "lantern-tea"}
        session.merge(Batch(id=1, run_id="r", source="s.jsonl", first_line=1, rows=1, collected_at=at))
        session.merge(Account(id=account, platform="clipshare", author_id=author_id))
        session.merge(Thread(id=thread, thread_id="t1", **where))
        session.merge(Text(id=1, normalised="hello", script="Latin"))
        session.flush()
        session.merge(RawRow(id=number, batch_id=1, line=1, payload="{}"))
        session.flush()
        refers = {"thread_id": thread, "account_id": account, "text_id": 1, "raw_row_id": number}
        session.add(Comment(id=number, comment_id=comment_id, text="hello", published_at=at, raw={}, **where, **refers))
        session.flush()
        return number

    return add
