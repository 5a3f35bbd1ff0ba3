import numpy as np
import pytest

from becalm.signals import Evidence, score_comment
from becalm.signals.care import SETTLED, SURE_PRAISE, care_marks, score_complaint, score_praise
from becalm.signals.combine import noisy_or
from becalm.signals.complaint import judge_complaint
from becalm.signals.learned import Batch
from becalm.signals.praise import judge_praise
from becalm.signals.reading import read
from becalm.signals.relation import load_relation
from becalm.signals.sentiment import judge_sentiment
from becalm.signals.trained import PAIRS, load_pair


def complaint_of(text, normalised=None, marks=None):
    batch = Batch([read(Evidence(text, normalised or text))])
    reasons = judge_complaint(batch.readings[0], judge_sentiment(batch.readings[0]))
    return float(score_complaint(batch, [marks or []], [reasons], load_pair("complaint"))[0])


def test_marks_tell_what_is_denied_and_how_it_sounds():
    reading = read(Evidence("It is NOT broken! why?", "it is not broken! why?"))
    marks = care_marks(reading, judge_sentiment(reading))
    assert {"asks", "calls"} <= set(marks)
    assert any(mark.startswith("complaint broken") or mark.startswith("complaint no_complaint") for mark in marks)
    assert not any(mark.startswith("links") for mark in marks)


def test_what_was_put_right_is_less_of_a_complaint():
    text = "they left us standing in the rain and looked away"
    assert complaint_of(text, marks=[SETTLED]) < complaint_of(text)


def test_another_language_goes_by_the_lexicons_alone():
    text = "mi pedido no ha llegado y nadie contesta"
    reading = read(Evidence(text, text))
    assert complaint_of(text) == pytest.approx(noisy_or(judge_complaint(reading, judge_sentiment(reading))))


def test_praise_beside_a_complaint_weighs_less():
    reading = read(Evidence("lovely room", "lovely room"))
    batch, reasons = Batch([reading]), judge_praise(reading, 0.0)
    marks = [care_marks(reading, judge_sentiment(reading))]
    alone, beside = (
        float(score_praise(batch, marks, [reasons], load_pair("praise"), np.array([complaint]))[0])
        for complaint in (0.1, 0.9)
    )
    assert noisy_or(reasons) < SURE_PRAISE
    assert beside < alone / 2


def test_all_models_read_the_vectors_of_one_encoder():
    assert {load_pair(name).by_all.encoder for name in PAIRS} == {load_relation().encoder}


@pytest.mark.parametrize(
    "text",
    [
        "the hinge of the lamp snapped on day three and your shop won't take it back",
        "my order 55120 is two weeks overdue and nobody writes back",
        "our suite had no heating and reception told us to wear a coat",
        "third time i write about order 8120, is anybody reading this?",
        "same here, my mixer broke after a month and the repair costs more than a new one",
    ],
)
def test_complaints_of_any_trade_are_heard(text):
    scores = score_comment(Evidence(text, text))
    assert scores.complaint >= 0.5
    assert scores.praise < 0.35


@pytest.mark.parametrize(
    "text",
    [
        "six months in and the drill still runs like new, great machine",
        "the lamp is lovely and so easy to carry, my mum wants one too",
        "thank you for the quick repair, the lady at your shop was so kind",
        "can't imagine mornings without this kettle, worth every penny",
        "the room was spotless and the staff so friendly, we will come again",
        "finally an app that just works, well done to the team",
    ],
)
def test_praise_of_any_trade_names_what_is_good_and_is_no_complaint(text):
    scores = score_comment(Evidence(text, text))
    assert scores.praise >= 0.6
    assert scores.praised
    assert scores.complaint < 0.35


@pytest.mark.parametrize(
    "text",
    [
        "how do i take the lid off for cleaning?",
        "does the strap fit the older watch too? asking for my brother",
        "my cat is asleep on the keyboard again, greetings from ghent",
        "exam tomorrow and i am watching lamp videos",
        "my team lost four nil last night",
        "who else noticed the dog in the background?",
        "planted 30 tulips and the slugs ate half of them",
    ],
)
def test_questions_and_small_talk_are_neither(text):
    scores = score_comment(Evidence(text, text))
    assert max(scores.complaint, scores.praise) < 0.5


def test_stars_weigh_against_words_that_say_the_opposite():
    words = "the manual is useless and the cable broke after two weeks, so annoying"
    starred, bare = (score_comment(Evidence(words, words, rating=rating)).complaint for rating in (5.0, None))
    assert starred < bare
    warm = "lovely kettle, love the colour"
    starred, bare = (score_comment(Evidence(warm, warm, rating=rating)).praise for rating in (1.0, None))
    assert starred < bare
