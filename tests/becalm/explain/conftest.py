"""A store with a few comments, what was scored of them and what came of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from becalm import store as tables
from becalm.store.upsert import add, put

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MAIL = "ann.lee@mail.example"


class Scene:
    """Comments are written one by one, an hour apart."""

    def __init__(self, store: tables.Store) -> None:
        self.store = store
        self.hours = 0
        self.put(tables.Batch, id=1, run_id="r", source="a.jsonl", first_line=1, rows=0, collected_at=NOON)
        self.put(tables.PolicyVersion, version="7", digest="d", document="", first_used_at=NOON)

    def put(self, table: type[tables.Base], **row: Any) -> None:
        with self.store.writing() as session:
            put(session, table, [row])

    def add(self, table: type[tables.Base], **row: Any) -> None:
        with self.store.writing() as session:
            add(session, table, [row])

    def comment(
        self, comment_id: str, text: str, *, platform: str = "clipshare", author: str = "ann", thread: str = "t1",
        **more: Any,
    ) -> int:  # fmt: skip
        """Returns the store's id."""
        own, text_id = tables.stable_id(platform, comment_id), tables.stable_id(text)
        account, place = tables.stable_id(platform, author), tables.stable_id(platform, thread)
        self.put(tables.RawRow, id=own, batch_id=1, line=1, payload="{}")
        self.put(tables.Account, id=account, platform=platform, author_id=author, name=None, is_brand=False)
        where = {"platform": platform, "thread_id": thread, "channel": "tea"}
        self.put(tables.Thread, id=place, title="Tea for two", text="", published_at=None, **where)
        self.put(tables.Text, id=text_id, normalised=text, script="Latin", compared_by=None)
        self.put(
            tables.Comment,
            **{
                "id": own, "platform": platform, "comment_id": comment_id, "channel": "tea", "thread_id": place,
                "account_id": account, "text_id": text_id, "raw_row_id": own, "text": text,
                "published_at": NOON + timedelta(hours=self.hours), "parent_id": None, "language": None, "likes": None,
                "rating": None, "is_brand": False, "raw": {}, **more,
            },
        )  # fmt: skip
        self.hours += 1
        return own

    def scored(self, comment: int, text: str, reasons: list[dict[str, Any]], **scores: float | None) -> None:
        nothing = dict.fromkeys(
            ("spam", "abuse", "off_topic", "complaint", "praise", "sentiment", "promotion", "grievance"), 0.0
        )
        columns = {name: value for name, value in (nothing | scores).items() if name in tables.Signals.__table__.c}
        self.put(tables.Signals, comment_id=comment, scored_text_id=tables.stable_id(text), scorer="s", keywords=[],
                 private_data=[], praised=[], topics=[], parent_text_id=None, reasons=reasons, **columns)  # fmt: skip

    def case(self, case_id: str, comment: int, state: str = "open", **more: Any) -> None:
        row = {
            "id": case_id, "queue": "care", "kind": "comment", "subject": case_id, "rule": "complaint",
            "policy_version": "7", "priority": 0.5, "reasons": [], "opened_at": NOON, "due_at": NOON,
            "suggested_action": "reply", "suggested_template": "sorry", "evidence": [], "state": state, **more,
        }  # fmt: skip
        self.add(tables.Case, **row)
        self.add(tables.CaseComment, case_id=case_id, comment_id=comment)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def scene(home: Path) -> Iterator[Scene]:
    with tables.Store.open(f"sqlite:///{home / 'becalm.db'}") as store:
        yield Scene(store)
