from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from embeddings.facts import Background, TextFacts
from embeddings.profiles import (
    LIKE_MEANING,
    MOST_OWN_WORDS,
    SAMPLE,
    SHARED_WORDS,
    SHARED_WORDS_BESIDE_MEANING,
    Profiles,
    Samples,
)  # fmt: skip
from embeddings.spans import Spans
from embeddings.words import split

RIGHT, UP = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
NOBODY = Background(0, {})


def text(normalised: str, vector=None, markers=()) -> TextFacts:
    return TextFacts(normalised, tuple(sorted(set(split(normalised)))), vector, 0.0, 0.0, markers)


def background(*groups: list[TextFacts], elsewhere: dict[str, int] | None = None, texts: int = 1_000) -> Background:
    """Counts of the groups' own words, and of so many texts elsewhere."""
    inside = [word for group in groups for one in group for word in one.words]
    return Background(texts, {word: inside.count(word) + (elsewhere or {}).get(word, 0) for word in inside})


def pairs(profiles: Profiles, strays_from: int = 99, begins: list[float] | None = None) -> list[tuple[int, int]]:
    when = np.array(begins or [0.0] * len(profiles.shares))
    first, second = profiles.candidates(Spans(when, when, 10.0), strays_from)
    return list(zip(first.tolist(), second.tolist(), strict=True))


def compared(groups: list[list[TextFacts]], known: Background) -> dict[str, float]:
    """What the first two groups have in common."""
    found = Profiles.of(groups, known).compare(np.array([0]), np.array([1]))
    return {name: float(values[0]) for name, values in found.items()}


def test_groups_of_the_same_words_are_as_near_as_can_be():
    group = [text("coach bellamy helps"), text("bellamy pays")]
    found = compared([group, group], background(group, group))
    assert found["words"] == pytest.approx(1)


def test_rare_words_in_common_weigh_more_than_common_ones():
    rare = [[text("ask bellamy now")], [text("see bellamy there")]]
    plain = [[text("ask for more now")], [text("see for more there")]]
    often = {"for": 900, "more": 900, "ask": 500, "now": 500, "see": 500, "there": 500}
    assert compared(rare, background(*rare, elsewhere=often))["words"] > 0.8
    assert compared(plain, background(*plain, elsewhere=often))["words"] < 0.2


def test_the_rarest_word_counts_by_the_share_that_holds_it():
    groups = [[text("bellamy pays"), text("she helps")], [text("bellamy trades")]]
    found = compared(groups, background(*groups))
    assert found["rarest_word"] == pytest.approx(np.log(1_001) / 2)
    assert found["own_words"] == pytest.approx(0.5)


def test_groups_of_the_same_words_are_not_looked_at_when_a_window_lies_between():
    groups = [[text("bellamy pays well")], [text("bellamy pays well")], [text("bellamy pays well")]]
    profiles = Profiles.of(groups, background(*groups))
    assert pairs(profiles) == [(0, 1), (0, 2), (1, 2)]
    assert pairs(profiles, begins=[0.0, 10.0, 25.0]) == [(0, 1)]


def test_words_that_others_use_are_no_own_words():
    groups = [[text("bellamy pays well")], [text("bellamy pays well")]]
    assert compared(groups, background(*groups))["own_words"] == 3
    assert compared(groups, background(*groups, elsewhere={"pays": 1}))["own_words"] == 3
    assert compared(groups, background(*groups, elsewhere={"pays": 2, "well": 500}))["own_words"] == 1


def test_own_words_are_counted_up_to_a_few():
    groups = [[text("one two three four five six seven")]] * 2
    assert compared(groups, background(*groups))["own_words"] == MOST_OWN_WORDS


def test_meaning_is_the_cosine_of_the_middles_and_none_where_nothing_is_read():
    diagonal = (RIGHT + UP) / np.sqrt(2)
    middle = [text("a", RIGHT), text("a", UP), text("a")]
    assert compared([middle, [text("a", diagonal)]], NOBODY)["meaning"] == pytest.approx(1)
    assert compared([middle, [text("a", RIGHT)]], NOBODY)["meaning"] == pytest.approx(2**-0.5)
    assert compared([middle, [text("a")]], NOBODY)["meaning"] == 0
    assert compared([[text("a")], [text("a")]], NOBODY)["meaning"] == 0


def test_opposite_meanings_have_no_middle_and_do_no_harm():
    found = compared([[text("a", RIGHT), text("a", -RIGHT)], [text("a", RIGHT)]], NOBODY)
    assert found["meaning"] == 0


def test_addresses_are_the_share_of_texts_that_carry_one():
    known = [text("a", markers=(("domain", "glow.shop"),)), text("b", markers=(("handle", "@ann"),))]
    assert Profiles.of([known], NOBODY).addresses.tolist() == [0.5]


def test_pairs_without_a_word_in_common_are_not_looked_at():
    assert pairs(Profiles.of([[text("ask bellamy", RIGHT)], [text("see parade", RIGHT)]], NOBODY)) == []


def test_a_little_wording_is_enough_beside_a_like_meaning():
    one, other = "bellamy " + " ".join(f"a{n}" for n in range(11)), "bellamy " + " ".join(f"b{n}" for n in range(11))
    near, far = [[text(one, RIGHT)], [text(other, RIGHT)]], [[text(one, RIGHT)], [text(other, UP)]]
    words = compared(near, background(*near))["words"]
    assert SHARED_WORDS_BESIDE_MEANING < words < SHARED_WORDS
    assert pairs(Profiles.of(near, background(*near))) == [(0, 1)]
    assert pairs(Profiles.of(far, background(*far))) == []


vocabulary = st.lists(st.sampled_from(["bellamy", "coach", "pays", "the", "of", "kettle", "glow"]), max_size=7).map(
    " ".join
)
vectors = st.sampled_from([None, RIGHT, UP, -UP])
groups = st.lists(st.lists(st.builds(text, vocabulary, vectors), min_size=1, max_size=4), max_size=7)


@given(groups, st.integers(0, 8))
def test_pairs_are_exactly_those_with_enough_in_common(groups, strays_from):
    profiles = Profiles.of(groups, background(*groups, elsewhere={"the": 700, "of": 900}))
    everyone = [(one, other) for one in range(len(groups)) for other in range(one + 1, len(groups))]
    first, second = np.array(everyone, np.int64).reshape(-1, 2).T
    found = profiles.compare(first, second)
    words = found["words"]
    # Sums in another order differ in their last digit.
    assume(not any(np.isclose(words, limit).any() for limit in (SHARED_WORDS, SHARED_WORDS_BESIDE_MEANING)))
    enough = (words >= SHARED_WORDS) | ((words >= SHARED_WORDS_BESIDE_MEANING) & (found["meaning"] >= LIKE_MEANING))
    expected = [ends for ends, is_near in zip(everyone, enough, strict=True) if is_near]
    assert pairs(profiles, strays_from) == [ends for ends in expected if ends[0] < strays_from]


@given(groups)
def test_likeness_stays_in_its_bounds(groups):
    profiles = Profiles.of(groups, background(*groups))
    count = len(groups)
    first, second = np.repeat(np.arange(count), count), np.tile(np.arange(count), count)
    found = profiles.compare(first, second) | Samples(groups).nearest(first, second)
    for name in ("words", "nearest_characters"):
        assert ((found[name] >= 0) & (found[name] <= 1 + 1e-6)).all()
    for name in ("meaning", "nearest_meaning"):
        assert (np.abs(found[name]) <= 1 + 1e-6).all()
    assert (found["rarest_word"] >= 0).all()
    assert ((found["own_words"] >= 0) & (found["own_words"] <= MOST_OWN_WORDS)).all()


@pytest.fixture
def nearest() -> Callable[..., tuple[float, float]]:
    """Of two groups: meaning, characters."""

    def measure(*groups: list[TextFacts]) -> tuple[float, float]:
        found = Samples(groups).nearest(np.array([0]), np.array([1]))
        return float(found["nearest_meaning"][0]), float(found["nearest_characters"][0])

    return measure


def test_the_members_nearest_to_each_other_tell(nearest):
    far = [text("nothing of the kind", RIGHT)] * 3
    one = [text("ask coach bellamy today", RIGHT), text("see you at the parade", UP)]
    assert nearest(one, [*far, text("ask coach bellamy today", UP)]) == (1, 1)
    assert nearest([*far, text("ask coach bellamy today", UP)], one) == (1, 1)


def test_letters_are_compared_with_a_medoid_only(nearest):
    copy = text("ask coach bellamy today")
    assert nearest([text("nothing"), copy], [text("whatever"), copy])[1] == 0
    assert nearest([copy, text("nothing")], [text("whatever"), copy])[1] == 1


def test_without_vectors_nothing_is_near_in_meaning(nearest):
    assert nearest([text("чай")], [text("чай")]) == (0, 1)
    assert nearest([text("чай", RIGHT)], [text("чай")])[0] == 0


def test_samples_reach_from_the_medoid_to_the_rim_of_a_large_group(nearest):
    ring = [text(f"number {place}", UP if place in (0, 999) else RIGHT) for place in range(1_000)]
    assert nearest(ring, [text("number 999", UP)]) == (1, 1)
    inside = [replace(one, vector=RIGHT) for one in ring]
    inside[3] = text("number 3", UP)
    assert len(ring) > SAMPLE
    assert nearest(inside, [text("elsewhere", UP)])[0] == 0
