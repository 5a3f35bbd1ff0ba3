"""The whole way under Prefect: everything is published, and a second time changes nothing."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowFilter, FlowFilterName
from prefect.client.schemas.objects import FlowRun
from sqlalchemy import func, select

from becalm.errors import HomeBusy, SourceUnusable
from becalm.policy import load_policy
from becalm.runs import alone_in
from becalm.settings import Settings
from becalm.store import Run, Store
from flows.ingest import ingest
from flows.moderate import moderate
from flows.review import review
from flows.whole_way import whole_way

Read = Callable[[], dict[str, Any]]

pytestmark = pytest.mark.usefixtures("prefect_server")


def runs_of(settings: Settings) -> int:
    with Store.open(settings.store_url) as store, store.reading() as session:
        return session.scalar(select(func.count()).select_from(Run)) or 0


def newest_run(client: SyncPrefectClient, flow: str, began: datetime) -> FlowRun:
    found = client.read_flow_runs(flow_filter=FlowFilter(name=FlowFilterName(any_=[flow])))
    (run,) = [one for one in found if one.created is not None and one.created >= began]
    return run


def test_it_publishes_everything_and_again_changes_nothing(
    stream: Path, settings: Settings, tables: Read, published: Read
) -> None:
    figures = whole_way(stream)
    counts, queues = figures["counts"], load_policy(None).queues
    assert counts["rows"] == counts["stored"] == 200
    assert {f"queues/{queue}.jsonl" for queue in queues} <= published().keys()
    assert len(published()["signals.jsonl"].splitlines()) == 200
    assert (settings.published / "review" / "index.html").exists()
    rows, files, runs = tables(), published(), runs_of(settings)
    again = whole_way(stream)
    assert again["counts"]["known"] == 200
    assert tables() == rows
    assert published() == files
    assert runs_of(settings) == runs + 3


def test_its_artifacts_hold_no_comment(stream: Path, client: SyncPrefectClient) -> None:
    whole_way(stream)
    artifacts = json.dumps([artifact.model_dump(mode="json") for artifact in client.read_artifacts()])
    rows = [json.loads(line) for line in (stream / "comments.jsonl").read_text("utf-8").splitlines()]
    assert '"queue' in artifacts
    texts = [json.dumps(row["text"])[1:-1] for row in rows if len(row["text"]) > 8]
    assert len(texts) > 100
    assert [text for text in texts if text in artifacts] == []
    assert [row["author_id"] for row in rows if row["author_id"] in artifacts] == []


def test_runs_are_named_by_what_they_work_on(stream: Path, client: SyncPrefectClient, tmp_path: Path) -> None:
    began = datetime.now(UTC)
    whole_way(stream / "comments.jsonl", stream / "threads.jsonl", home=tmp_path / "shop")
    ingest(stream / "comments.jsonl", home=tmp_path / "shop")
    moderate(home=tmp_path / "shop")
    review(home=tmp_path / "shop")
    names = {flow: newest_run(client, flow, began).name for flow in ("whole-way", "ingest", "moderate", "review")}
    day = f"{began:%Y-%m-%d}"
    assert names["whole-way"].startswith(f"whole-way comments.jsonl shop {day}")
    assert names["ingest"].startswith(f"ingest comments.jsonl shop {day}")
    assert names["moderate"].startswith(f"moderate shop {day}")
    assert names["review"].startswith(f"review shop {day}")


def test_a_missing_file_fails_the_run_with_its_reason(client: SyncPrefectClient, tmp_path: Path) -> None:
    began = datetime.now(UTC)
    with pytest.raises(SourceUnusable, match=r"nowhere\.jsonl: there is no such file"):
        whole_way(tmp_path / "nowhere.jsonl")
    run = newest_run(client, "whole-way", began)
    assert run.state is not None
    assert run.state.is_failed()


def test_a_home_at_work_is_left_alone(stream: Path, settings: Settings) -> None:
    with alone_in(settings.home), pytest.raises(HomeBusy):
        in_another_thread(whole_way, stream)


def in_another_thread(work: Callable[..., Any], *given: Any) -> Any:
    """The lock is a thread's own, as it is a process's own."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as beside:
        return beside.submit(work, *given).result()
