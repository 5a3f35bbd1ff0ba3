"""`becalm run` from outside, as its users run it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import inspect, select, text

from becalm.settings import Settings
from becalm.store import Run, Store

BECALM = Path(sys.executable).with_name("becalm")


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: seconds from the first row read to the last file published, and those before."""

    work_seconds: float
    startup_seconds: float
    peak_memory_mib: int
    counts: dict[str, Any]
    seconds: dict[str, float]


def run(comments: Path, home: Path) -> Ran:
    """Run it, and read its figures from the run log."""
    started = perf_counter()
    command = [BECALM, "run", comments, "--home", home]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    whole = perf_counter() - started
    with Store.open(Settings(home=home).store_url) as store, store.reading() as session:
        newest = session.scalars(select(Run).order_by(Run.started_at.desc()).limit(3)).all()
    first, last = newest[-1].started_at, newest[0].finished_at
    assert last is not None
    work = (last - first).total_seconds()
    figures = [one.figures for one in reversed(newest)]
    counts = {name: value for one in figures for name, value in one["counts"].items()}
    seconds = {name: value for one in figures for name, value in one["seconds"].items()}
    return Ran(work, whole - work, max(one["peak_memory_mib"] for one in figures), counts, seconds)


def tables_digest(home: Path) -> str:
    """A digest of every row of every table but the run log."""
    digest = blake2b(digest_size=16)
    with Store.open(Settings(home=home).store_url) as store, store.engine.connect() as connection:
        for table in sorted(inspect(store.engine).get_table_names()):
            if table != Run.__tablename__:
                for row in connection.execute(text(f"SELECT * FROM {table} ORDER BY rowid")):
                    digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def score(shared: Path, home: Path) -> dict[str, float]:
    """What the scorer of the labelled set says of the published assignments."""
    command = [sys.executable, shared / "tools" / "score_campaigns.py", "--json"]
    command += [shared / "data" / "youtube-2013" / "truth.csv", home / "published" / "assignments.jsonl"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def help_seconds() -> float:
    """The median of five `becalm --help`."""
    spent = []
    for _ in range(5):
        started = perf_counter()
        subprocess.run([BECALM, "--help"], check=True, stdout=subprocess.DEVNULL)
        spent.append(perf_counter() - started)
    return sorted(spent)[2]
