import numpy as np
import pytest

from becalm.signals import Evidence
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
