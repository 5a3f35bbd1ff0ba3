"""An index of texts by characters: two meet where bands of their MinHash signatures agree."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.arrays import Ids
from embeddings.characters import SHINGLE, Shingles, distinct, mix
from embeddings.index import Hits
from embeddings.late import LateRows
from embeddings.manifest import read_arrays, save_arrays

# Two texts agree in a band with the third power of their Jaccard index (Broder 1997). Strangers share one band by a
# common word, and seldom two: at 0.36 four of five pairs share two of 60, at 0.2 one in twelve (decision 12).
BANDS, ROWS, FEWEST_SHARED = 60, 3, 2
_SEED = 42
# In a crowded bucket everybody meets only those of lowest id, which a whole campaign has in common.
LOWEST_MET = 96
MADE_BY = f"bands-{SHINGLE}-{BANDS}-{ROWS}-1"
_WRITTEN_AS = f"{MADE_BY} written 2"
_PAIRS_AT_ONCE = 4_000_000

Keys = NDArray[np.uint64]


def band_keys(shingles: Shingles) -> Keys:
    """A key for each band of each text, shape (texts, 60). It depends on nothing but the text."""
    import rensa

    flat = (shingles.hashes, shingles.limits.astype(np.uint64))
    digests: Any = rensa.RMinHash.digest_matrix_from_flat_token_hashes(*flat, BANDS * ROWS, _SEED)
    signatures = np.array(digests.to_rows(), np.uint64).reshape(-1, BANDS, ROWS)
    keys = np.broadcast_to(np.arange(BANDS, dtype=np.uint64), signatures.shape[:2])
    for row in range(ROWS):
        keys = mix(keys ^ signatures[:, :, row])
    return keys


class BandIndex:
    """Texts under their band keys: a cache of the store like the others. One writer at a time.

    Whether two texts meet depends on the two and on how crowded their buckets are, not on who came first.
    """

    def __init__(self, path: Path) -> None:
        """An empty index that will be saved at `path`."""
        self.path = path
        # Ascending, each text once.
        self.ids: Ids = np.empty(0, np.int64)
        # Ascending by key, and of one key by id.
        self._keys: Keys = np.empty(0, np.uint64)
        self._ids: Ids = np.empty(0, np.int64)
        self._late = LateRows(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The index saved at `path`; an empty one where that is missing, damaged or made otherwise."""
        index = cls(path)
        if found := read_arrays(path, _WRITTEN_AS):
            arrays, manifest = found
            index.ids, index._keys, index._ids = arrays["texts"], arrays["keys"], arrays["ids"]
            if late := index._late.read(manifest):
                index._take_in(late["ids"], late["keys"])
        return index

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, ids: Ids, keys: Keys) -> None:
        """Take in texts that are not there yet."""
        self._late.add(ids=ids, keys=keys)
        self._take_in(ids, keys)

    def _take_in(self, ids: Ids, keys: Keys) -> None:
        self.ids = np.union1d(self.ids, ids)
        new_ids, new_keys = np.repeat(ids, BANDS), keys.ravel()
        order = np.lexsort((new_ids, new_keys))
        new_ids, new_keys = new_ids[order], new_keys[order]
        places = np.searchsorted(self._keys, new_keys)
        self._keys, self._ids = np.insert(self._keys, places, new_keys), np.insert(self._ids, places, new_ids)
        # The new ones of a key now stand before the old ones.
        rows, starts = self._buckets(new_keys)
        self._ids[rows] = self._ids[rows[np.lexsort((self._ids[rows], starts))]]

    def remove(self, ids: Ids) -> None:
        """Forget these ids."""
        self.ids = np.setdiff1d(self.ids, ids)
        stays = ~np.isin(self._ids, ids)
        self._keys, self._ids = self._keys[stays], self._ids[stays]
        self._late.spoil()

    def search(self, new: Ids, keys: Keys) -> Iterator[Hits]:
        """Pairs that share bands and hold one of `new` (`keys` are theirs), up to some millions at a time.

        A pair stands under its higher id (as `rows`, ascending); the similarity is the share of bands in common.
        """
        rows, starts = self._buckets(keys)
        # One text's entries after another's: all bands that two share are counted at once.
        order = np.argsort(self._ids[rows], kind="stable")
        rows, starts = rows[order], starts[order]
        met = np.minimum(rows - starts, LOWEST_MET)
        new = np.sort(new)
        for part in _parts(self._ids[rows], met):
            yield self._shared(rows[part], starts[part], met[part], new)

    def _buckets(self, keys: Keys) -> tuple[Ids, Ids]:
        """The rows under each of these keys that has more than one, and where the bucket of each row starts."""
        wanted = distinct(keys.ravel())
        starts, ends = np.searchsorted(self._keys, wanted), np.searchsorted(self._keys, wanted, "right")
        is_shared = ends - starts > 1
        starts, sizes = starts[is_shared], (ends - starts)[is_shared]
        return np.repeat(starts, sizes) + _count_up(sizes), np.repeat(starts, sizes)

    def _shared(self, rows: Ids, starts: Ids, met: Ids, new: Ids) -> Hits:
        higher, lower = np.repeat(self._ids[rows], met), self._ids[np.repeat(starts, met) + _count_up(met)]
        has_new = _is_in(higher, new) | _is_in(lower, new)
        higher, lower = higher[has_new], lower[has_new]
        order = np.lexsort((lower, higher))
        higher, lower = higher[order], lower[order]
        changes = (np.diff(higher, prepend=-1) != 0) | (np.diff(lower, prepend=-1) != 0)
        firsts = np.flatnonzero(changes)
        shared = np.diff(firsts, append=len(higher))
        kept = shared >= FEWEST_SHARED
        return Hits(higher[firsts[kept]], lower[firsts[kept]], (shared[kept] / BANDS).astype(np.float32))

    def save(self) -> None:
        """Write beside, flush to the disk, and swap in.

        Raises `DiskFull`, with the old index still in place.
        """
        if not self._late.save():
            arrays = {"texts": self.ids, "keys": self._keys, "ids": self._ids}
            self._late.forget(save_arrays(self.path, _WRITTEN_AS, len(self), **arrays))


def _parts(texts: Ids, pairs: Ids) -> Iterator[slice]:
    """Slices that hold whole texts and about as many pairs as memory should hold."""
    total = np.cumsum(pairs)
    start = 0
    while start < len(texts):
        before = total[start - 1] if start else 0
        last = min(int(np.searchsorted(total, before + _PAIRS_AT_ONCE)), len(texts) - 1)
        end = int(np.searchsorted(texts, texts[last], "right"))
        yield slice(start, end)
        start = end


def _count_up(sizes: Ids) -> Ids:
    """0, 1, ... up to each of the sizes, one after the other."""
    return np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _is_in(values: Ids, ordered: Ids) -> NDArray[np.bool_]:
    return np.asarray(ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values)
