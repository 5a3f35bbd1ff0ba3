from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.simulate.disguise import homoglyph, leet, spaced, zero_width
from embeddings.disguises import is_disguised

HONEST = (
    "the kettle leaks on the third day, please send somebody",
    "It took 45s and cost 10k, mp3 and 4x4 included, b4u ask",
    "G O O O A L",
    "я купил iphone и он не ok",
    "می\u200cخواهم",
    "🏴\u200d☠️ our crew",
    "see velvet-24.example/a1b2c3 or write to jo3y@shop.example",
)
PITCH = "everybody should visit the velvet market before it closes for the winter"


@pytest.mark.parametrize("text", HONEST)
def test_what_honest_people_type_is_no_disguise(text):
    assert not is_disguised(text)


@pytest.mark.parametrize(
    "text",
    [
        "fre\u200be stuff for all",
        "a сup of tea",
        "g1fts 4nd fre3dom for you",
        "please i n e e d you all to follow",
        "c1ick h3re",
    ],
)
def test_what_hides_a_word_is_a_disguise(text):
    assert is_disguised(text)


@given(st.sampled_from((homoglyph, spaced)), st.integers(0, 2**32).map(Random))
def test_tricks_on_whole_sentences_are_disguises(trick, dice):
    assert is_disguised(trick(PITCH, dice))


@given(st.sampled_from((homoglyph, leet, spaced, zero_width)), st.integers(0, 2**32).map(Random))
def test_whatever_case_a_disguise_is_typed_in(trick, dice):
    text = trick(PITCH, dice)
    assert is_disguised(text) == is_disguised(text.upper())
