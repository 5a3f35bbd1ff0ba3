"""becalm's own row: `becalm run` as its users run it, in a home of its own."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import func, select

from becalm.settings import Settings
from becalm.store import Comment, Run, Store, Text
from becalm.store.base import Base
from benchmarks.runs import BECALM

ENCODING = "embed"
# What it takes to get from vectors to campaigns.
FINDING = ("index", "compare", "group")


class RunFailed(Exception):
    """`becalm run` ended badly, or not in time."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Seconds by stage; `work_seconds` from the first row read to the last file published, start-up apart."""

    home: Path
    work_seconds: float
    startup_seconds: float
    peak_mib: int
    seconds: dict[str, float]

    @property
    def encoding_seconds(self) -> float:
        return self.seconds.get(ENCODING, 0.0)

    @property
    def finding_seconds(self) -> float:
        return sum(self.seconds.get(stage, 0.0) for stage in FINDING)


def run_becalm(comments: Path, home: Path, timeout_seconds: float | None = None) -> Ours:
    """Run it and read its figures from the run log; raises `RunFailed` with its last words."""
    earlier = _run_ids(home)
    started = perf_counter()
    command = [str(BECALM), "run", str(comments), "--home", str(home)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=timeout_seconds)
    except subprocess.TimeoutExpired as error:
        raise RunFailed(f"not done after {error.timeout:.0f} s") from error
    whole = perf_counter() - started
    if done.returncode:
        raise RunFailed("; ".join(done.stderr.splitlines()[-3:]))
    with Store.open(Settings(home=home).store_url) as store, store.reading() as session:
        jobs = [one for one in session.scalars(select(Run).order_by(Run.started_at)) if one.id not in earlier]
    work = sum((one.finished_at - one.started_at).total_seconds() for one in jobs if one.finished_at)
    seconds = {stage: spent for one in jobs for stage, spent in one.figures["seconds"].items()}
    return Ours(home, work, whole - work, max(one.figures["peak_memory_mib"] for one in jobs), seconds)


def _run_ids(home: Path) -> set[str]:
    if not (home / "becalm.db").exists():
        return set()
    with Store.open(Settings(home=home).store_url) as store, store.reading() as session:
        return set(session.scalars(select(Run.id)))


def assigned(home: Path, column: str = "campaign_id") -> dict[str, str]:
    """The campaign (or `group_id`) of each comment that the published assignments give one."""
    with (home / "published" / "assignments.jsonl").open(encoding="utf-8") as file:
        rows: list[dict[str, Any]] = [json.loads(line) for line in file]
    return {row["comment_id"]: row[column] for row in rows if row[column] is not None}


@dataclass(frozen=True, slots=True)
class Distinct:
    """Distinct normalised texts, and the row of each comment's text; what the brand itself wrote is left out."""

    texts: list[str]
    rows: dict[str, int]

    def of_length(self, characters: int) -> "Distinct":
        """Only texts that long or longer, with their comments."""
        kept = [row for row, text in enumerate(self.texts) if len(text) >= characters]
        places = {row: place for place, row in enumerate(kept)}
        rows = {comment: places[row] for comment, row in self.rows.items() if row in places}
        return Distinct([self.texts[row] for row in kept], rows)


def distinct_texts(home: Path) -> Distinct:
    """As becalm stored them, in the order of their ids."""
    with Store.open(Settings(home=home).store_url) as store, store.reading() as session:
        of_people = select(Comment.comment_id, Comment.text_id).where(Comment.is_brand.is_(False))
        comments = session.execute(of_people.order_by(Comment.id)).all()
        wanted = {text_id for _, text_id in comments}
        texts = session.execute(select(Text.id, Text.normalised).order_by(Text.id)).all()
    known = [(text_id, text) for text_id, text in texts if text_id in wanted]
    places = {text_id: row for row, (text_id, _) in enumerate(known)}
    return Distinct([text for _, text in known], {comment: places[text_id] for comment, text_id in comments})


def count(home: Path, table: type[Base]) -> int:
    """Rows of a table."""
    with Store.open(Settings(home=home).store_url) as store, store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
