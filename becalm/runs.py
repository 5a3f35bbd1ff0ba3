"""The run log: what a run did, how long each stage took, and the lock that keeps two runs off one home."""

import logging
import resource
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, FileLock, Timeout
from sqlalchemy import update

from .errors import HomeBusy
from .settings import Settings
from .store import Run, Store
from .store.upsert import add

logger = logging.getLogger(__name__)

Counts = dict[str, Any]

LOOK_AGAIN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class StageDone:
    """A stage that ended well: its seconds by the wall clock, and what it counted."""

    stage: str
    seconds: float
    counts: Counts


@dataclass(slots=True)
class RunLog:
    """The stages of one run so far."""

    id: str
    job: str
    stages: list[StageDone] = field(default_factory=list)

    def add(self, done: StageDone) -> StageDone:
        self.stages.append(done)
        counted = ", ".join(
            f"{name} {value}" for name, value in done.counts.items() if value and not isinstance(value, dict)
        )
        logger.info("%s: %s in %.1f s", done.stage, counted or "nothing new", done.seconds)
        return done

    @property
    def figures(self) -> Counts:
        """As kept in the run log and shown at the end."""
        return {
            "counts": {name: value for done in self.stages for name, value in done.counts.items()},
            "seconds": {done.stage: round(done.seconds, 3) for done in self.stages},
            "peak_memory_mib": peak_memory_mib(),
        }


def together(*figures: Counts) -> Counts:
    """The figures of runs that followed each other, as those of one."""
    seconds: Counter[str] = Counter()
    for one in figures:
        seconds.update(one["seconds"])
    return {
        "counts": {name: value for one in figures for name, value in one["counts"].items()},
        "seconds": dict(seconds),
        "peak_memory_mib": max(one["peak_memory_mib"] for one in figures),
    }


@contextmanager
def logged_run(settings: Settings, job: str) -> Iterator[RunLog]:
    """Work on a home alone, and leave a line in the run log whether it ends well or not.

    Where another process is at work on the same home, waits for it as long as `settings.wait_seconds` says (the
    command line: not at all), and then raises `HomeBusy`.
    """
    with alone_in(settings.home, settings.wait_seconds), Store.open(settings.store_url) as store:
        log = RunLog(uuid.uuid4().hex, job)
        with store.writing() as session:
            # Nobody else is at work here, so what still says it runs was killed.
            session.execute(update(Run).where(Run.state == "running").values(state="failed"))
            add(
                session,
                Run,
                [{"id": log.id, "job": job, "started_at": datetime.now(UTC), "state": "running", "figures": {}}],
            )
        try:
            yield log
        except BaseException:
            _finish(store, log, "failed")
            raise
        _finish(store, log, "done")


@contextmanager
def unlogged_run(settings: Settings, job: str) -> Iterator[RunLog]:
    """Work that others may do on the same home at the same time; a line in the run log only where it did something."""
    log, started_at = RunLog(uuid.uuid4().hex, job), datetime.now(UTC)
    yield log
    if any(value for done in log.stages for value in done.counts.values() if isinstance(value, int)):
        times = {"started_at": started_at, "finished_at": datetime.now(UTC)}
        with Store.open(settings.store_url) as store, store.writing() as session:
            add(session, Run, [{"id": log.id, "job": job, "state": "done", "figures": log.figures} | times])


@contextmanager
def alone_in(home: Path, wait_seconds: float = 0) -> Iterator[None]:
    """The lock of a home; it falls with the process, so a killed run never blocks the next."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "becalm.lock", is_singleton=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _await_turn(lock, home, wait_seconds)
    try:
        yield
    finally:
        lock.release()


def _await_turn(lock: BaseFileLock, home: Path, wait_seconds: float) -> None:
    if wait_seconds:
        logger.info("another run is at work on %s: waiting for it", home)
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=LOOK_AGAIN_SECONDS)
    except Timeout as error:
        raise HomeBusy(home) from error


def peak_memory_mib() -> int:
    """The most memory this process has held, MiB (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _finish(store: Store, log: RunLog, state: str) -> None:
    with store.writing() as session:
        session.execute(
            update(Run).where(Run.id == log.id).values(state=state, finished_at=datetime.now(UTC), figures=log.figures)
        )
