import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.characters import DIMENSION, Shingles

texts = st.lists(st.text("abcdefgh я😀", max_size=40), max_size=12)


def shingles_of(text: str) -> set[str]:
    """What the sets hold: four characters of a word and the spaces around it; of a shorter word all it has."""
    padded = [f" {word} " for word in text.split()]
    return {word[at : at + 4] for word in padded for at in range(max(1, len(word) - 3))}


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


@given(texts)
def test_vectors_are_unit_or_zero(texts):
    vectors = Shingles(texts).vectors()
    assert vectors.shape == (len(texts), DIMENSION)
    assert vectors.dtype == np.float32
    norms = np.linalg.norm(vectors, axis=1)
    assert np.allclose(norms[norms > 0], 1, atol=1e-5)


@given(texts)
def test_a_text_has_the_same_vector_in_any_company(texts):
    together = Shingles(texts).vectors()
    for row, text in enumerate(texts):
        assert np.allclose(Shingles([text]).vectors()[0], together[row])


def test_cosine_tells_near_copies_from_strangers():
    copy, near, stranger = Shingles(
        [
            "earn nine hundred a week from your sofa with coach bellamy",
            "earn eight hundred a week from your sofa with coach bellamy",
            "the second kettle arrived with a dent and no lid at all",
        ]
    ).vectors()
    assert copy @ near > 0.7
    assert abs(copy @ stranger) < 0.3


def test_all_pairs_of_a_large_batch_are_measured():
    shingles = Shingles([f"number {number} of the same sentence" for number in range(300)])
    first, second = (part.ravel() for part in np.indices((300, 300)))
    similarities = shingles.jaccard(first, second)
    assert len(similarities) == 90_000
    assert (similarities[first == second] == 1).all()
