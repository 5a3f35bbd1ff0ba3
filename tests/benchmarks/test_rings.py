"""What is measured about rings and bans."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest

from becalm.policy import load_policy
from benchmarks.bans_in_runs import owners
from benchmarks.heat import STEPS, moments
from benchmarks.rings import CREWS, SIZE, make_crews, rings_among
from tasks.rings import Wrote


@pytest.fixture
def wrote() -> Wrote:
    """Two hundred people who write once each, in twenty threads, over a month."""
    people = np.arange(200)
    times = np.sort(np.random.default_rng(1).random(200)) * 30 * 86_400
    return Wrote(people.tolist(), people, people % 20, np.full(200, -1), times)


def test_crews_who_say_the_same_are_found_and_nobody_else(wrote: Wrote) -> None:
    crews = make_crews(wrote, "messages", 4, Random(1))
    found = rings_among(wrote, load_policy(), crews)
    members = {one for ring in found.rings for one in ring.accounts}
    assert members == set(range(200, 200 + CREWS * SIZE))
    assert {len({crews.crew_of(one, 200) for one in ring.accounts}) for ring in found.rings} == {1}


def test_without_crews_there_is_no_ring(wrote: Wrote) -> None:
    assert rings_among(wrote, load_policy()).rings == ()


def test_the_clock_is_slid_over_all_but_the_beginning() -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    times = list(moments(first, first + timedelta(days=300)))
    assert STEPS - 2 <= len(times) <= STEPS
    assert first < times[0] < times[-1] < first + timedelta(days=300)


def test_owners_are_those_of_the_stream(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id,alternate_of\nx:b,x:a\n")
    assert owners(tmp_path) == {"x:b": "x:a"}
