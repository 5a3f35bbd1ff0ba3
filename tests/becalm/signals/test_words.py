from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.words import is_number, is_word, split_words


def test_signs_become_names():
    text = 'hey @jane_doe, don’t pay $500! "ok" :) ;-( 😍 <link>'
    assert split_words(text) == (
        *("hey", "<at>", "<break>", "don't", "pay", "<money>", "500", "<break>", "<quote>", "ok", "<quote>"),
        *("<smile>", "<frown>", "😍", "<link>"),
    )


@given(st.text())
def test_words_hold_no_spaces_and_are_never_empty(text):
    words = split_words(text)
    assert all(word and not word.isspace() for word in words)
    assert all(is_word(word) for word in words if is_number(word))
