"""The published files and their summary as Prefect artifacts."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.context import FlowRunContext

from becalm.exports import EXPORTS, STORED_AS_JSON, counts, queues_as_stored
from becalm.files import write_csv, write_json_lines
from becalm.policy import Policy, load_policy
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.signals_file import publish_signals
from becalm.store import Store
from becalm.store.marks import is_made_from, mark_made_from
from tasks.judged import cases_from
from tasks.stage import stage

CASE_COLUMNS = (
    "case_id", "queue", "kind", "subject", "subject_ids", "priority", "opened_at", "due_at", "rule", "policy_version",
    "reasons", "suggested_action", "suggested_template", "evidence",
)  # fmt: skip


STAGE = "publish"


@stage(STAGE, timeout_seconds=3600)
def publish(settings: Settings) -> Counts:
    """Every published file anew, each whole or as it was."""
    policy = load_policy(settings.policy)
    rows: Counts = {}
    with Store.open(settings.store_url) as store, store.writing() as session:
        inputs = cases_from(session, policy)
        if not is_made_from(session, STAGE, inputs) or not _is_complete(settings.published, policy):
            for name in ("assignments", "campaigns", "accounts", "rings"):
                records = EXPORTS[name](session)
                rows[f"{name} published"] = write_json_lines(settings.published / f"{name}.jsonl", records)
            rows["signals published"] = publish_signals(session, settings.published / "signals.jsonl")
            _publish_queues(settings.published / "queues", queues_as_stored(session), set(policy.queues))
            mark_made_from(session, STAGE, inputs)
        summary = counts(session)
    _publish_artifacts(settings, summary)
    return {**rows, **summary}


def _is_complete(folder: Path, policy: Policy) -> bool:
    """Whether every file is still there; somebody may have cleared the folder."""
    names = [f"{name}.jsonl" for name in EXPORTS if name != "queues"]
    names += [f"queues/{queue}{suffix}" for queue in policy.queues for suffix in (".jsonl", ".csv")]
    return all((folder / name).exists() for name in names)


def _publish_queues(folder: Path, cases: Iterator[dict[str, Any]], queues: set[str]) -> None:
    """A queue without cases has an empty file, and a queue the policy no longer has none."""
    waiting = {queue: list(mine) for queue, mine in groupby(cases, key=lambda case: case["queue"])}
    for queue in sorted(queues | waiting.keys()):
        write_json_lines(folder / f"{queue}.jsonl", map(_as_line, waiting.get(queue, [])))
        write_csv(folder / f"{queue}.csv", CASE_COLUMNS, waiting.get(queue, []))
    for path in folder.glob("*.*"):
        if path.stem not in queues | waiting.keys() and path.suffix in {".jsonl", ".csv"}:
            path.unlink()


def _as_line(case: dict[str, Any]) -> dict[str, Any]:
    return case | {name: orjson.Fragment(case[name]) for name in STORED_AS_JSON}


def _publish_artifacts(settings: Settings, summary: dict[str, dict[str, int]]) -> None:
    """Counts and links only: artifacts may be read by everybody who sees the Prefect server."""
    if FlowRunContext.get() is None:
        return
    cases = [{"queue": queue, "open cases": count} for queue, count in summary["cases"].items()]
    groups = [{"verdict": verdict, "groups": count} for verdict, count in summary["groups"].items()]
    create_table_artifact(cases, key="queues", description="Open cases by queue")
    create_table_artifact(groups, key="groups", description="Groups by verdict")
    create_link_artifact(settings.published.absolute().as_uri(), link_text="published files", key="published")
    create_link_artifact(
        (settings.data_docs / "index.html").absolute().as_uri(), link_text="Data Docs", key="data-docs"
    )
