"""Tone lessons show what they teach."""

import pytest

from becalm.policy import load_policy
from becalm.responses import check_tone
from becalm.training.tone_lesson import lesson_for, read_lessons
from becalm.training.wording import wording_of

EVERY = [(lesson, language) for lesson in read_lessons() for language in lesson.texts]
IDS = [f"{lesson.id}-{language}" for lesson, language in EVERY]


@pytest.mark.parametrize(("lesson", "language"), EVERY, ids=IDS)
def test_the_tone_check_objects_to_the_poor_answer_and_not_to_the_good_one(lesson, language):
    texts = lesson.texts[language]
    assert check_tone(texts["poor"], language).objections
    assert check_tone(texts["good"], language).is_fine


def test_every_rule_that_a_lesson_names_is_one_of_the_shipped_policy():
    known = {rule.id for rule in load_policy().rules}
    assert {rule for lesson in read_lessons() for rule in lesson.rules} <= known


def test_our_own_mistake_comes_before_the_rule_and_the_rule_before_the_action():
    assert lesson_for("abuse", "none", is_mistake=True).id == "mistake"
    assert lesson_for("praise", "remove", is_mistake=False).id == "praise"
    assert lesson_for("of-my-own", "remove", is_mistake=False).id == "spam"
    assert lesson_for("of-my-own", "monitor", is_mistake=False).id == "calm"


def test_both_languages_say_the_same_things():
    assert wording_of("en").of.keys() == wording_of("de").of.keys()
