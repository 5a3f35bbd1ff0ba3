import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.mended_words import MendedWords

WORDS = MendedWords(["stupid", "idiot", "ass", "crap", "crappy", "loser"], ["as", "looser"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("stuupid", "stupid"),
        ("sttuppid", "stupid"),
        ("stupd", "stupid"),
        ("sutpid", "stupid"),
        ("crapp", "crap"),
        ("as", "as"),
        ("looser", "looser"),
        ("std", "std"),
        ("paste", "paste"),
    ],
)
def test_forms_of_a_rude_word_are_mended_and_ordinary_words_are_not(written, meant):
    assert WORDS.mend(("you", written)) == ("you", meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("you !diot!", "you idiot!"),
        ("such a l0ser, really", "such a loser, really"),
        ("stupi6", "stupi6"),
        ("45s", "45s"),
        ("http://a.example.com/1diot", "http://a.example.com/1diot"),
        ("@1diot", "@1diot"),
        ("it costs 5$", "it costs 5$"),
    ],
)
def test_signs_for_letters_are_read_only_where_a_rude_word_comes_of_it(written, meant):
    assert WORDS.mend_signs(written) == meant


@given(st.text())
def test_mending_twice_is_mending_once(text):
    once = WORDS.mend_signs(text)
    assert WORDS.mend_signs(once) == once


@given(st.lists(st.text(max_size=8), max_size=8))
def test_mending_keeps_the_number_of_words(words):
    assert len(WORDS.mend(tuple(words))) == len(words)
