import pytest

from becalm.signals.negation import is_negated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not happy", True),
        ("not very happy", True),
        ("i was never really that happy", True),
        ("never once in all the years happy", False),
        ("not slow but happy", False),
        ("no <break> happy", False),
        ("not only happy", False),
        ("happy", False),
        ("nicht so happy", True),
    ],
)
def test_a_negator_reaches_three_words_within_its_clause(text, expected):
    words = tuple(text.split())
    assert is_negated(words, words.index("happy")) is expected
