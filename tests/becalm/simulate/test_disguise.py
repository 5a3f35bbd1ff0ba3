import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.simulate.disguise import HOMOGLYPHS, LEET, TRICKS, homoglyph

PITCH = "Claim your free coffee machine today at glow-deals.example or write to @coach_vera"
words = st.lists(st.sampled_from(PITCH.split()[:7]), min_size=1, max_size=20).map(" ".join)


@pytest.mark.parametrize("trick", TRICKS)
@given(text=words, seed=st.integers(0, 2**32))
def test_a_disguised_text_differs_from_its_clean_form(trick, text, seed):
    assert TRICKS[trick](text, Random(seed)) != text


@pytest.mark.parametrize("trick", TRICKS)
@given(text=st.text(max_size=60), seed=st.integers(0, 2**32))
def test_any_text_can_be_disguised(trick, text, seed):
    assert len(TRICKS[trick](text, Random(seed))) >= len(text)


@pytest.mark.parametrize("trick", ["homoglyph", "leet", "spaced", "emoji", "mention", "filler"])
@given(seed=st.integers(0, 2**32))
def test_links_and_handles_stay_whole(trick, seed):
    disguised = TRICKS[trick](PITCH, Random(seed))
    assert "glow-deals.example" in disguised
    assert "@coach_vera" in disguised


@given(text=words, seed=st.integers(0, 2**32))
def test_look_alike_letters_and_digits_can_be_undone(text, seed):
    for trick, table in (("homoglyph", HOMOGLYPHS), ("leet", LEET)):
        undo = str.maketrans({fake: real.lower() for real, fake in table.items()})
        assert TRICKS[trick](text, Random(seed)).translate(undo).lower() == text.lower()


@given(text=words, seed=st.integers(0, 2**32))
def test_zero_width_signs_show_nothing(text, seed):
    visible = [c for c in TRICKS["zero_width"](text, Random(seed)) if unicodedata.category(c) != "Cf"]
    assert "".join(visible) == text


@given(seed=st.integers(0, 2**32))
def test_a_cyrillic_text_gets_latin_letters_and_its_link_stays_whole(seed):
    pitch = "получаю сорок тысяч в день, пишите на cheap-orbit.example"
    disguised = homoglyph(pitch, Random(seed))
    assert disguised.translate(str.maketrans(HOMOGLYPHS)).replace("сhеар-оrbіt.ехаmрlе", "cheap-orbit.example") == pitch
    assert disguised.endswith("cheap-orbit.example")
    assert disguised != pitch


def test_homoglyphs_are_letters_of_another_script():
    assert all(unicodedata.name(fake).startswith("CYRILLIC") for fake in HOMOGLYPHS.values())
