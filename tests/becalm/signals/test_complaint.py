import pytest


@pytest.mark.parametrize(
    "text",
    [
        "where is my refund?",
        "my order never arrived",
        "I have been waiting 12 days for an answer",
        "the app doesn't work since the update",
        "nobody answers my emails",
        "terrible customer service",
        "I'm not happy with this",
        "never buying from you again",
        "on hold for 2 hours",
        "mi pedido no ha llegado y nadie contesta",
        "die lieferung ist nicht angekommen",
    ],
)
def test_an_unmet_promise_is_a_complaint(score, text):
    assert score(text).complaint >= 0.4


@pytest.mark.parametrize(
    "text",
    [
        "can't complain",
        "no complaints at all, no delays",
        "I was never disappointed by this shop",
        "great service",
        "my bag is not broken",
        "the song is about waiting",
        "first",
        "you are an idiot",
        "sin problemas, todo bien",
    ],
)
def test_no_complaint_is_none(score, text):
    assert score(text).complaint < 0.45


def test_what_was_put_right_weighs_less(score):
    assert score("it came broken, but they replaced it within a day").complaint < score("it came broken").complaint


def test_stars_speak_for_themselves(score):
    one, two, three = (score("it came on tuesday", rating=stars).complaint for stars in (1.0, 2.0, 3.0))
    assert one > two > three
    assert score("it came on tuesday", rating=8.0).complaint == three == score("it came on tuesday").complaint


def test_more_grievances_are_a_stronger_complaint(score):
    assert (
        score("broken after a week and nobody answers, refund please").complaint
        > score("broken after a week").complaint
    )


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (
            "where is my order, I have been waiting for weeks and nobody answers",
            ["no_answer", "not_delivered", "waiting"],
        ),
        ("you charged me twice", ["overcharged"]),
        ("terrible service, never again", []),
        ("great service, thank you", []),
    ],
)
def test_a_complaint_says_what_it_is_about(score, text, topics):
    assert score(text).topics == topics
