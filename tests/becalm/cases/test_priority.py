from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.cases.priority import Circumstances, reach, urgency
from becalm.policy import load_policy

RULES = load_policy().priority
share = st.floats(0, 1)
counted = st.integers(1, 100_000)
circumstances = st.builds(Circumstances, share, share, counted, counted, counted, share, counted, st.booleans())
NUMBERS = ("severity", "evidence", "account")
COUNTS = ("comments", "accounts", "threads", "repeats")


def priority(case):
    return urgency(case, RULES, "a rule").priority


@given(circumstances, st.sampled_from(NUMBERS), share)
def test_a_higher_score_never_lowers_priority(case, name, score):
    low, high = sorted((getattr(case, name), score))
    assert priority(replace(case, **{name: low})) <= priority(replace(case, **{name: high}))


@given(circumstances, st.sampled_from(COUNTS), st.integers(1, 1000))
def test_more_of_anything_never_lowers_priority(case, name, more):
    assert priority(case) <= priority(replace(case, **{name: getattr(case, name) + more}))


@given(circumstances)
def test_priority_stays_within_bounds_and_says_why(case):
    urgent = urgency(case, RULES, "a rule")
    assert 0 <= urgent.priority <= 1
    assert (urgent.priority > 0.0001) <= bool(urgent.reasons)
    assert all(0 < reason.score <= 1 for reason in urgent.reasons)


@given(circumstances)
def test_a_waiting_customer_comes_before_anybody_in_the_same_place(case):
    assert priority(replace(case, is_customer=False)) <= priority(replace(case, is_customer=True))


def test_the_formula_is_the_one_written_down():
    case = Circumstances(severity=0.5, evidence=1.0, repeats=2)
    weights = RULES.weights
    expected = 1 - (1 - weights.severity / 2) * (1 - weights.evidence) * (1 - weights.repeats / 2)
    assert priority(case) == pytest.approx(expected, abs=1e-4)


def test_reach_counts_up_to_full_reach_and_no_further():
    case = Circumstances(0.5, 0.5)
    assert reach(case, 1000) == 0
    full = replace(case, comments=1000, accounts=1000, threads=1000)
    assert reach(full, 1000) == pytest.approx(1)
    assert reach(replace(full, comments=10**6), 1000) == pytest.approx(1)
