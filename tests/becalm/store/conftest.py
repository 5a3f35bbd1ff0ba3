"""A store of each dialect; PostgreSQL where its programs are installed."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from becalm.store import Batch, Store
from becalm.store.keep import CheckedRow, keep_raw, raw_row_id

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server of our own, over a socket in a folder of its own."""
    pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed")
    if not (shutil.which("initdb") and shutil.which("pg_ctl")):
        pytest.skip("PostgreSQL is not installed on this machine")
    folder = Path(tempfile.mkdtemp(prefix="becalm-pg-"))
    try:
        run = _as_its_user(folder)
        run("initdb", "--pgdata", folder / "data", "--username", "becalm", "--auth", "trust", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        run("pg_ctl", "--pgdata", folder / "data", "--wait", "--log", folder / "log", "--options", options, "start")
        try:
            yield f"postgresql+psycopg://becalm@/postgres?host={folder}"
        finally:
            run("pg_ctl", "--pgdata", folder / "data", "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _as_its_user(folder: Path) -> Callable[..., None]:
    """The server refuses to be run by root, so root runs it as the user that its package made."""
    user = None
    if os.geteuid() == 0:
        if "postgres" not in {entry.pw_name for entry in pwd.getpwall()}:
            pytest.skip("PostgreSQL does not run as root, and there is no user for it")
        user = "postgres"
        shutil.chown(folder, user)

    def run(*command: object) -> None:
        quiet = subprocess.DEVNULL
        subprocess.run([str(part) for part in command], check=True, user=user, cwd="/", stdout=quiet, stderr=quiet)

    return run


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """An empty database."""
    engine = create_engine(postgresql_server)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return postgresql_server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'becalm.db'}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def checked(store: Store) -> Callable[..., CheckedRow]:
    """Makes a row that passed the checks, its raw row already kept."""
    numbers = count(1)

    def make(comment_id: str = "c1", text: str = "hello", **changes: Any) -> CheckedRow:
        fields = {
            "comment_id": comment_id,
            "platform": "clipshare",
            "channel": "lantern-tea",
            "thread_id": "t1",
            "author_id": "ann",
            "text": text,
            "published_at": NOW.isoformat(),
            "line": next(numbers),
            **changes,
        }
        number = raw_row_id(fields)
        with store.writing() as session:
            if session.get(Batch, 1) is None:
                session.add(Batch(id=1, run_id="r", source="a.jsonl", first_line=1, rows=1, collected_at=NOW))
                session.flush()
            keep_raw(session, 1, [(number, fields["line"], fields)])
        return CheckedRow.of(number, fields, NOW, text.lower(), "Latin")

    return make
