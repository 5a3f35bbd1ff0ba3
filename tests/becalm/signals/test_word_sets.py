import pytest

from becalm.signals.word_sets import word_set


@pytest.mark.parametrize("name", ["you", "they", "i", "glue", "negators", "common", "link_shorteners"])
def test_words_are_lower_case_and_without_accents(name):
    words = word_set(name)
    assert words
    assert all(word == word.lower() and word.isascii() for word in words)


def test_an_unknown_set_is_an_error():
    with pytest.raises(KeyError):
        word_set("nonsense")
