import numpy as np
import pytest

from becalm.signals import Company, Context, Surroundings
from becalm.signals.context import judge_context
from becalm.signals.pieces import find_pieces
from becalm.signals.reading import read
from becalm.signals.relation import FEWEST_COMPANY, load_relation

FAR = "the train to the coast leaves every morning at nine"
TITLE = "train to the coast"


def unit(*parts):
    vector = np.zeros(len(load_relation().centre), np.float32)
    vector[: len(parts)] = parts
    return vector / np.linalg.norm(vector)


HERE, THERE = unit(1, 0.1), unit(-0.2, 1)


def under(vector, title="post", **known):
    return Surroundings(Context(title, vector), **known)


def test_a_comment_far_from_its_thread_is_off_topic(score):
    far = score(FAR, around=under(THERE), vector=HERE)
    near = score(FAR, around=under(HERE, TITLE), vector=HERE)
    assert far.off_topic > 0.35 > 3 * near.off_topic
    assert "has little to do with the post" in [reason.text for reason in far.reasons]


def test_rare_words_in_common_bring_a_comment_nearer(score):
    near, far = (score(FAR, around=under(THERE, title), vector=HERE).off_topic for title in (TITLE, "how to cook soup"))
    assert near < far


def test_to_answer_somebody_is_enough(score):
    alone, answering = (
        score(FAR, around=Surroundings(Context("post", THERE), parent), vector=HERE).off_topic
        for parent in (None, Context(TITLE, HERE))
    )
    assert answering < alone / 2


def test_other_comments_there_tell_what_a_thread_is_about(score):
    amid, apart = (score(FAR, around=Surroundings(company=one), vector=HERE).off_topic for one in (HERE, THERE))
    assert amid < 0.1 < 0.5 < apart


@pytest.mark.parametrize("text", ["too short for that", "ha ha ha ha ha ha ha ha", ""])
def test_short_reactions_are_never_off_topic(score, text):
    assert score(text, around=under(THERE), vector=HERE).off_topic < 0.5


def test_praise_is_never_off_topic(evidence):
    reading = read(evidence(FAR, around=under(THERE), vector=HERE))
    pieces = find_pieces([reading.plain])
    (as_praise,), (otherwise,) = (judge_context([reading], pieces, [praise]) for praise in (0.9, 0.1))
    assert as_praise < 0.5
    assert as_praise == pytest.approx(otherwise / 2, abs=1e-4)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (FAR, {"around": under(THERE)}),
        (FAR, {"vector": HERE}),
        (FAR, {"vector": HERE, "around": under(THERE), "language": "nl"}),
        ("mañana iré también a la estación con el señor", {"vector": HERE, "around": under(THERE)}),
        ("morgen fährt der zug nicht an die küste", {"vector": HERE, "around": under(THERE)}),
    ],
    ids=["no vector", "nothing around", "said to be Dutch", "Spanish", "German"],
)
def test_where_nobody_can_say_nothing_is_said(score, text, known):
    assert score(text, **known).off_topic is None


def test_what_the_source_says_of_its_language_counts_more_than_words(score):
    spanish = "el capitan y la plaza del sol"
    assert score(spanish, language="en-GB", vector=HERE, around=under(THERE)).off_topic is not None


def test_nobody_is_their_own_company():
    others = {place: unit(1, place) for place in range(FEWEST_COMPANY)}
    company = Company.of(others)
    assert company.without(99, THERE) is not None
    assert company.without(2, others[2]) is None
    larger = Company.of({**others, 99: THERE})
    amid = larger.without(99, THERE)
    assert np.allclose(amid, company.without(99, THERE), atol=1e-6)
    assert np.linalg.norm(amid) == pytest.approx(1, abs=1e-5)
    assert Company.of({}) is None
