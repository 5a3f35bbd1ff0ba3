"""The published files written from the store, each whole or as it was."""

from collections.abc import Collection, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy.orm import Session

from .exports import EXPORTS, STORED_AS_JSON, queues_as_stored
from .files import write_csv, write_json_lines
from .signals_file import publish_signals

CASE_COLUMNS = (
    "case_id", "queue", "kind", "subject", "subject_ids", "priority", "opened_at", "due_at", "rule", "policy_version",
    "reasons", "suggested_action", "suggested_template", "evidence",
)  # fmt: skip
LINES = ("assignments", "campaigns", "accounts", "rings")


def publish_files(session: Session, folder: Path, queues: Collection[str]) -> dict[str, int]:
    """Write every published file into `folder`, with one for each of the queues; lines by file."""
    rows: dict[str, int] = {}
    for name in LINES:
        rows[f"{name} published"] = write_json_lines(folder / f"{name}.jsonl", EXPORTS[name](session))
    rows["signals published"] = publish_signals(session, folder / "signals.jsonl")
    _publish_queues(folder / "queues", queues_as_stored(session), set(queues))
    return rows


def is_complete(folder: Path, queues: Collection[str]) -> bool:
    """Whether every file is still there; somebody may have cleared the folder."""
    names = [f"{name}.jsonl" for name in EXPORTS if name != "queues"]
    names += [f"queues/{queue}{suffix}" for queue in queues for suffix in (".jsonl", ".csv")]
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
