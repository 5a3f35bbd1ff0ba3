from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from becalm.review.scores import STEPS, measure_scores, steps_of

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)

offenders = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


@given(offenders)
def test_every_offender_is_in_one_step_and_a_higher_threshold_reaches_no_more(found: list[tuple[float, bool]]) -> None:
    steps = steps_of(found)
    assert len(steps) == STEPS
    assert sum(step.accounts for step in steps) == steps[0].reached == len(found)
    assert all(one.reached - one.accounts == higher.reached for one, higher in pairwise(steps))
    assert all(step.warned <= step.reached for step in steps)
    assert steps[0].warned == sum(warned for _, warned in found)


def test_without_offenders_there_is_nothing_to_choose_by() -> None:
    assert steps_of([]) == ()


def test_scores_are_those_of_all_offenders_whenever_they_wrote(story: Any) -> None:
    for name, score in (("loud", 0.62), ("quiet", 0.64), ("old", 0.1)):
        story.comment(name, MONDAY, account=name)
        story.offender(name, score, "3 floods")
    with story.save().reading() as session:
        steps = measure_scores(session)
    assert {step.low: step.accounts for step in steps if step.accounts} == {0.1: 1, 0.6: 2}
    assert (steps[0].reached, steps[12].reached, steps[13].reached) == (3, 2, 0)
