import pytest


@pytest.mark.parametrize(
    "text",
    [
        "you are an idiot",
        "u r such a total moron",
        "what an idiot you are",
        "idiots like you ruin this page",
        "you stupid clown",
        "fuck you",
        "shut the fuck up already",
        "eres un imbécil",
        "du bist ein arschloch",
        "f**k off",
        "you b*tch",
    ],
)
def test_an_insult_aimed_at_a_reader_is_abuse(score, text):
    assert score(text).abuse >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "i will kill you",
        "I know where you live",
        "kill yourself",
        "I hope you die",
        "someone should dox him",
        "we will leak your home address",
        "te voy a matar",
    ],
)
def test_threats_and_doxxing_score_higher_than_any_insult(score, text):
    assert score(text).abuse > score("you are an idiot").abuse


@pytest.mark.parametrize(
    "text",
    [
        "this is fucking awesome",
        "holy shit what a goal",
        "my ass hurts after that ride",
        "he called me an idiot and I left",
        'somebody wrote "you are an idiot" below my photo',
        "please stop calling people morons",
        'the troll said "kill yourself" to a child',
        "I am such an idiot, I forgot my password",
        "you are not an idiot",
        "I'd never say you are stupid",
        "what a pathetic score in the second half",
        "this killer whale documentary is great",
    ],
)
def test_swearing_at_nobody_and_reported_or_denied_abuse_are_no_abuse(score, text):
    assert score(text).abuse < 0.3


def test_the_closer_the_aim_the_higher_the_score(score):
    at_reader, at_other, at_nobody = (
        score(text).abuse for text in ("you are an idiot", "he is an idiot", "idiot test results are out")
    )
    assert at_reader > at_other > at_nobody > 0


def test_a_mild_insult_scores_less_than_a_strong_one(score):
    assert 0 < score("you are a clown").abuse < score("you are a moron").abuse


def test_the_reason_says_what_and_at_whom(score):
    (reason,) = (reason for reason in score("you are an idiot").reasons if reason.signal == "abuse")
    assert reason.text == "a strong insult, aimed at a reader: “idiot”"


def test_the_same_insult_again_adds_nothing(score):
    assert score("you idiot, you idiot, you idiot").abuse == score("you idiot").abuse


@pytest.mark.parametrize(
    "text", ["45s", "6 itch", "assassin", "class", "scunthorpe", "cocktail", "shiitake", "bass guitar"]
)
def test_a_swear_word_inside_another_word_is_none(score, text):
    assert score(text).abuse == 0
