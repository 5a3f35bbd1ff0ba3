"""The characters channel: texts as sets of character shingles, where disguised copies stay close."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from embeddings.arrays import Floats, Ids

# Four characters in a row, over the spaces between words too, so that the order of words counts and common endings do
# not. Within words only, twice the candidates have to be measured, and a disguised letter weighs more (decision 12).
SHINGLE = 4
# Shingles are known by a hash of so many bits: in two texts of 100 shingles one in ten thousand is taken for another.
_HASH_BITS = 20
_SPACE = ord(" ")
_TEXTS_AT_ONCE = 32_768

_Number = TypeVar("_Number", np.int64, np.uint64)


class Shingles:
    """The shingle sets of normalised texts, one row a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        parts = [_hashed_sets(texts[start : start + _TEXTS_AT_ONCE]) for start in range(0, len(texts), _TEXTS_AT_ONCE)]
        buckets = np.concatenate([np.empty(0, np.int32), *(part[0] for part in parts)])
        self.sizes = np.concatenate([np.empty(0, np.int64), *(part[1] for part in parts)])
        self.limits = np.concatenate([[0], np.cumsum(self.sizes)])
        ones = np.ones(len(buckets), np.float32)
        self._sets = csr_array((ones, buckets, self.limits), shape=(len(texts), 1 << _HASH_BITS))

    @property
    def hashes(self) -> NDArray[np.uint64]:
        """All shingles, those of row `r` from `limits[r]` to `limits[r + 1]`, in 64 mixed bits."""
        return mix(self._sets.indices.astype(np.uint64))

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
    # A text of a single character is padded to a whole shingle.
    spaced = [f" {text} ".ljust(SHINGLE) for text in texts]
    lengths = np.fromiter(map(len, spaced), np.int64, len(spaced))
    characters = np.frombuffer("".join([*spaced, "   "]).encode("utf-32-le", "surrogatepass"), np.uint32)
    rows = np.repeat(np.arange(len(spaced), dtype=np.int64), lengths)
    one, two, three, four = (characters[shift : shift + len(rows)].astype(np.uint64) for shift in range(SHINGLE))
    # No window reaches into the next text, and one of spaces only is none.
    is_whole = np.arange(len(rows)) + SHINGLE <= np.repeat(np.cumsum(lengths), lengths)
    is_whole &= (two != _SPACE) | (three != _SPACE)
    hashes = mix((((one << np.uint64(21)) ^ two) << np.uint64(21)) ^ three ^ mix(four)) >> np.uint64(64 - _HASH_BITS)
    keys = distinct((rows[is_whole] << _HASH_BITS) | hashes[is_whole].astype(np.int64))
    return (keys & ((1 << _HASH_BITS) - 1)).astype(np.int32), np.bincount(keys >> _HASH_BITS, minlength=len(spaced))


def distinct(values: NDArray[_Number]) -> NDArray[_Number]:
    """`np.unique`, a hundred times faster on the millions of keys met here: it hashes, this sorts."""
    ordered = np.sort(values)
    is_new = np.ones(len(ordered), bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_new]


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of a value spread over all 64 (the finaliser of SplitMix64, Steele et al. 2014)."""
    mixed = (values + np.uint64(0x9E3779B97F4A7C15)).astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))
