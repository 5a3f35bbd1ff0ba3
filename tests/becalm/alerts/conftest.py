"""Comments with words of an alert list, and addresses that keep what reached them."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from apprise.decorators import notify
from pydantic import SecretStr
from sqlalchemy import delete, select, update

from becalm.alerts import Told, note_alerts, tell
from becalm.alerts.message import Places
from becalm.policy import SHIPPED, Policy, load_policy
from becalm.store import Account, Base, Batch, Comment, RawRow, Signals, Store, Text, Thread
from becalm.store.upsert import add, add_missing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIST = "legal-and-press"


class Crash(BaseException):
    """The run dies."""


class Post:
    """What addresses do: `post://anything` keeps the message, fails while it is down, or takes the run with it."""

    Crash = Crash

    def __init__(self) -> None:
        self.bodies: list[tuple[str, str]] = []
        self.titles: list[str] = []
        self.down: set[str] = set()
        self.crash: str | None = None

    def deliver(self, host: str, title: str, body: str) -> bool:
        if self.crash == "before":
            raise Crash
        if host in self.down:
            return False
        self.bodies.append((host, body))
        self.titles.append(title)
        if self.crash == "after":
            raise Crash
        return True

    def to(self, host: str) -> list[str]:
        return [body for each, body in self.bodies if each == host]


POST: list[Post] = []


@notify(on="post")
def _deliver(body: str, title: str, notify_type: Any, *args: Any, **kwargs: Any) -> bool:
    return POST[-1].deliver(kwargs["meta"]["host"], title, body)


class Desk:
    """A store with comments, told under a policy."""

    def __init__(self, store: Store, policy: Policy, post: Post) -> None:
        self.store, self.policy, self.post = store, policy, post
        self.urls: dict[str, tuple[SecretStr, ...]] = {}
        self.places = Places(Path("published"))
        self._next = 1

    def reach(self, *hosts: str, owner: str = "*") -> None:
        self.urls[owner] = tuple(SecretStr(f"post://{host}") for host in hosts)

    def say(self, text: str, keywords: tuple[str, ...] = ("my lawyer",), is_brand: bool = False) -> int:
        """A comment, a minute later than the one before; returns its id."""
        number = self._next
        self._next += 1
        where = {"platform": "clipshare", "channel": "lantern-tea"}
        scores = dict.fromkeys(("spam", "abuse", "off_topic", "complaint", "praise", "sentiment"), 0.0)
        batch = {"id": 1, "run_id": "r", "source": "x", "first_line": 1, "rows": 0, "collected_at": NOON}
        with self.store.writing() as session:
            add_missing(session, Batch, [batch])
            add_missing(session, Account, [{"id": 1, "platform": "clipshare", "author_id": "ann"}])
            add_missing(session, Thread, [{"id": 1, "thread_id": "t1", **where}])
            add(session, Text, [{"id": number, "normalised": f"{text} {number}", "script": "Latin"}])
            add(session, RawRow, [{"id": number, "batch_id": 1, "line": number, "payload": "{}"}])
            said = {"comment_id": f"c{number}", "text": text, "is_brand": is_brand, "raw": {}, "language": None}
            at = datetime.fromtimestamp(NOON.timestamp() + 60 * number, UTC)
            refers = {"thread_id": 1, "account_id": 1, "text_id": number, "raw_row_id": number, "published_at": at}
            add(session, Comment, [{"id": number, **where, **refers, **said}])
            found = {"keywords": list(keywords), "private_data": [], "reasons": []}
            add(session, Signals, [
                {"comment_id": number, "scored_text_id": number, "scorer": "1", **scores, **found}
            ])  # fmt: skip
        return number

    def rescore(self, comment_id: int, keywords: list[str]) -> None:
        with self.store.writing() as session:
            session.execute(update(Signals).where(Signals.comment_id == comment_id).values(keywords=keywords))

    def tell(self, now: datetime = NOON) -> Told:
        """A run's stage."""
        with self.store.writing() as session:
            note_alerts(session, self.policy, now)
        return tell(self.store, self.policy, self.urls, self.places, now)

    def everything_stored(self) -> str:
        with self.store.reading() as session:
            return "".join(str(session.execute(select(table)).all()) for table in Base.metadata.sorted_tables)

    def clear(self) -> None:
        with self.store.writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))


@pytest.fixture
def post() -> Iterator[Post]:
    POST.append(Post())
    yield POST[-1]
    POST.pop()


@pytest.fixture
def policy_with(tmp_path: Path) -> Callable[[str], Policy]:
    """The shipped policy with words added to the list `legal-and-press`."""

    def policy_with(said: str) -> Policy:
        path = tmp_path / "policy.yaml"
        text = SHIPPED.read_text()
        assert text.count(f"  - id: {LIST}\n    owner") == 1
        path.write_text(text.replace(f"  - id: {LIST}\n    owner", f"  - id: {LIST}\n    {said}\n    owner"))
        return load_policy(path)

    return policy_with


@pytest.fixture
def desk(tmp_path: Path, post: Post) -> Iterator[Desk]:
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as store:
        yield Desk(store, load_policy(), post)


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "becalm")
    caplog.set_level(logging.DEBUG, "apprise")
