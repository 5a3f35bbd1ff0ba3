"""Comments in a store, with all that they stand on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from becalm.store import Account, Batch, Comment, RawRow, Signals, Text, Thread
from becalm.store.upsert import add

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHERE = {"platform": "clipshare", "channel": "lantern-tea"}
SCORES = dict.fromkeys(("spam", "abuse", "off_topic", "complaint", "praise", "sentiment"), 0.1235)


@pytest.fixture
def add_comments() -> Callable[[Session, int], None]:
    """Stores `c0`, `c1`, ...: one a minute, by two accounts in turn, each text written twice; all of them scored."""

    def fill(session: Session, comments: int) -> None:
        numbers = range(comments)
        batch = {"id": 1, "run_id": "r", "source": "a.jsonl", "first_line": 1, "rows": comments, "collected_at": NOW}
        add(session, Batch, [batch])
        names = enumerate(("ann", "bob"), start=1)
        add(session, Account, [{"id": number, "platform": "clipshare", "author_id": name} for number, name in names])
        add(session, Thread, [{"id": 1, "thread_id": "t1", **WHERE}])
        add(session, Text, [{"id": one // 2, "normalised": f"t{one // 2}", "script": "Latin"} for one in numbers[::2]])
        add(session, RawRow, [{"id": one, "batch_id": 1, "line": one, "payload": "{}"} for one in numbers])
        add(session, Comment, [_comment(one) for one in numbers])
        add(session, Signals, [_signals(one) for one in numbers])

    return fill


def _comment(number: int) -> dict[str, object]:
    at = NOW + timedelta(minutes=number)
    refers = {"thread_id": 1, "account_id": 1 + number % 2, "text_id": number // 2, "raw_row_id": number}
    said = {"comment_id": f"c{number}", "text": f"T{number // 2}", "published_at": at, "is_brand": False, "raw": {}}
    return {"id": number, **WHERE, **refers, **said}


def _signals(number: int) -> dict[str, object]:
    lists = {"keywords": ["refund"], "private_data": [], "reasons": []}
    return {"comment_id": number, "scored_text_id": number // 2, "scorer": "1", **SCORES, **lists}
