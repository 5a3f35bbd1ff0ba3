"""A store with campaigns that tests make up, comment by comment."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from becalm import store as tables
from becalm.store.upsert import add_missing

NEWEST = datetime(2026, 3, 29, 12, tzinfo=UTC)
DAY = timedelta(days=1)
REASONS = [
    {"signal": "accounts", "score": 0.9, "text": "many accounts"},
    {"signal": "wording", "score": 0.35, "text": "much of the wording shared"},
]


class Pushes:
    """Campaigns of comments; every campaign has an account and a thread for each comment unless told otherwise."""

    def __init__(self, store: tables.Store) -> None:
        self.store = store
        self.rows: dict[type, dict[Any, dict[str, Any]]] = {}
        self._put(tables.Batch, 1, run_id="r", source="a.jsonl", first_line=1, rows=0, collected_at=NEWEST)
        self.comments = 0

    def comment(
        self, text: str, at: datetime, *, raw: str | None = None, account: str | None = None, thread: str = "t",
        title: str = "", name: str | None = None, is_brand: bool = False,
    ) -> str:  # fmt: skip
        """Returns the comment's id."""
        self.comments += 1
        comment_id = f"k{self.comments}"
        where = {"platform": "clipshare", "channel": "lantern-tea"}
        row_id, author = tables.stable_id("clipshare", comment_id), account or f"a{self.comments}"
        account_id, thread_id = tables.stable_id("clipshare", author), tables.stable_id("clipshare", thread)
        self._put(tables.RawRow, row_id, batch_id=1, line=1, payload="{}")
        self._put(tables.Account, account_id, platform="clipshare", author_id=author, name=name, is_brand=is_brand)
        self._put(tables.Thread, thread_id, thread_id=thread, title=title, text="", published_at=None, **where)
        self._put(tables.Text, tables.stable_id(text), normalised=text, script="Latin")
        self._put(
            tables.Comment, row_id, comment_id=comment_id, thread_id=thread_id, account_id=account_id,
            text_id=tables.stable_id(text), raw_row_id=row_id, text=raw or text, published_at=at, is_brand=is_brand,
            raw={}, **where,
        )  # fmt: skip
        return comment_id

    def campaign(
        self, id: str, texts: Sequence[str], *, first: datetime = NEWEST - DAY, last: datetime = NEWEST,
        groups: Sequence[Sequence[str]] | None = None, **more: Any,
    ) -> None:  # fmt: skip
        """A comment for each of `texts`, evenly from `first` to `last`; `groups` are texts with the medoid first."""
        step = (last - first) / max(1, len(texts) - 1)
        for number, text in enumerate(texts):
            self.comment(text, first + step * number, thread=f"{id} {number}")
        self._put(tables.Campaign, id, **{
            "verdict": "campaign", "score": 0.912, "reasons": REASONS, "medoid_text": texts[0],
            "comments": len(texts), "accounts": len(texts), "threads": len(texts), "channels": ["lantern-tea"],
            "first_seen": first, "last_seen": last, "markers": [], "is_current": True, **more,
        })  # fmt: skip
        for number, members in enumerate(groups or [list(dict.fromkeys(texts))]):
            self._group(f"g-{id}-{number}", id, members)

    def past(self, id: str, **more: Any) -> None:
        """A campaign without groups."""
        self._put(tables.Campaign, id, **{
            "verdict": "campaign", "score": 0.5, "reasons": [], "medoid_text": "gone", "comments": 3, "accounts": 3,
            "threads": 1, "channels": [], "first_seen": NEWEST, "last_seen": NEWEST, "markers": [],
            "is_current": False, **more,
        })  # fmt: skip

    def _group(self, group_id: str, campaign_id: str, texts: Sequence[str]) -> None:
        medoid = tables.stable_id(texts[0])
        self._put(
            tables.Group, group_id, verdict="campaign", score=0.9, reasons=[], medoid_id=medoid, campaign_id=campaign_id
        )
        for text in texts:
            row = {"text_id": tables.stable_id(text), "group_id": group_id, "similarity": 1.0, "channel": "characters"}
            self.rows.setdefault(tables.GroupText, {})[text] = row

    def _put(self, model: type, key: Any, **row: Any) -> None:
        self.rows.setdefault(model, {}).setdefault(key, {"id": key, **row})

    def save(self) -> tables.Store:
        order = tables.Base.metadata.sorted_tables
        with self.store.writing() as session:
            for model in sorted(self.rows, key=lambda model: order.index(model.__table__)):
                add_missing(session, model, list(self.rows[model].values()))
        return self.store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def pushes(home: Path) -> Iterator[Pushes]:
    with tables.Store.open(f"sqlite:///{home / 'becalm.db'}") as store:
        yield Pushes(store)


@pytest.fixture
def spun(pushes: Pushes) -> Pushes:
    """Forty comments of one template: who, what and where are filled in, the rest stays."""
    people, wares, places = ("friends", "folks", "people", "all"), ("kettle", "teapot"), ("a", "b", "c", "d", "e")
    texts = [
        f"hello {who} claim your free {what} today at shop-{where}.example before it is gone"
        for who in people for what in wares for where in places
    ]  # fmt: skip
    pushes.campaign("c0ffee0000000001", texts)
    return pushes
