from dataclasses import replace
from math import isfinite

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from becalm.records import Channel, Judgement
from embeddings.features import FEATURES, CommentFacts, Description, TextFacts, describe
from embeddings.groups import Group, Member
from embeddings.verdict import fitted_model, judge

MODEL = fitted_model()
DAY = 86_400


def described(
    text: str, *, accounts: int, each: int = 1, threads: int = 5, span: float = DAY, promotion: float = 0.0,
    link: bool = False, complaint: float = 0.0,
) -> Description:  # fmt: skip
    """A group of one text, posted `each` times by every account, spread evenly over threads and time."""
    count = accounts * each
    group = Group((Member(1, 1.0, Channel.CHARACTERS),))
    rows = np.arange(count)
    facts = CommentFacts(np.ones(count, np.int64), rows % accounts, rows % threads, np.linspace(0, span, count))
    return describe([group], facts, {1: TextFacts(text, None, promotion, complaint, link)})[0]


@pytest.mark.parametrize("text", ["first", "yes", "lol", "why", "nice", "😂", "hahaha", "who is watching in 2026?", ""])
@pytest.mark.parametrize("accounts", [2, 10, 100, 3_000])
@pytest.mark.parametrize("each", [2, 4])
def test_a_few_words_by_many_are_never_a_campaign(text, accounts, each):
    for threads in (1, 10, 200):
        for span in (60, DAY, 30 * DAY):
            verdict = judge(described(text, accounts=accounts, each=each, threads=threads, span=span), MODEL)
            assert verdict.judgement is Judgement.ECHO
            assert verdict.score < MODEL.threshold


def test_the_push_of_a_few_accounts_is_a_campaign():
    pitch = "my savings doubled with coach bellamy, write to her before monday at bellamy-trades.example"
    verdict = judge(described(pitch, accounts=6, each=8, threads=30, promotion=0.9, link=True), MODEL)
    assert verdict.judgement is Judgement.CAMPAIGN
    assert verdict.score >= MODEL.threshold


def test_one_account_that_repeats_a_pitch_is_a_flood():
    pitch = "my savings doubled with coach bellamy, write to her before monday at bellamy-trades.example"
    verdict = judge(described(pitch, accounts=1, each=20, threads=10, promotion=0.9, link=True), MODEL)
    assert verdict.judgement is Judgement.FLOOD


def test_customers_with_a_complaint_are_an_echo_by_policy():
    plea = "six weeks and still no parcel, nobody answers my letters, please help me"
    verdict = judge(described(plea, accounts=5, each=4, complaint=0.9), MODEL)
    assert verdict.judgement is Judgement.ECHO
    assert [reason.signal for reason in verdict.reasons] == ["complaint"]


def test_promotion_dressed_as_a_complaint_is_not_protected():
    plea = "i was robbed of my savings until coach bellamy brought all back, write to her at bellamy.example today"
    verdict = judge(described(plea, accounts=5, each=8, complaint=0.9, promotion=0.9, link=True), MODEL)
    assert verdict.judgement is Judgement.CAMPAIGN


# Counts, shares, lengths and spans: none is ever below zero.
numbers = arrays(float, len(FEATURES), elements=st.floats(0, 1e6))
counts = st.integers(1, 10**7)


@given(numbers, counts, counts, st.floats(0, 1))
def test_a_verdict_has_reasons_and_finite_scores_for_any_extreme(features, comments, accounts, complaint):
    features = features.copy()
    # A gap is a logarithm of seconds: more than the age of the universe is no extreme but a mistake.
    features[FEATURES.index("log_gap")] = np.clip(features[FEATURES.index("log_gap")], 0, 40)
    verdict = judge(Description(features, comments, 3, accounts, 2, 0.0, 1e9, complaint), MODEL)
    assert 0 <= verdict.score <= 1
    assert verdict.reasons
    assert all(isfinite(reason.score) and reason.text for reason in verdict.reasons)
    assert verdict.reasons == tuple(sorted(verdict.reasons, key=lambda reason: -reason.score))


@given(numbers)
def test_the_verdict_is_that_of_the_likelihood(features):
    longer = features.copy()
    longer[FEATURES.index("length")] = 2
    longer[FEATURES.index("log_gap")] = 3
    one = Description(longer, 9, 3, 4, 2, 0.0, 1e6, 0.0)
    verdict = judge(one, MODEL)
    assert (verdict.judgement is Judgement.ECHO) == (verdict.score < MODEL.threshold)
    assert judge(replace(one, accounts=1), MODEL).judgement is not Judgement.CAMPAIGN


def test_the_shipped_model_knows_every_feature():
    assert {len(MODEL.mean), len(MODEL.scale), len(MODEL.weight)} == {len(FEATURES)}
    assert (MODEL.scale > 0).all()
    assert 0 < MODEL.threshold < 1
