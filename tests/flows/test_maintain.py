"""Housekeeping on a home in use."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from becalm.settings import Settings
from becalm.store import Access, Run, Store
from becalm.store.upsert import add
from flows.ingest import ingest
from flows.maintain import maintain
from flows.moderate import moderate

Read = Callable[[], dict[str, Any]]

pytestmark = pytest.mark.usefixtures("prefect_server")


def test_it_keeps_all_that_is_published(stream: Path, tables: Read, published: Read) -> None:
    ingest(stream)
    moderate()
    rows, files = tables(), published()
    counts = maintain()["counts"]
    assert counts["meaning added"] > 100
    assert counts["characters added"] >= counts["meaning added"]
    assert counts["groups reopened"] > 1
    assert published() == files
    moderate()
    assert (tables(), published()) == (rows, files)


def test_it_drops_old_lines_of_the_run_log_only(settings: Settings) -> None:
    old = datetime.now(UTC) - timedelta(days=settings.keep_runs_days + 1)
    young = old + timedelta(days=2)
    with Store.open(settings.store_url) as store:
        with store.writing() as session:
            for name, started in (("old", old), ("young", young)):
                add(session, Run, [{"id": name, "job": name, "started_at": started, "figures": {}}])
        assert maintain()["counts"]["runs removed"] == 1
        with store.reading() as session:
            assert session.scalars(select(Run.job).order_by(Run.started_at)).all() == ["young", "maintain"]


def test_it_keeps_nothing_longer_than_the_policy_says(settings: Settings) -> None:
    late = datetime.now(UTC) - timedelta(days=366)
    with Store.open(settings.store_url) as store:
        with store.writing() as session:
            add(session, Access, [{"at": late, "by": "x", "command": "explain", "subject": "s"}])
        assert maintain()["counts"]["accesses no longer kept"] == 1
        with store.reading() as session:
            assert session.scalars(select(Access.id)).all() == []
