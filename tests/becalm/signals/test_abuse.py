import pytest

from becalm.signals.combine import noisy_or


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
def test_threats_and_doxxing_weigh_more_than_any_insult(score, insulting, text):
    assert noisy_or(insulting(text)) > noisy_or(insulting("you are an idiot"))
    assert score(text).abuse >= 0.85


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
def test_swearing_at_nobody_and_reported_or_denied_abuse_are_no_insults(insulting, text):
    assert noisy_or(insulting(text)) < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "this is fucking awesome",
        "please stop calling people morons",
        "he called me an idiot and I left",
        'somebody wrote "you are an idiot" below my photo',
        "I am such an idiot, I forgot my password",
        "what a pathetic score in the second half",
        "your service is terrible, where is my refund?",
        "I don't hate muslims, who told you that?",
    ],
)
def test_what_only_looks_like_abuse_is_not_flagged(score, text):
    assert score(text).abuse < 0.5


def test_the_closer_the_aim_the_more_an_insult_weighs(insulting):
    at_reader, at_other, at_nobody = (
        noisy_or(insulting(text)) for text in ("you are an idiot", "he is an idiot", "idiot test results are out")
    )
    assert at_reader > at_other > at_nobody > 0


def test_a_mild_insult_scores_less_than_a_strong_one(score):
    assert 0 < score("you are a clown").abuse < score("you are a moron").abuse


def test_the_reason_says_what_and_at_whom(score):
    scores = score("you are an idiot")
    whole, part = (reason for reason in scores.reasons if reason.signal == "abuse")
    assert whole.text == "abusive: a strong insult; target: another customer or reader"
    assert part.text == "a strong insult, aimed at a reader: “idiot”"
    assert whole.score == scores.abuse


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("your drivers are idiots", "staff"),
        ("all muslims are vermin", "a group of people"),
        ("this company is run by morons", "the brand"),
        ("you moron", "another customer or reader"),
        ("he is a moron", "somebody else"),
        ("fuck this shit", "nobody"),
    ],
)
def test_the_reason_names_the_target(score, text, target):
    first = next(reason for reason in score(text).reasons if reason.signal == "abuse")
    assert first.text.endswith(f"target: {target}")


def test_the_same_insult_again_adds_nothing(insulting):
    assert insulting("you idiot, you idiot, you idiot") == insulting("you idiot")


@pytest.mark.parametrize("disguised", ["you stuupid idiot", "you stupd idiot", "you stupid !diot"])
def test_a_disguise_hides_nothing(score, disguised):
    assert score(disguised).abuse == pytest.approx(score("you stupid idiot").abuse, abs=0.05)


@pytest.mark.parametrize(
    "text", ["45s", "6 itch", "assassin", "class", "scunthorpe", "cocktail", "shiitake", "bass guitar"]
)
def test_a_swear_word_inside_another_word_is_none(score, insulting, text):
    assert insulting(text) == []
    assert score(text).abuse < 0.5
