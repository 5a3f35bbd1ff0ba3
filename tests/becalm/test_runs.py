"""Two runs on one home: the second waits if it may, and is turned away if it may not."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from becalm.errors import HomeBusy
from becalm.runs import StageDone, alone_in, logged_run, together
from becalm.settings import settings_for
from becalm.store import Run, Store

PATIENCE_SECONDS = 60


@pytest.fixture
def waiting() -> Iterator[Event]:
    """Set when a run says that it waits."""
    said = Event()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "waiting for it" in record.getMessage():
                said.set()

    runs, listener = logging.getLogger("becalm.runs"), Listener()
    level = runs.level
    runs.addHandler(listener)
    runs.setLevel(logging.INFO)
    yield said
    runs.setLevel(level)
    runs.removeHandler(listener)


def work(home: Path, wait_seconds: float) -> str:
    with alone_in(home, wait_seconds):
        return "worked"


def test_a_second_run_waits_for_its_turn(tmp_path: Path, waiting: Event) -> None:
    with ThreadPoolExecutor(1) as beside:
        with alone_in(tmp_path):
            second = beside.submit(work, tmp_path, PATIENCE_SECONDS)
            assert waiting.wait(PATIENCE_SECONDS)
            assert not second.done()
        assert second.result(PATIENCE_SECONDS) == "worked"


def test_a_run_that_may_not_wait_is_turned_away_at_once(tmp_path: Path, waiting: Event) -> None:
    with ThreadPoolExecutor(1) as beside, alone_in(tmp_path):
        with pytest.raises(HomeBusy):
            beside.submit(work, tmp_path, 0).result()
        assert not waiting.is_set()


def test_a_run_within_a_run_has_the_home_already(tmp_path: Path) -> None:
    with alone_in(tmp_path):
        assert work(tmp_path, 0) == "worked"


def ask(home: Path, *columns: object) -> list[tuple[object, ...]]:
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.reading() as session:
        return list(session.execute(select(*columns).order_by(Run.started_at)))


def test_a_second_process_is_turned_away_and_let_in_when_the_first_has_gone(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom becalm.runs import alone_in\n"
        "with alone_in(Path(sys.argv[1])):\n    print('in', flush=True)\n    sys.stdin.read()"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", script, tmp_path], **pipes) as first:
        assert first.stdout
        assert first.stdout.readline() == b"in\n"
        with pytest.raises(HomeBusy, match="another run is at work"):
            work(tmp_path, 0)
        first.kill()
        first.wait()
    assert work(tmp_path, 0) == "worked"


def test_a_run_that_ends_well_leaves_its_figures(tmp_path: Path) -> None:
    with logged_run(settings_for(home=tmp_path), "moderate") as log:
        log.add(StageDone("embed", 1.23456, {"texts": 9, "embedded": 0}))
        log.add(StageDone("publish", 0.5, {"groups": {"echo": 2}}))
        assert ask(tmp_path, Run.state, Run.finished_at) == [("running", None)]
    ((job, state, finished_at, figures),) = ask(tmp_path, Run.job, Run.state, Run.finished_at, Run.figures)
    assert (job, state) == ("moderate", "done")
    assert finished_at is not None
    assert figures["seconds"] == {"embed": 1.235, "publish": 0.5}
    assert figures["counts"] == {"texts": 9, "embedded": 0, "groups": {"echo": 2}}
    assert figures["peak_memory_mib"] > 0


@pytest.mark.parametrize("fault", [RuntimeError("broken"), KeyboardInterrupt()])
def test_a_run_that_fails_leaves_what_it_had_done_and_lets_the_next_in(tmp_path: Path, fault: BaseException) -> None:
    def fail() -> None:
        with logged_run(settings_for(home=tmp_path), "moderate") as log:
            log.add(StageDone("embed", 1.0, {"texts": 9}))
            raise fault

    with pytest.raises(type(fault)):
        fail()
    with logged_run(settings_for(home=tmp_path), "review"):
        pass
    assert ask(tmp_path, Run.job, Run.state) == [("moderate", "failed"), ("review", "done")]
    assert ask(tmp_path, Run.figures)[0][0]["counts"] == {"texts": 9}


def test_figures_of_runs_in_a_row_are_added_up() -> None:
    first = {"counts": {"rows": 5}, "seconds": {"read": 1.0, "embed": 2.0}, "peak_memory_mib": 300}
    second = {"counts": {"groups": 2}, "seconds": {"embed": 0.5}, "peak_memory_mib": 200}
    assert together(first, second) == {
        "counts": {"rows": 5, "groups": 2},
        "seconds": {"read": 1.0, "embed": 2.5},
        "peak_memory_mib": 300,
    }
