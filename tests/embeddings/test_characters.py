import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.characters import Shingles

texts = st.lists(st.text("abcdefgh я😀", max_size=40).map(lambda text: " ".join(text.split())), max_size=12)


def shingles_of(text: str) -> set[str]:
    """What the sets hold: four characters in a row, spaces between and around the words too; of one character all."""
    padded = f" {text} "
    return {padded[at : at + 4] for at in range(max(1, len(padded) - 3))} if text else set()


@given(texts)
def test_jaccard_is_that_of_the_sets(texts):
    rows = np.arange(len(texts))
    first, second = np.repeat(rows, len(rows)), np.tile(rows, len(rows))
    sets = [shingles_of(text) for text in texts]
    expected = [
        len(sets[one] & sets[other]) / max(1, len(sets[one] | sets[other]))
        for one, other in zip(first, second, strict=True)
    ]
    assert np.allclose(Shingles(texts).jaccard(first, second), expected)


def similarity(first: str, second: str) -> float:
    return float(Shingles([first, second]).jaccard(np.array([0]), np.array([1]))[0])


def test_the_order_of_words_counts():
    text = "buy now and save today"
    assert similarity(text, "save now and buy today") < similarity(text, "buy now and shave today")


@pytest.mark.parametrize(
    "disguised",
    [
        "you are all such a bunnch of clowns", "you are all such a bunch of clwns",
        "you are all such a bnuch of clowns", "you are allsuch a bunch of clowns",
        "you are all such a bun ch of clowns", "you are all such a bunch of c1owns",
    ],
)  # fmt: skip
def test_a_copy_with_a_letter_doubled_lost_or_moved_is_nearer_than_another_text(disguised):
    text = "you are all such a bunch of clowns"
    assert similarity(text, disguised) > 0.6
    assert similarity(text, "you are such a bunch of fans") < 0.6


@pytest.mark.parametrize("texts", [["", ""], ["", "a"], [" ", "ab"]])
def test_a_text_without_words_is_like_nothing(texts):
    assert similarity(*texts) == 0


def test_neither_a_neighbour_nor_the_end_of_the_batch_lends_a_text_its_letters():
    alone, first, last = (similarity("so", other) for other in ("so", "so be it", "it is so"))
    assert alone == 1
    assert first == last < 0.5


def test_all_pairs_of_a_large_batch_are_measured():
    shingles = Shingles([f"number {number} of the same sentence" for number in range(300)])
    first, second = (part.ravel() for part in np.indices((300, 300)))
    similarities = shingles.jaccard(first, second)
    assert len(similarities) == 90_000
    assert (similarities[first == second] == 1).all()
