"""Stages as Prefect runs them: what is worth a second try gets it, the rest fails at once."""

from pathlib import Path

import pytest
from prefect import flow

from becalm.errors import BatchRefused, CheckFailed, DiskFull, InputError, SourceUnusable, StoreUnusable
from becalm.runs import Counts, StageDone
from becalm.settings import Settings
from tasks.stage import RETRIES, stage

pytestmark = pytest.mark.usefixtures("prefect_server")

PASSING = [StoreUnusable("locked"), DiskFull(Path("x")), OSError("gone"), TimeoutError("slow")]
LASTING = [
    InputError("no"), SourceUnusable(Path("x"), "broken"), BatchRefused("comments", 9, 9, 0.5, "dates"),
    CheckFailed("cases", ["reasons"]), KeyError("x"),
]  # fmt: skip


class Stubborn:
    """A stage that raises these errors one after the other and then succeeds, run in a flow, without pauses."""

    def __init__(self, *errors: Exception) -> None:
        self.tries = 0
        self._errors = iter(errors)

    def run(self) -> StageDone:
        return flow(name="stubborn")(self._run)()

    def _run(self) -> StageDone:
        return stage("stubborn")(self._work).with_options(retry_delay_seconds=0)(Settings())

    def _work(self, settings: Settings) -> Counts:
        self.tries += 1
        if (error := next(self._errors, None)) is not None:
            raise error
        return {"tries": self.tries}


@pytest.mark.parametrize("error", PASSING, ids=lambda error: type(error).__name__)
def test_what_may_pass_is_tried_again(error: Exception) -> None:
    assert Stubborn(error).run().counts == {"tries": 2}


@pytest.mark.parametrize("error", LASTING, ids=lambda error: type(error).__name__)
def test_what_will_not_pass_fails_at_once(error: Exception) -> None:
    work = Stubborn(error)
    with pytest.raises(type(error)):
        work.run()
    assert work.tries == 1


def test_tries_come_to_an_end() -> None:
    work = Stubborn(*[StoreUnusable("locked")] * (RETRIES + 1))
    with pytest.raises(StoreUnusable):
        work.run()
    assert work.tries == RETRIES + 1
