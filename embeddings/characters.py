"""The characters channel: texts as sets of character shingles, where disguised copies stay close."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Vectors = NDArray[np.float32]

# Four characters inside a word: three tie strangers by common endings, five lose short words
# (labelled comments: same recall, more edges to verify; fewer edges, less recall).
SHINGLE = 4
_BUCKETS = 2**20
# Room enough that a random sign sum misses the true cosine by about 1/sqrt(512) = 0.04.
DIMENSION = 512


class Shingles:
    """The shingle sets of texts, one row a text."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import HashingVectorizer

        hashing = HashingVectorizer(
            analyzer="char_wb", ngram_range=(SHINGLE, SHINGLE), n_features=_BUCKETS,
            alternate_sign=False, binary=True, norm=None, dtype=np.float32, lowercase=False,
        )  # fmt: skip
        self._sets = csr_array(hashing.transform(texts) if len(texts) else (0, _BUCKETS), dtype=np.float32)
        self.sizes = np.diff(self._sets.indptr)

    def vectors(self) -> Vectors:
        """Signed random sums of the sets, unit length, float32, shape (texts, 512); a text without letters is zero.

        The cosine of two rows estimates |A and B| / sqrt(|A| |B|) (feature hashing, Weinberger et al. 2009).
        """
        buckets = self._sets.indices.astype(np.int64)
        # A multiplicative hash spreads neighbouring buckets; its high bits pick the place and the sign.
        mixed = (buckets * 0x9E3779B1) & 0xFFFFFFFF
        places, signs = mixed >> 23, np.where((mixed >> 22) & 1, 1, -1).astype(np.float32)
        shape = (len(self.sizes), DIMENSION)
        sums = np.zeros(shape, np.float32)
        rows = np.repeat(np.arange(shape[0]), self.sizes)
        np.add.at(sums, (rows, places), signs)
        return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)

    def jaccard(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
        """Exact |A and B| / |A or B| for each pair of rows; 0 where both are empty."""
        shared = np.empty(len(first))
        for start in range(0, len(first), 50_000):
            part = slice(start, start + 50_000)
            shared[part] = self._sets[first[part]].multiply(self._sets[second[part]]).sum(axis=1)
        either = self.sizes[first] + self.sizes[second] - shared
        return np.asarray(shared / np.maximum(either, 1))
