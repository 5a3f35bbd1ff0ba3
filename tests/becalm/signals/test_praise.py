import pytest

from becalm.signals import Evidence
from becalm.signals.praise import meant_praise, praised_things
from becalm.signals.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "great service, thank you",
        "I love it",
        "highly recommend this shop",
        "the driver was so kind and helpful",
        "never disappointed, will order again",
        "me encanta el producto, gracias",
        "tolle beratung, vielen dank",
    ],
)
def test_praise_is_found(score, text):
    assert score(text).praise >= 0.3


@pytest.mark.parametrize(
    "text",
    [
        "not great",
        "I'm not happy",
        "thanks for nothing",
        "thanks in advance",
        "no thanks",
        "would be nice to get an answer",
        "good morning",
    ],
)
def test_denied_or_empty_praise_is_none(score, text):
    assert score(text).praise < 0.2


def test_praise_that_names_something_scores_higher(score):
    named = score("great delivery")
    assert named.praise > score("great").praise
    assert (named.praised, score("great").praised) == (["delivery"], [])
    assert "names what is good: “delivery”" in [reason.text for reason in named.reasons]


def test_a_thing_far_from_the_praise_is_not_what_is_praised(score):
    text = "lovely day for all of us here in the old town, later we talked about the price"
    assert score(text).praised == []


def test_praise_beside_a_complaint_is_hardly_meant(score):
    assert (
        score("great, my order never arrived, thank you so much").praise < score("great, thank you so much").praise / 2
    )


def test_stars_count(score):
    assert score("ok", rating=5.0).praise > score("ok", rating=4.0).praise > score("ok", rating=3.0).praise


@pytest.mark.parametrize(
    ("text", "telling", "things"),
    [
        ("they held the gate for us and the crew waved us in", {"held", "waved"}, ["gate", "crew"]),
        ("the crew", {"crew"}, []),
        ("figured it out in a minute, no manual", {"figured"}, []),
        ("the app opens before I sit down", {"opens"}, ["app"]),
        ("my screen is broken and you sorted it", {"sorted"}, []),
        (
            "we sorted it all out by ourselves and then took a long walk to the room",
            {"sorted"},
            [],
        ),
        ("my phone is in the room", set(), []),
    ],
)
def test_without_words_of_praise_a_thing_must_stand_by_a_word_that_tells(text, telling, things):
    reading = read(Evidence(text, text))
    assert not meant_praise(reading)
    assert praised_things(reading, telling) == things


def test_what_stands_by_a_word_of_praise_needs_no_other():
    reading = read(Evidence("great delivery", "great delivery"))
    assert praised_things(reading, ()) == ["delivery"]
