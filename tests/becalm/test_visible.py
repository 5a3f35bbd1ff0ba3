import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.visible import NAMED, visible


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b2J", "<U+009B>2J"),
        ("a\u202egnp.exe", "a<U+202E>gnp.exe"),
        ("fr\u200bee", "fr<U+200B>ee"),
        ("fr\u200dee", "fr<U+200D>ee"),
        ("one\r\n two\tthree\u2028four\x85", "one two three four"),
        ("\x7f", "<U+007F>"),
        ("\ud800", "<U+D800>"),
    ],
)
def test_what_acts_or_hides_is_named(written, seen):
    assert visible(written) == seen


@pytest.mark.parametrize("text", ["plain", "👩‍👩‍👧", "می‌خواهم", "क्‍ष", "naïve café", "ที่นี่"])
def test_writing_that_needs_its_marks_stays(text):
    assert visible(text) == text


def test_a_tower_of_marks_is_cut():
    assert visible("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * 3 + "b"


@given(st.text(st.characters(codec=None)))
def test_nothing_that_acts_is_left_and_twice_is_once(text):
    shown = visible(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", shown)
    assert visible(shown) == shown


def test_names_are_found_again():
    assert re.findall(NAMED, visible("a\x1bb\u202ec\U000e0041")) == ["␛", "<U+202E>", "<U+E0041>"]
