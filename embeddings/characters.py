"""The characters channel: texts as sets of character shingles, where disguised copies stay close."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from embeddings.arrays import Floats, Ids, Vectors

# Four characters of a word, its borders counted: three tie strangers by common endings, five lose short words
# (labelled comments: same recall, more edges to verify; fewer edges, less recall).
SHINGLE = 4
# Shingles are known by a hash of so many bits: in two texts of 100 shingles one in ten thousand is taken for another.
_HASH_BITS = 20
_SPACE = ord(" ")
# A random sign sum misses the true cosine by about 1/sqrt(256) = 0.06. With 512 half a percent more of the verified
# pairs is found, for twice the time and memory.
DIMENSION = 256
_DIMENSION_BITS = DIMENSION.bit_length() - 1
_TEXTS_AT_ONCE = 32_768


class Shingles:
    """The shingle sets of normalised texts, one row a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        parts = [_hashed_sets(texts[start : start + _TEXTS_AT_ONCE]) for start in range(0, len(texts), _TEXTS_AT_ONCE)]
        buckets = np.concatenate([np.empty(0, np.int32), *(part[0] for part in parts)])
        self.sizes = np.concatenate([np.empty(0, np.int64), *(part[1] for part in parts)])
        limits = np.concatenate([[0], np.cumsum(self.sizes)])
        ones = np.ones(len(buckets), np.float32)
        self._sets = csr_array((ones, buckets, limits), shape=(len(texts), 1 << _HASH_BITS))

    def vectors(self) -> Vectors:
        """Signed random sums of the sets, unit length, float32, shape (texts, 256); a text without words is zero.

        The cosine of two rows estimates |A and B| / sqrt(|A| |B|) (feature hashing, Weinberger et al. 2009).
        """
        mixed = _mix(self._sets.indices.astype(np.uint64))
        places = (mixed >> np.uint64(64 - _DIMENSION_BITS)).astype(np.int64)
        signs = np.where((mixed >> np.uint64(63 - _DIMENSION_BITS)) & np.uint64(1), 1.0, -1.0)
        rows = np.repeat(np.arange(len(self.sizes)), self.sizes)
        sums = np.bincount(rows * DIMENSION + places, signs, len(self.sizes) * DIMENSION).astype(np.float32)
        sums = sums.reshape(-1, DIMENSION)
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), np.float32)

    def jaccard(self, first: Ids, second: Ids) -> Floats:
        """Exact |A and B| / |A or B| for each pair of rows; 0 where both are empty."""
        shared = np.empty(len(first))
        for start in range(0, len(first), 50_000):
            part = slice(start, start + 50_000)
            shared[part] = self._sets[first[part]].multiply(self._sets[second[part]]).sum(axis=1)
        either = self.sizes[first] + self.sizes[second] - shared
        return np.asarray(shared / np.maximum(either, 1))


def _hashed_sets(texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The hashes of all texts one after the other, ascending in each, and how many each has."""
    spaced = [f" {text} " for text in texts]
    lengths = np.fromiter(map(len, spaced), np.int64, len(spaced))
    characters = np.frombuffer("".join([*spaced, "   "]).encode("utf-32-le", "surrogatepass"), np.uint32)
    rows = np.repeat(np.arange(len(spaced), dtype=np.int64), lengths)
    one, two, three, four = (characters[shift : shift + len(rows)].astype(np.uint64) for shift in range(SHINGLE))
    # A word of a single character is a shingle of three.
    is_single = (one == _SPACE) & (two != _SPACE) & (three == _SPACE)
    four[is_single] = _SPACE
    is_inside = ((two != _SPACE) & (three != _SPACE)) | is_single
    # The last window of a text may begin in it and end in the next, but never holds a letter of both.
    is_inside &= np.arange(len(rows)) + 2 < np.repeat(np.cumsum(lengths), lengths)
    hashes = _mix((((one << np.uint64(21)) ^ two) << np.uint64(21)) ^ three ^ _mix(four)) >> np.uint64(64 - _HASH_BITS)
    keys = distinct((rows[is_inside] << _HASH_BITS) | hashes[is_inside].astype(np.int64))
    return (keys & ((1 << _HASH_BITS) - 1)).astype(np.int32), np.bincount(keys >> _HASH_BITS, minlength=len(spaced))


def distinct(values: Ids) -> Ids:
    """`np.unique`, a hundred times faster on the millions of keys met here: it hashes, this sorts."""
    ordered = np.sort(values)
    is_new = np.ones(len(ordered), bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[is_new])


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of a value spread over all 64 (the finaliser of SplitMix64, Steele et al. 2014)."""
    mixed = (values + np.uint64(0x9E3779B97F4A7C15)).astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))
