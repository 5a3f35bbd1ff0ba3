"""A store in which people with names wrote, and people decided about it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from becalm.cases import open_cases
from becalm.cases.deciding import Ruling, decide
from becalm.policy import SHIPPED, Policy, load_policy
from becalm.store import Account, Batch, Case, Comment, RawRow, Signals, Store, Text, Thread, stable_id
from becalm.store.upsert import add, add_missing
from becalm.training import Pack, Wanted, write_new_pack

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SCORES = ("spam", "abuse", "off_topic", "complaint", "praise", "sentiment")


class Town:
    """Who wrote what, and what the staff made of it; `now` moves by a minute with each decision."""

    def __init__(self, store: Store, home: Path, policy: Policy) -> None:
        self.store, self.home, self.policy = store, home, policy
        self.now = START + timedelta(days=30)
        self._lines = count(1)
        with store.writing() as session:
            batch = {"id": 1, "run_id": "r", "source": "x", "first_line": 1, "rows": 0, "collected_at": START}
            add(session, Batch, [batch])

    def say(
        self, text: str, by: str = "u1", name: str | None = None, under: str = "t1", at: float = 0,
        to: str | None = None, is_brand: bool = False, normalised: str | None = None, **signals: Any,
    ) -> str:  # fmt: skip
        """One comment, `at` hours after the start; returns its id on the platform."""
        line = next(self._lines)
        own, account = f"c{line}", stable_id("tube", by)
        text_id = stable_id(normalised or text)
        comment = {
            "id": stable_id("tube", own), "platform": "tube", "comment_id": own, "channel": "main",
            "thread_id": stable_id("tube", under), "account_id": account, "text_id": text_id, "raw_row_id": line,
            "text": text, "published_at": START + timedelta(hours=at), "parent_id": to, "language": "en",
            "likes": None, "rating": None, "is_brand": is_brand, "raw": {},
        }  # fmt: skip
        scores = dict.fromkeys(SCORES, 0.0) | {"keywords": [], "private_data": [], "reasons": []} | signals
        thread = {"id": comment["thread_id"], "platform": "tube", "thread_id": under, "channel": "main"}
        with self.store.writing() as session:
            who = {"id": account, "platform": "tube", "author_id": by, "name": name, "is_brand": is_brand}
            add_missing(session, Account, [who])
            add_missing(session, Thread, [thread | {"title": f"About {under}", "text": "", "published_at": START}])
            add_missing(session, Text, [{"id": text_id, "normalised": normalised or text.lower(), "script": "Latin"}])
            add(session, RawRow, [{"id": line, "batch_id": 1, "line": line, "payload": "{}"}])
            add(session, Comment, [comment])
            scored = {"comment_id": comment["id"], "scored_text_id": text_id, "scorer": "test"}
            add(session, Signals, [scored | scores])
        return own

    def open(self) -> None:
        with self.store.writing() as session:
            open_cases(session, self.policy, self.now)

    def case_of(self, comment: str) -> str:
        """The id of the case whose subject is this comment."""
        with self.store.reading() as session:
            return session.scalars(select(Case.id).where(Case.subject == f"tube/{comment}")).one()

    def do(self, verb: Callable[..., Any], case_id: str, by: str = "moderator-1", **said: Any) -> Any:
        self.now += timedelta(minutes=1)
        with self.store.writing() as session:
            return verb(session, self.policy, case_id, by=by, now=self.now, **said)

    def decide(self, comment: str, action: str = "hide", outcome: str = "upheld", **more: Any) -> str:
        case_id = self.case_of(comment)
        return self.do(decide, case_id, ruling=Ruling(action, outcome, **more)).decision.id

    def make(self, **wanted: Any) -> tuple[Pack, Path]:
        return write_new_pack(self.store, self.home, self.policy, Wanted(**wanted), self.now)


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load_policy()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'home' / 'becalm.db'}") as opened:
        yield opened


@pytest.fixture
def town(store: Store, tmp_path: Path, policy: Policy) -> Town:
    return Town(store, tmp_path / "home", policy)


@pytest.fixture
def decided(town: Town) -> Town:
    """Eight insults hidden, of which two were dismissed; six spams removed; all of it said by different people."""
    insults = [
        town.say(f"you utter fool number {one}", by=f"rude{one}", name=f"Rudi Ruff{one}", at=one, abuse=0.9)
        for one in range(8)
    ]
    spams = [
        town.say(f"cheap watches at watches{one}.example", by=f"sell{one}", name=f"Seller Sam{one}", at=one, spam=0.9)
        for one in range(6)
    ]
    town.open()
    for one, insult in enumerate(insults):
        town.decide(insult, *(("none", "dismissed") if one < 2 else ()))
    for spam in spams:
        town.decide(spam, "remove")
    return town


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Policy]:
    """The shipped policy as version 3 with words replaced."""

    def changed(words: dict[str, str], version: str = "3") -> Policy:
        text = SHIPPED.read_text()
        for old, new in {'version: "2"': f'version: "{version}"', **words}.items():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path_factory.mktemp("policy") / "policy.yaml"
        path.write_text(text)
        return load_policy(path)

    return changed
