import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.records import Judgement
from becalm.signals.joined import CERTAIN, joined_spam, lent_spam

SCORE = st.floats(0, 1).map(lambda score: round(score, 4))


def test_a_pushed_message_is_spam_in_each_of_its_comments():
    lent = lent_spam(Judgement.CAMPAIGN, 0.9, complaint=0.1, spam=0.2)
    assert joined_spam(0.2, lent, complaint=0.1) == pytest.approx(0.92)


def test_an_account_that_floods_is_treated_like_a_campaign():
    assert lent_spam(Judgement.FLOOD, 0.8, complaint=0.0, spam=0.0) == 0.8


@given(SCORE, SCORE, SCORE)
def test_an_echo_raises_nobody(likelihood, complaint, spam):
    assert lent_spam(Judgement.ECHO, likelihood, complaint, spam) == 0.0


@pytest.mark.parametrize("judgement", Judgement)
def test_customers_with_one_trouble_and_one_who_repeats_a_complaint_are_never_raised(judgement):
    assert lent_spam(judgement, 1.0, complaint=0.5, spam=0.49) == 0.0


def test_a_complaint_is_not_raised_by_the_company_it_is_in():
    assert joined_spam(0.1, 0.99, complaint=0.5) == 0.1


def test_what_sells_is_raised_whatever_it_complains_of():
    lent = lent_spam(Judgement.CAMPAIGN, 0.9, complaint=0.9, spam=0.6)
    assert joined_spam(0.6, lent, complaint=0.9) == 0.96


@given(st.sampled_from(Judgement), SCORE, SCORE, SCORE, SCORE, SCORE)
def test_belonging_never_lowers_a_score_and_never_makes_it_certain(judgement, likelihood, complaint, spam, own, mine):
    lent = lent_spam(judgement, likelihood, complaint, spam)
    assert 0 <= lent <= CERTAIN
    assert own <= joined_spam(own, lent, mine) <= max(own, 1.0)


@given(st.floats(0.001, 0.004))
def test_a_likelihood_that_moves_a_little_lends_the_same(step):
    assert lent_spam(Judgement.CAMPAIGN, 0.95, 0, 0) == lent_spam(Judgement.CAMPAIGN, 0.95 + step, 0, 0)
