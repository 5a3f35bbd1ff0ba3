import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.pieces import BUCKETS_LOG2, MOST_CHARACTERS, find_pieces

# Readings hold no line breaks: they are words joined by spaces.
TEXTS = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=40), max_size=6)


def buckets_of(texts: list[str], row: int) -> set[int]:
    pieces = find_pieces(texts)
    return set(pieces.buckets[pieces.rows == row].tolist())


@given(TEXTS)
def test_a_text_has_the_same_pieces_alone_and_among_others(texts):
    for row, text in enumerate(texts):
        assert buckets_of(texts, row) == buckets_of([text], 0)


@given(TEXTS)
def test_each_bucket_stands_once_in_a_row_and_in_range(texts):
    pieces = find_pieces(texts)
    assert pieces.texts == len(texts)
    assert len(pieces.rows) == len(pieces.buckets) == len(pieces.values)
    if len(pieces.buckets):
        assert 0 <= pieces.buckets.min() <= pieces.buckets.max() < 1 << BUCKETS_LOG2
        assert 0 <= pieces.rows.min() <= pieces.rows.max() < len(texts)


@given(TEXTS, st.randoms())
def test_some_texts_weigh_what_they_weigh_among_all(texts, dice):
    some = sorted(dice.sample(range(len(texts)), dice.randint(0, len(texts))))
    weights = np.arange(1 << BUCKETS_LOG2, dtype=np.float32) / (1 << BUCKETS_LOG2)
    pieces = find_pieces(texts)
    assert pieces.of(np.array(some, int)).weigh(weights).tolist() == pieces.weigh(weights)[some].tolist()


def test_words_and_their_order_tell_texts_apart():
    alike, turned = find_pieces(["one two"]), find_pieces(["two one"])
    shared = set(alike.buckets.tolist()) & set(turned.buckets.tolist())
    assert len(shared) == len(alike.buckets) - 1  # all but the pair of words


def test_repeating_a_word_adds_no_more_than_its_pair_with_itself():
    assert len(buckets_of(["spam spam spam spam"], 0)) == len(buckets_of(["spam"], 0)) + 1


def test_what_stands_beyond_the_limit_is_not_read():
    start = "a" * MOST_CHARACTERS
    assert buckets_of([start + " idiot"], 0) == buckets_of([start], 0)


def test_weights_are_summed_by_text():
    weights = np.ones(1 << BUCKETS_LOG2, np.float32)
    pieces = find_pieces(["a", "", "you idiot"])
    totals = pieces.weigh(weights)
    assert totals[1] == 0
    assert totals[2] == pytest.approx(pieces.values[pieces.rows == 2].sum())
