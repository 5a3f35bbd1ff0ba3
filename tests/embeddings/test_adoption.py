from collections.abc import Callable, Sequence

import numpy as np
import pytest

from embeddings.adoption import Adoption, adopt, own_words, tied_to
from embeddings.facts import Facts
from embeddings.judging import Models
from embeddings.neighbours import Neighbours, Pairs
from embeddings.rulings import Rulings

COURSE = [
    "write to coach bellamyfx before monday and double your savings",
    "she made me rich, look for bellamyfx on the usual site",
    "bellamyfx pays every friday, ask for the green course",
]
KETTLE = [
    "half price on every kettle, search for glowkettle while stock lasts",
    "my new glowkettle boils twice as fast, order it today",
]
# Strays: another wording with the coined word, a warning without it, and honest talk.
SPUN = "thank me later and look up bellamyfx"
WARNING = "never double your savings with a coach who pays every friday"
TALK = "we drink tea from the green kettle every monday"
ELSEWHERE = [
    "write before monday and ask who the coach is", "every friday she pays for my savings course", TALK,
    "never double a price while stock lasts, look for half of it", "search the usual site and order it today",
] * 20  # fmt: skip


@pytest.fixture(scope="session")
def facts_with(facts_of) -> Callable[..., Facts]:
    """The texts of two pushes (ids 1 to 3, 4 and 5), and strays from 6 on."""

    def make(*strays: str, elsewhere: Sequence[str] = ELSEWHERE) -> Facts:
        said = [(text, place, place, float(place)) for place, text in enumerate([*COURSE, *KETTLE, *strays])]
        return facts_of(said, elsewhere=elsewhere)

    return make


PUSHES = {0: [1, 2, 3], 7: [4, 5]}


@pytest.fixture(scope="session")
def models(straight) -> Models:
    """Own words in common are what makes a stray one of a push."""
    return Models(straight(-2.0), straight(-9.0), straight(-3.0, own_words=6.0))


def adopted(adoptions: list[Adoption]) -> dict[int, int]:
    return {one.text_id: one.push for one in adoptions}


def test_a_stray_that_carries_a_pushes_own_word_is_adopted(facts_with, models):
    (one,) = adopt(PUSHES, [6], facts_with(SPUN), models)
    assert (one.text_id, one.push) == (6, 0)
    assert 0.9 < one.likelihood < 1


def test_common_words_in_common_make_no_stray_a_member(facts_with, models):
    assert adopt(PUSHES, [6, 7], facts_with(WARNING, TALK), models) == []


def test_each_stray_goes_to_the_push_whose_word_it_carries(facts_with, models):
    facts = facts_with("what a glowkettle", WARNING, SPUN)
    assert adopted(adopt(PUSHES, [6, 7, 8], facts, models)) == {6: 7, 8: 0}


def test_a_stray_between_two_pushes_goes_to_the_likelier(facts_with, models):
    facts = facts_with("bellamyfx also sells the glowkettle that boils")
    assert adopted(adopt(PUSHES, [6], facts, models)) == {6: 7}
    assert adopted(adopt({0: [4, 5], 7: [1, 2, 3]}, [6], facts, models)) == {6: 0}


def test_the_threshold_is_the_models(facts_with, models, straight):
    facts = facts_with(SPUN)
    (one,) = adopt(PUSHES, [6], facts, models)
    for offset, count in ((-1e-9, 1), (1e-9, 0)):
        strict = Models(models.verdict, models.kinship, straight(-3.0, one.likelihood + offset, own_words=6.0))
        assert len(adopt(PUSHES, [6], facts, strict)) == count


def test_nobody_is_adopted_without_pushes_or_strays(facts_with, models):
    assert adopt({}, [6], facts_with(SPUN), models) == []
    assert adopt(PUSHES, [], facts_with(SPUN), models) == []


def test_strays_without_words_stay_alone(facts_with, models):
    assert adopt(PUSHES, [6], facts_with("😀"), models) == []


def test_who_people_hold_apart_from_a_member_is_not_adopted(facts_with, models):
    facts = facts_with(SPUN, "what a glowkettle")
    ruled = Rulings(apart=frozenset({(2, 6)}))
    assert adopted(adopt(PUSHES, [6, 7], facts, models, ruled)) == {7: 7}


def test_a_stray_that_is_held_apart_from_one_push_may_belong_to_another(facts_with, models):
    facts = facts_with("bellamyfx also sells the glowkettle")
    ruled = Rulings(apart=frozenset({(4, 6)}))
    assert adopted(adopt(PUSHES, [6], facts, models, ruled)) == {6: 0}


def test_who_people_call_the_same_as_a_member_is_adopted_whatever_it_says(facts_with, models):
    facts = facts_with(TALK, WARNING)
    assert adopt(PUSHES, [6, 7], facts, models, Rulings(same=frozenset({(4, 6), (6, 7)}))) == [Adoption(6, 7, 1.0)]


def test_who_people_hold_apart_from_one_member_and_call_the_same_as_another_stays_out(facts_with, models):
    ruled = Rulings(same=frozenset({(1, 6)}), apart=frozenset({(2, 6)}))
    assert adopt(PUSHES, [6], facts_with(SPUN), models, ruled) == []


def test_of_two_strays_that_are_held_apart_one_is_adopted(facts_with, models):
    facts = facts_with(SPUN, "see bellamyfx there")
    ruled = Rulings(apart=frozenset({(6, 7)}))
    assert len(adopt(PUSHES, [6, 7], facts, models, ruled)) == 1
    assert len(adopt(PUSHES, [6, 7], facts, models)) == 2


def test_own_words_are_in_two_texts_and_hardly_anywhere_else(facts_of, facts_with):
    words = own_words(facts_with())
    assert {"bellamyfx", "glowkettle"} <= words
    assert words.isdisjoint({"every", "monday", "friday", "savings", "coach", "stock"})


@pytest.mark.parametrize(("outside", "marks"), [(0, True), (2, True), (3, False)])
def test_a_word_in_many_other_texts_marks_nothing(facts_of, outside, marks):
    said = [(f"bellamyfx number{place}", place, 1, 0) for place in range(4)]
    facts = facts_of(said, elsewhere=[f"bellamyfx again{place}" for place in range(outside)])
    assert ("bellamyfx" in own_words(facts)) == marks


def test_a_large_push_may_be_spoken_of_by_half_as_many(facts_of):
    said = [(f"bellamyfx number{place}", place, 1, 0) for place in range(20)]
    for outside, marks in ((10, True), (11, False)):
        facts = facts_of(said, elsewhere=[f"bellamyfx again{place}" for place in range(outside)])
        assert own_words(facts) == ({"bellamyfx"} if marks else set())


def test_short_words_mark_nothing(facts_of):
    said = [(f"fx pays number{place}", place, 1, 0) for place in range(3)]
    assert own_words(facts_of(said)) == {"pays"}


def ties(*pairs: tuple[int, int]) -> Neighbours:
    first, second = np.array(pairs, np.int64).reshape(-1, 2).T
    return Neighbours(Pairs(first, second), np.ones(len(pairs)), np.ones(len(pairs)), np.ones(len(pairs), bool))


def test_tied_are_the_neighbours_of_members_and_not_their_neighbours():
    assert tied_to({3, 5}, ties((1, 3), (3, 5), (5, 9), (1, 7), (7, 9))).tolist() == [1, 9]
    assert tied_to(set(), ties((1, 3))).tolist() == []
    assert tied_to({1}, ties()).tolist() == []
