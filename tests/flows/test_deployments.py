"""`make schedule` for real: prefect.yaml on a Prefect server of its own, with a worker that runs what is due."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import DeploymentResponse

from becalm.policy import load_policy
from becalm.simulate import simulate

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120
LOOK_SECONDS = 0.2

# A machine's own settings of its server; the defaults look for work every ten seconds and for a free slot every thirty.
PROFILE = """
active = "brisk"
[profiles.brisk]
PREFECT_WORKER_QUERY_SECONDS = "0.5"
PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS = "1"
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Schedule:
    """What `make schedule` started."""

    client: SyncPrefectClient
    home: Path
    inbox: Path

    def deployment(self, name: str) -> DeploymentResponse:
        return self.client.read_deployment_by_name(f"{name}/{name}")

    def runs(self, name: str) -> Sequence[FlowRun]:
        """Those of a deployment that are not only planned, the oldest first."""
        named = DeploymentFilter(name=DeploymentFilterName(any_=[name]))
        found = self.client.read_flow_runs(deployment_filter=named)
        asked = (run for run in found if not run.auto_scheduled)
        return sorted(asked, key=lambda run: run.expected_start_time)

    def ask_for(self, name: str) -> FlowRun:
        return self.client.create_flow_run_from_deployment(self.deployment(name).id)

    def ended(self, name: str, count: int) -> Sequence[FlowRun]:
        """So many runs of a deployment, as soon as they have ended well."""

        def look() -> Sequence[FlowRun] | None:
            runs = self.runs(name)
            final = [run for run in runs if run.state is not None and run.state.is_final()]
            assert all(run.state.is_completed() for run in final), [run.state for run in final]
            return runs if len(final) >= count else None

        return soon(look)


def soon(look: Callable[[], T | None]) -> T:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(LOOK_SECONDS)
    raise AssertionError(f"nothing in {PATIENCE_SECONDS} seconds")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def with_mark(mark: str) -> list[int]:
    """Processes that have this in their environment."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def schedule(tmp_path_factory: pytest.TempPathFactory, model_cache: Path) -> Iterator[Schedule]:
    """Up once for these tests; at the end nothing of it may be left."""
    folder, port = tmp_path_factory.mktemp("schedule"), free_port()
    home, inbox, log = folder / "home", folder / "inbox", folder / "schedule.log"
    (home / "prefect").mkdir(parents=True)
    (home / "prefect" / "profiles.toml").write_text(PROFILE)
    surroundings = os.environ | {
        "BECALM_HOME": str(home), "BECALM_INBOX": str(inbox), "BECALM_CACHE": str(model_cache),
        "BECALM_SETTLE_SECONDS": "0",
    }  # fmt: skip
    command = [sys.executable, "deploy/schedule.py", "--port", str(port)]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL, stdout=file, stderr=file
        )
    try:
        soon(lambda: is_up(log, process) or None)
        with SyncPrefectClient(api=f"http://127.0.0.1:{port}/api") as client:
            yield Schedule(client, home, inbox)
    finally:
        process.send_signal(signal.SIGINT)
        status = process.wait(PATIENCE_SECONDS)
        left = with_mark(f"PREFECT_HOME={home / 'prefect'}")
        for one in left:
            os.kill(one, signal.SIGKILL)
    assert (status, left) == (0, []), log.read_text()


def is_up(log: Path, process: "subprocess.Popen[bytes]") -> bool:
    assert process.poll() is None, log.read_text()
    return "stop  " in log.read_text()


def test_every_schedule_is_planned_ahead_under_its_name(schedule: Schedule) -> None:
    names = ("ingest", "carry-out", "review", "maintain")
    slugs = {name: [one.slug for one in schedule.deployment(name).schedules] for name in names}
    assert slugs == {
        "ingest": ["every-ten-minutes"], "carry-out": ["every-two-minutes"], "review": ["weekly"],
        "maintain": ["nightly"],
    }  # fmt: skip
    for name in slugs:
        named = DeploymentFilter(name=DeploymentFilterName(any_=[name]))
        assert soon(lambda named=named: schedule.client.read_flow_runs(deployment_filter=named) or None)


def test_every_deployment_runs_alone_and_is_tagged(schedule: Schedule) -> None:
    for name in ("ingest", "moderate", "carry-out", "review", "maintain"):
        deployment = schedule.deployment(name)
        assert deployment.global_concurrency_limit is not None
        assert deployment.global_concurrency_limit.limit == 1
        assert deployment.tags == ["becalm"]
        assert deployment.work_pool_name == "becalm"
        assert deployment.paused is False


@pytest.fixture(scope="module")
def moderated(schedule: Schedule, tmp_path_factory: pytest.TempPathFactory) -> Schedule:
    """Fifty comments were put into the inbox, an ingest was asked for, and a moderation that nobody asked for ended."""
    stream = simulate(tmp_path_factory.mktemp("stream"), comments=50, seed=3).out
    shutil.copytree(stream, schedule.inbox, dirs_exist_ok=True)
    schedule.ask_for("ingest")
    schedule.ended("moderate", 1)
    return schedule


def test_moderate_follows_an_ingest_and_publishes(moderated: Schedule) -> None:
    published = moderated.home / "published"
    assert {f"{queue}.jsonl" for queue in load_policy(None).queues} <= {
        path.name for path in (published / "queues").iterdir()
    }
    assert len((published / "signals.jsonl").read_text("utf-8").splitlines()) == 50


def test_the_rooms_own_lines_reach_the_run(moderated: Schedule) -> None:
    (run,) = moderated.ended("ingest", 1)
    lines = [log.message for log in moderated.client.read_logs() if log.flow_run_id == run.id]
    assert any("take in inbox: " in line and "stored 50" in line for line in lines)


def test_two_moderations_never_overlap(moderated: Schedule) -> None:
    asked = {moderated.ask_for("moderate").id for _ in range(2)}
    runs = [run for run in moderated.ended("moderate", 3) if run.id in asked]
    first, second = sorted(runs, key=lambda run: run.start_time)
    assert first.end_time <= second.start_time


def test_a_taken_port_is_told_at_once(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "deploy/schedule.py", "--port", str(port)],
            cwd=ROOT, env=os.environ | {"BECALM_HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"becalm: port {port} is taken")
    assert list(tmp_path.iterdir()) == []
