from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.campaigns.timeline import timeline

START = datetime(2026, 1, 30, 22, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "step"), [(0, "hour"), (1, "hour"), (2, "day"), (21, "day"), (22, "week"), (200, "month"), (2_000, "year")]
)
def test_steps_fit_the_span(days, step):
    assert timeline([START, START + timedelta(days=days)]).step == step


def test_steps_without_a_comment_are_there():
    found = timeline([START, START + timedelta(days=3), START + timedelta(days=3, minutes=5)])
    assert [(start.day, comments) for start, comments in found.steps] == [(30, 1), (31, 0), (1, 0), (2, 2)]
    assert all((start.hour, start.minute) == (0, 0) for start, _ in found.steps)


def test_weeks_start_on_monday():
    found = timeline([START, START + timedelta(days=40)])
    assert {start.weekday() for start, _ in found.steps} == {0}
    assert len(found.steps) == 7


def test_months_follow_each_other():
    found = timeline([START, START + timedelta(days=400)])
    assert [start.month for start, _ in found.steps] == [*range(1, 13), 1, 2, 3]


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=70 * 365)).map(lambda since: START + since), min_size=1))
def test_no_comment_is_lost_and_no_step_stands_twice(times):
    found = timeline(times)
    starts = [start for start, _ in found.steps]
    assert sum(comments for _, comments in found.steps) == len(times)
    assert starts == sorted(set(starts))
    assert starts[0] <= min(times)
    assert found.steps[-1][1] > 0
    assert len(starts) <= 72
