import pytest
from hypothesis import given
from hypothesis import strategies as st

FAR = "the train to the coast leaves every morning at nine"


def test_a_comment_far_from_its_thread_is_off_topic(score):
    assert score(FAR, context_similarity=-0.05).off_topic > 0.7
    assert score(FAR, context_similarity=0.5).off_topic == 0


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_the_closer_the_comment_the_lower_the_score(score, one, other):
    near, far = max(one, other), min(one, other)
    assert score(FAR, context_similarity=near).off_topic <= score(FAR, context_similarity=far).off_topic


@pytest.mark.parametrize(
    "text",
    [
        "too short for that",
        "ha ha ha ha ha ha ha ha",
        "great service, thank you all so much",
        "это совсем другая тема для разговора",
        "",
    ],
)
def test_short_reactions_praise_and_other_scripts_are_never_off_topic(score, text):
    assert score(text, context_similarity=-0.1).off_topic == 0


def test_nothing_is_said_without_a_similarity(score):
    assert score(FAR).off_topic == 0
    assert score(FAR, context_similarity=float("nan")).off_topic == 0


def test_accents_do_not_make_another_script(score):
    assert score("mañana iré también a la estación señor", context_similarity=-0.1).off_topic > 0.7
