"""One Prefect server for all tests of flows, and a stream to send through them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.testing.utilities import prefect_test_harness
from sqlalchemy import select

from becalm.settings import Settings
from becalm.simulate import simulate
from becalm.store import Base, Store

SERVER_START_SECONDS = 120


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """Starting it is what costs; runs of one test don't disturb another's."""
    with prefect_test_harness(server_startup_timeout=SERVER_START_SECONDS):
        yield


@pytest.fixture
def client(prefect_server: None) -> Iterator[SyncPrefectClient]:
    with get_client(sync_client=True) as one:
        yield one


@pytest.fixture(scope="session")
def stream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 200 simulated comments and their threads."""
    return simulate(tmp_path_factory.mktemp("stream"), comments=200, days=3, seed=5).out


@pytest.fixture
def settings() -> Settings:
    """As the flows of this test see them."""
    return Settings()


@pytest.fixture
def tables(settings: Settings) -> Callable[[], dict[str, list[Any]]]:
    """Reads every row of every table but the run log."""

    def read() -> dict[str, list[Any]]:
        kept = [table for table in Base.metadata.sorted_tables if table.name != "runs"]
        with Store.open(settings.store_url) as store, store.reading() as session:
            return {table.name: sorted(map(repr, session.execute(select(table)))) for table in kept}

    return read


@pytest.fixture
def published(settings: Settings) -> Callable[[], dict[str, bytes]]:
    """Reads every published file but the review."""

    def read() -> dict[str, bytes]:
        files = (path for path in settings.published.rglob("*") if path.is_file() and "review" not in path.parts)
        return {path.relative_to(settings.published).as_posix(): path.read_bytes() for path in files}

    return read
