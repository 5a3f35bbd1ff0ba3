"""Two runs on one home: the second waits if it may, and is turned away if it may not."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from becalm.errors import HomeBusy
from becalm.runs import alone_in

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
