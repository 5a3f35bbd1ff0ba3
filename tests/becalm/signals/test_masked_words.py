import pytest

from becalm.signals.masked_words import MaskedWords

MASKED = MaskedWords(["drat", "dratted", "blast"])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("oh d*at", "oh drat"),
        ("d**t!", "drat!"),
        ("d*t", "drat"),
        ("bl*st it", "blast it"),
        ("d*** you", "drat you"),
        ("price* and 2*3", "price* and 2*3"),
        ("**bold**", "**bold**"),
        ("dr*x", "dr*x"),
        ("a*b*c", "a*b*c"),
    ],
)
def test_stars_are_written_out_where_a_known_word_fits(text, plain):
    assert MASKED.unmask(text) == plain


def test_nothing_is_known_without_words():
    assert MaskedWords([]).unmask("d*at") == "d*at"
