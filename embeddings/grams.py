"""Which letters an account puts in a row: counted n-grams, weighted by how few accounts use them."""

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_array, diags_array

from embeddings.arrays import Floats, Ids
from embeddings.characters import distinct, mix

_BITS = 20
_TEXTS_AT_ONCE = 8_192


def count_grams(texts: Sequence[str], owners: Ids, rows: int, lengths: Iterable[int]) -> csr_array:
    """In how many of its texts each owner (0..rows) has each n-gram of these lengths, by a hash of 20 bits."""
    lengths = tuple(lengths)
    total = _counted(np.empty(0, np.int64), np.empty(0, np.int64), rows)
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        part = slice(start, start + _TEXTS_AT_ONCE)
        keys = distinct(np.concatenate([_keys(texts[part], length) for length in lengths]))
        total = csr_array(total + _counted(owners[part][keys >> _BITS], keys & ((1 << _BITS) - 1), rows))
    return total


def _counted(owners: Ids, columns: Ids, rows: int) -> csr_array:
    return csr_array((np.ones(len(owners), np.float32), (owners, columns)), shape=(rows, 1 << _BITS))


def _keys(texts: Sequence[str], length: int) -> Ids:
    """The text's place and the hash of each n-gram in it, in one number."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    places = np.repeat(np.arange(len(texts)), sizes)
    count = max(len(codes) - length + 1, 0)
    hashes = np.full(count, length, np.uint64)
    for shift in range(length):
        hashes = mix(hashes ^ codes[shift : shift + count])
    is_whole = places[:count] == places[length - 1 :]
    hashed = (hashes[is_whole] >> np.uint64(64 - _BITS)).astype(np.int64)
    return np.asarray((places[:count][is_whole] << _BITS) | hashed)


def weigh(counts: csr_array, power: float) -> csr_array:
    """Unit rows: 1 + log of the count, times 1 + the inverse document frequency to this power; of one row alone 0."""
    holders = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = (np.log((1 + counts.shape[0]) / (1 + holders)) + 1) ** power
    return unit_rows(_weighed(counts, np.where(holders < 2, 0, rarity)))


def weigh_rare(counts: csr_array, *, alone: bool) -> csr_array:
    """Rows of at most unit length, in which what all rows have weighs nothing; what one row alone has, if `alone`.

    Each row is made shorter as if it had one more thing that no other has: one thing in common is no certainty.
    """
    holders = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log((1 + counts.shape[0]) / np.maximum(holders, 1))
    weighted = _weighed(counts, rarity if alone else np.where(holders < 2, 0, rarity))
    return unit_rows(weighted, beside=0.0 if alone else float(np.log(1 + counts.shape[0])))


def _weighed(counts: csr_array, weights: Floats) -> csr_array:
    weighted = counts.copy()
    weighted.data = (1 + np.log(weighted.data)) * weights[weighted.indices]
    weighted.eliminate_zeros()
    return weighted


def unit_rows(rows: csr_array, beside: float = 0.0) -> csr_array:
    """Rows of length 1, or less by what was left out of them: a part of the length `beside`."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel() + beside**2)
    return csr_array(diags_array(1 / np.maximum(lengths, 1e-12)) @ rows)
