"""Carrying out as a flow: dry by default, once, beside other runs on the same home."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from becalm.cases.deciding import Ruling, decide
from becalm.policy import load_policy
from becalm.runs import alone_in
from becalm.settings import Settings
from becalm.store import Case, Run, Store
from flows.carry_out import carry_out
from flows.ingest import ingest
from flows.moderate import moderate

Read = Callable[[], dict[str, Any]]

pytestmark = pytest.mark.usefixtures("prefect_server")


@pytest.fixture
def decided(stream: Path, settings: Settings) -> Settings:
    """A home in which somebody has just decided to take a campaign down."""
    ingest(stream)
    moderate()
    with Store.open(settings.store_url) as store, store.writing() as session:
        case_id = session.scalars(select(Case.id).where(Case.rule == "campaign").order_by(Case.id).limit(1)).one()
        decide(session, load_policy(), case_id, Ruling("remove"), "moderator-1", datetime.now(UTC))
    return settings


def test_it_is_dry_by_default_and_once(decided: Settings, tables: Read) -> None:
    counts = carry_out()["counts"]
    assert counts["actions done"] == counts["actions rehearsed"] > 1
    assert counts["outbox"] == {"done": counts["actions done"]}
    assert not (decided.home / "outbox").exists()
    before = tables()
    assert carry_out()["counts"]["actions done"] == 0
    assert tables() == before
    with Store.open(decided.store_url) as store, store.reading() as session:
        assert len(session.scalars(select(Run).where(Run.job == "carry-out")).all()) == 1


def test_it_writes_where_the_settings_say_and_waits_for_no_other_run(
    decided: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BECALM_CONNECTORS", json.dumps({"*": {"kind": "file"}}))
    with alone_in(decided.home):
        done = carry_out()["counts"]["actions done"]
    lines = (decided.home / "outbox" / "actions.jsonl").read_text("utf-8").splitlines()
    assert len({json.loads(line)["key"] for line in lines}) == len(lines) == done
