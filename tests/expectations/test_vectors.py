import numpy as np
import pytest

from becalm.errors import CheckFailed
from expectations.vectors import VECTORS_AT_ONCE, check_vectors

DIMENSION = 48


def unit_vectors(count: int, kind: type = np.float32) -> np.ndarray:
    vectors = np.random.default_rng(7).normal(size=(count, DIMENSION))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(kind)


def ids(count: int) -> np.ndarray:
    return np.arange(count, dtype=np.int64) + (1 << 62)


@pytest.mark.parametrize("count", [0, 1, 2, VECTORS_AT_ONCE + 1])
@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_unit_vectors_are_good_in_any_float_type(count, kind):
    quality = check_vectors(ids(count), unit_vectors(count, kind), DIMENSION)
    assert (quality.rows, quality.is_good) == (count, True)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_vector_with_a_number_that_is_none_is_named_by_its_text(value):
    vectors = unit_vectors(9)
    vectors[4, 2] = value
    with pytest.raises(CheckFailed, match=f"no NaN and no infinity .not so for 1 of 9: text {ids(9)[4]}") as caught:
        check_vectors(ids(9), vectors, DIMENSION)
    assert len(caught.value.failures) == 1


@pytest.mark.parametrize("factor", [0, 0.98, 1.02, 100])
def test_vector_that_is_not_of_length_one_fails(factor):
    vectors = unit_vectors(VECTORS_AT_ONCE + 3)
    vectors[-1] *= factor
    with pytest.raises(CheckFailed, match=r"a vector has length 1 .not so for 1 of"):
        check_vectors(ids(len(vectors)), vectors, DIMENSION)


def test_vectors_of_another_dimension_fail():
    with pytest.raises(CheckFailed, match=r"the model's dimension .not so for 5 of 5"):
        check_vectors(ids(5), unit_vectors(5), DIMENSION + 1)


def test_text_with_two_vectors_fails_even_where_ids_differ_by_one_in_63_bits():
    twice = ids(6)
    twice[5] = twice[0]
    with pytest.raises(CheckFailed, match=r"a text has one vector .not so for 2 of 6"):
        check_vectors(twice, unit_vectors(6), DIMENSION)


@pytest.mark.parametrize(("texts", "vectors"), [(4, 3), (3, 4), (0, 2), (2, 0)])
def test_text_without_vector_or_vector_without_text_fails(texts, vectors):
    with pytest.raises(CheckFailed, match="a vector has a text"):
        check_vectors(ids(texts), unit_vectors(vectors), DIMENSION)
