"""Decisions judged twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from becalm.decisions.agreement import agreement_of

PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)


def test_kappa_is_that_of_the_textbook():
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    told = agreement_of("rule", "spam", pairs)
    assert (told.looks, told.agreed, told.base_rate) == (50, 0.7, 0.6)
    assert told.kappa == pytest.approx(0.4)


def test_always_the_same_word_has_no_kappa():
    assert agreement_of("rule", "spam", [(True, True)] * 9).kappa is None


@given(PAIRS)
def test_kappa_agrees_with_another_implementation(pairs):
    told = agreement_of("by", "ann", pairs)
    if told.kappa is not None:
        first, second = zip(*pairs, strict=True)
        assert told.kappa == pytest.approx(cohen_kappa_score(first, second, labels=[False, True]))
