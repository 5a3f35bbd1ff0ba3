"""Homes that a stream has been through: real model, SQLite, FAISS and Great Expectations, without Prefect's engine."""

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import Executable, select

from becalm.runs import Counts, logged_run, together
from becalm.settings import Settings
from becalm.simulate import simulate
from becalm.store import Base, Store
from tasks.accounts import rank_accounts
from tasks.alerts import send_alerts
from tasks.carry_out import carry_out_actions
from tasks.cases import check_cases, open_policy_cases
from tasks.checks import document_checks
from tasks.compare import compare_texts
from tasks.decide_alone import decide_cases_alone
from tasks.embed import embed_ahead, embed_texts, settings_in_force
from tasks.filings import any_filings, take_in_filings
from tasks.group import group_texts
from tasks.index import index_texts
from tasks.publish import publish
from tasks.review import publish_review
from tasks.score import score_comments
from tasks.statements import publish_statements
from tasks.take_in import take_in_comments, take_in_threads

BY_MODEL = (embed_texts, index_texts, compare_texts, score_comments, group_texts)
MODERATION = (
    *BY_MODEL, rank_accounts, open_policy_cases, check_cases, decide_cases_alone, publish, publish_statements,
    send_alerts, carry_out_actions, embed_ahead, document_checks,
)  # fmt: skip
# What tells when something happened here, not what happened; and the random bytes of a store.
CLOCKED = {
    "opened_at", "due_at", "quarantined_at", "replaced_at", "first_used_at", "collected_at", "noted_at", "at",
    "run_id", "source", "secret",
}  # fmt: skip

Row = dict[str, Any]


def whole_way(settings: Settings, path: Path, threads: Path | None = None) -> Counts:
    """What the flows `ingest`, `moderate` and `review` do, in their order, as plain calls; the figures of all three."""
    return together(ingest(settings, path, threads), moderate(settings), review(settings))


def ingest(settings: Settings, path: Path, threads: Path | None = None, documented: bool = True) -> Counts:
    with logged_run(settings, "ingest") as run:
        run.add(take_in_threads.fn(settings, path, threads))
        run.add(take_in_comments.fn(settings, path, run.id))
        if any_filings(settings, path):
            run.add(take_in_filings.fn(settings, path))
        if documented:
            run.add(document_checks.fn(settings))
    return run.figures


def moderate(settings: Settings, documented: bool = True) -> Counts:
    with logged_run(settings, "moderate") as run:
        now = settings_in_force(settings)
        for stage in MODERATION:
            if documented or stage is not document_checks:
                run.add(stage.fn(now if stage in BY_MODEL else settings))
    return run.figures


def review(settings: Settings) -> Counts:
    with logged_run(settings, "review") as run:
        run.add(publish_review.fn(settings, whole=True))
    return run.figures


@dataclass(frozen=True, slots=True)
class Home:
    """A home, and what stands in it."""

    settings: Settings

    def whole_way(self, path: Path) -> Row:
        """Ingest, moderate and review; says the counts of all stages."""
        return whole_way(self.settings, path)["counts"]

    def run(self, path: Path) -> Row:
        """The same without the pages that take half the time: the review and Data Docs."""
        return self.ingest(path) | self.moderate()

    def ingest(self, path: Path, threads: Path | None = None) -> Row:
        return ingest(self.settings, path, threads, documented=False)["counts"]

    def moderate(self) -> Row:
        return moderate(self.settings, documented=False)["counts"]

    def changed(self, **settings: Any) -> "Home":
        """The same home under other settings."""
        return Home(self.settings.model_copy(update=settings))

    def ask(self, statement: Executable) -> list[Any]:
        with Store.open(self.settings.store_url) as store, store.reading() as session:
            return list(session.execute(statement).all())

    def tables(self) -> dict[str, list[Any]]:
        """Every row of every table but the run log."""
        return {
            table.name: sorted(map(repr, self.ask(select(table)))) for table in Base.metadata.sorted_tables
            if table.name != "runs"
        }  # fmt: skip

    def outcome(self) -> dict[str, list[Any]]:
        """The tables as two homes with the same past have them: without the clock."""
        return {
            table.name: sorted(
                map(repr, self.ask(select(*(column for column in table.columns if column.name not in CLOCKED))))
            )
            for table in Base.metadata.sorted_tables
            if table.name != "runs"
        }

    def files(self) -> dict[str, bytes]:
        """Every published file but the review, byte by byte."""
        return {
            str(path.relative_to(self.settings.published)): path.read_bytes()
            for path in sorted(self.settings.published.rglob("*"))
            if path.is_file() and path.parent.name != "review"
        }

    def published(self, name: str) -> list[Row]:
        """The records of a published file, without the clock."""
        lines = (self.settings.published / f"{name}.jsonl").read_text("utf-8").splitlines()
        return [
            {key: value for key, value in record.items() if key not in CLOCKED} for record in map(json.loads, lines)
        ]

    def everything_published(self) -> dict[str, list[Row]]:
        names = [name.removesuffix(".jsonl") for name in self.files() if name.endswith(".jsonl")]
        return {name: self.published(name) for name in names}

    def assigned(self) -> dict[str, tuple[str, str | None]]:
        """By comment id: verdict and campaign."""
        return {row["comment_id"]: (row["verdict"], row["campaign_id"]) for row in self.published("assignments")}


@pytest.fixture(name="whole_way")
def whole_way_itself() -> Callable[..., Counts]:
    return whole_way


@pytest.fixture
def home(tmp_path: Path, model_cache: Path) -> Home:
    """An empty home."""
    return Home(Settings(home=tmp_path / "home", cache=model_cache))


@pytest.fixture
def new_home(tmp_path: Path, model_cache: Path) -> Callable[..., Home]:
    """Makes further empty homes."""

    def make(name: str, **settings: Any) -> Home:
        return Home(Settings(home=tmp_path / name, cache=model_cache, **settings))

    return make


@pytest.fixture(scope="session")
def stream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 400 simulated comments and their threads."""
    return simulate(tmp_path_factory.mktemp("stream"), comments=400, seed=11).out


@pytest.fixture(scope="session")
def moderated_once(stream: Path, model_cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The stream, the whole way. Not to be changed: tests get a copy."""
    once = Home(Settings(home=tmp_path_factory.mktemp("moderated") / "home", cache=model_cache))
    once.whole_way(stream)
    return once


@pytest.fixture
def moderated(moderated_once: Home, home: Home) -> Home:
    """A home of one's own that the stream has been through."""
    shutil.copytree(moderated_once.settings.home, home.settings.home)
    return home


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows (or lines as they are) as JSON Lines."""

    def write_rows(rows: Iterable[Row | bytes], name: str = "rows.jsonl") -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join((row if isinstance(row, bytes) else orjson.dumps(row)) + b"\n" for row in rows))
        return path

    return write_rows


@pytest.fixture
def comment() -> Callable[..., Row]:
    """Makes a good row, the next one each time, changed as asked."""
    numbers = iter(range(10**6))

    def make(text: str, /, **changes: Any) -> Row:
        number = next(numbers)
        return {
            "comment_id": f"n{number}",
            "platform": "clipshare",
            "channel": "lantern-tea",
            "thread_id": f"t{number % 7}",
            "author_id": f"a{number}",
            "text": text,
            "published_at": f"2026-05-{1 + number // 1440 % 28:02}T{number // 60 % 24:02}:{number % 60:02}:00Z",
            **changes,
        }

    return make
