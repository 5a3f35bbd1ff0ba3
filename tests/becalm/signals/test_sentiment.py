import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "text",
    [
        "I love this",
        "never disappointed",
        "not bad",
        "can't complain",
        "😍",
        "so good :)",
        "fucking awesome",
        "muy buena",
        "toll",
    ],
)
def test_warm_words_are_above_zero(score, text):
    assert score(text).sentiment > 0.1


@pytest.mark.parametrize(
    "text",
    [
        "I hate this",
        "not happy",
        "not good",
        "thanks for nothing",
        "😡",
        "oh no :(",
        "this is terrible",
        "pésimo",
        "schlecht",
    ],
)
def test_cold_words_are_below_zero(score, text):
    assert score(text).sentiment < -0.1


@pytest.mark.parametrize(
    "text", ["", "the shop is in the second street", "good morning", "I would like to know", "die katze"]
)
def test_words_that_say_nothing_are_zero(score, text):
    assert score(text).sentiment == 0


def test_very_is_stronger(score):
    assert score("very good").sentiment > score("good").sentiment
    assert score("really bad").sentiment < score("bad").sentiment


def test_a_negation_reaches_to_the_end_of_its_clause_only(score):
    assert score("it is not. good").sentiment > 0
    assert score("not only good").sentiment > 0


@given(st.integers(1, 60))
def test_more_of_the_same_never_leaves_the_range(score, times):
    assert 0 < score("great " * times).sentiment <= 1
    assert -1 <= score("awful " * times).sentiment < 0


def test_the_reason_names_the_words(score):
    (reason,) = (reason for reason in score("awful, just awful and bad").reasons if reason.signal == "sentiment")
    assert reason.text == "cold words: “awful”, “bad”"
