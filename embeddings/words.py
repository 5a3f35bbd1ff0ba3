"""Which texts hold a word, and how rare it is: what markers are told by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from embeddings.arrays import Ids
from embeddings.late import LateRows
from embeddings.manifest import read_arrays, save_arrays

# Letters with their marks, and digits; an apostrophe inside a word belongs to it.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)?")
# What every address has says nothing about one of them.
_OF_ADDRESSES = {"http", "https", "www", "com", "net", "org", "info", "html", "php", "example", "test", "invalid"}
_MADE_BY = "words-2"
_LAST_BITS = np.uint32((1 << 22) - 1)

Hashes = NDArray[np.uint32]


def split(normalised: str) -> list[str]:
    """The words of a normalised text, in order, but for those of every address; without spaces, whole phrases."""
    return [word for word in _WORD.findall(normalised) if word not in _OF_ADDRESSES]


class WordIndex:
    """The distinct words of every text as 32-bit hashes; a cache of the store like the vector indexes."""

    def __init__(self, path: Path) -> None:
        """An empty index that will be saved at `path`."""
        self.path = path
        self._ids: Ids = np.empty(0, np.int64)
        self._sizes: Ids = np.empty(0, np.int64)
        self._hashes: Hashes = np.empty(0, np.uint32)
        self._late = LateRows(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The index saved at `path`; an empty one where that is missing or damaged."""
        index = cls(path)
        if found := read_arrays(path, _MADE_BY):
            index._take_in(**found[0])
            if late := index._late.read(found[1]):
                index._take_in(**late)
        return index

    @property
    def ids(self) -> Ids:
        """Ascending."""
        return np.sort(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Ids, texts: Sequence[str]) -> None:
        """Take in texts under ids that are not there yet."""
        sets = [_hashed(set(split(text))) for text in texts]
        sizes = np.array([len(one) for one in sets], np.int64)
        new = {"ids": ids, "sizes": sizes, "hashes": np.concatenate([np.empty(0, np.uint32), *sets])}
        self._late.add(**new)
        self._take_in(**new)

    def _take_in(self, ids: Ids, sizes: Ids, hashes: Hashes) -> None:
        self._ids = np.concatenate([self._ids, ids])
        self._sizes = np.concatenate([self._sizes, sizes])
        self._hashes = np.concatenate([self._hashes, hashes])

    def remove(self, ids: Ids) -> None:
        """Forget these ids."""
        stays = ~np.isin(self._ids, ids)
        self._hashes = self._hashes[np.repeat(stays, self._sizes)]
        self._ids, self._sizes = self._ids[stays], self._sizes[stays]
        self._late.spoil()

    def counts(self, words: Iterable[str], among: Collection[int] | None = None) -> Mapping[str, int]:
        """How many texts hold each of these words, of all or of those `among` ids.

        Of some ten thousand words one is taken for another.
        """
        asked = list(words)
        hashes = _hashed(asked)
        wanted = np.unique(hashes)
        rows, places = self._find(wanted)
        if among is not None:
            is_among = np.isin(self._ids, np.fromiter(among, np.int64, len(among)))
            places = places[is_among[self._owners(rows)]]
        counts = np.bincount(places, minlength=len(wanted))[np.searchsorted(wanted, hashes)]
        return dict(zip(asked, counts.tolist(), strict=True))

    def holding(self, words: Iterable[str]) -> Ids:
        """The ids of the texts that hold any of these words, ascending."""
        rows, _ = self._find(np.unique(_hashed(words)))
        return np.unique(self._ids[self._owners(rows)])

    def _find(self, wanted: Hashes) -> tuple[Ids, Ids]:
        """The rows of these hashes (ascending), and which of them each is."""
        # Few rows agree even in their last bits, and a table of those is looked into at once.
        is_wanted = np.zeros(_LAST_BITS + 1, bool)
        is_wanted[wanted & _LAST_BITS] = True
        rows = np.flatnonzero(is_wanted[self._hashes & _LAST_BITS])
        places = np.searchsorted(wanted, self._hashes[rows])
        found = wanted[np.minimum(places, len(wanted) - 1)] == self._hashes[rows] if len(rows) else np.empty(0, bool)
        return rows[found], places[found]

    def _owners(self, rows: Ids) -> Ids:
        """The places of the texts that these rows belong to."""
        return np.searchsorted(np.cumsum(self._sizes), rows, "right")

    def save(self) -> None:
        """Write beside, flush to the disk, and swap in.

        Raises `DiskFull`, with the old index still in place.
        """
        arrays = {"ids": self._ids, "sizes": self._sizes, "hashes": self._hashes}
        if not self._late.save():
            self._late.forget(save_arrays(self.path, _MADE_BY, len(self), **arrays))


def _hashed(words: Iterable[str]) -> Hashes:
    return np.fromiter((crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.uint32)
