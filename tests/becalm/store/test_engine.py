import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from becalm.errors import InputError, StoreUnusable
from becalm.store import Run, Store, engine

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A migrated database."""
    path = tmp_path / "home" / "becalm.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_SECONDS", 0.05)


@pytest.fixture
def writer(database: Path) -> Iterator[sqlite3.Connection]:
    """Somebody in the middle of a write."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO stage_marks VALUES ('theirs', '1')")
    yield connection
    connection.close()


def run(name: str) -> Run:
    return Run(id=name, job="run", started_at=NOW, figures={})


def pragma(store: Store, name: str) -> object:
    with store.reading() as session:
        return session.execute(text(f"PRAGMA {name}")).scalar_one()


def test_sqlite_is_set_up_for_one_writer_and_many_readers(database):
    with Store.open(f"sqlite:///{database}") as store:
        assert pragma(store, "journal_mode") == "wal"
        assert pragma(store, "busy_timeout") == engine.BUSY_TIMEOUT_SECONDS * 1_000
        assert pragma(store, "foreign_keys") == 1


def test_the_folder_of_the_database_is_made(tmp_path):
    Store.open(f"sqlite:///{tmp_path / 'a' / 'b' / 'becalm.db'}").close()
    assert (tmp_path / "a" / "b" / "becalm.db").exists()


def test_a_transaction_is_all_or_nothing(store):
    def fail() -> None:
        with store.writing() as session:
            session.add(run("lost"))
            session.flush()
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError):
        fail()
    with store.writing() as session:
        session.add(run("kept"))
    with store.reading() as session:
        assert session.scalars(select(Run.id)).all() == ["kept"]


def test_readers_are_not_stopped_by_a_writer(database, writer, impatient):
    with Store.open(f"sqlite:///{database}") as store, store.reading() as session:
        assert session.scalars(select(Run.id)).all() == []


def test_a_locked_database_is_told_in_one_line(database, writer, impatient):
    with Store.open(f"sqlite:///{database}") as store:
        with pytest.raises(StoreUnusable, match="database is locked") as told, store.writing() as session:
            session.add(run("late"))
        assert "\n" not in str(told.value)
        writer.execute("ROLLBACK")
        with store.writing() as session:
            session.add(run("late"))


def test_a_database_that_is_locked_while_it_must_be_migrated_is_told(tmp_path, impatient):
    path = tmp_path / "becalm.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnusable, match="database is locked"):
        Store.open(f"sqlite:///{path}")
    other.close()
    Store.open(f"sqlite:///{path}").close()


def test_a_file_that_is_no_database_is_told(tmp_path):
    (tmp_path / "becalm.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreUnusable, match="not a database"):
        Store.open(f"sqlite:///{tmp_path / 'becalm.db'}")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "home").write_text("")
    with pytest.raises(StoreUnusable, match="can't make the folder"):
        Store.open(f"sqlite:///{tmp_path / 'home' / 'becalm.db'}")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "nosuchdb://host/name",
        "postgresql+nodriver://host/name",
        "postgresql+psycopg://u:p@host:port/db",
    ],
)
def test_a_url_that_names_no_database_is_told_as_a_setting(url):
    with pytest.raises(StoreUnusable, match="BECALM_DATABASE_URL") as told:
        Store.open(url)
    assert isinstance(told.value, InputError)


def test_a_server_that_is_not_there_is_told_without_the_password():
    pytest.importorskip("psycopg")
    with pytest.raises(StoreUnusable, match="can't open the store") as told:
        Store.open("postgresql+psycopg://ann:s3cret@127.0.0.1:1/becalm")
    assert "s3cret" not in str(told.value)
