from hypothesis import given
from hypothesis import strategies as st

from becalm.records import Reason
from becalm.signals.combine import noisy_or, weakened

SHARES = st.lists(st.floats(0, 1), max_size=6)


def reasons(scores):
    return [Reason("spam", score, "because") for score in scores]


def test_no_reason_is_no_score():
    assert noisy_or([]) == 0


@given(SHARES)
def test_together_reasons_are_at_least_as_strong_as_the_strongest(scores):
    assert max(scores, default=0) - 1e-4 <= noisy_or(reasons(scores)) <= 1


def test_two_halves_are_three_quarters():
    assert noisy_or(reasons([0.5, 0.5])) == 0.75


def test_weakened_reasons_say_why():
    assert weakened(reasons([0.5]), 0.2, "settled") == [Reason("spam", 0.1, "because (settled)")]
