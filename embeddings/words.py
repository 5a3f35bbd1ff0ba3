"""Which texts hold a word, and how rare it is: what markers are told by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from embeddings.arrays import Ids
from embeddings.manifest import read_arrays, save_arrays

# Letters with their marks, and digits; an apostrophe inside a word belongs to it.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)?")
# What every address has says nothing about one of them.
_OF_ADDRESSES = {"http", "https", "www", "com", "net", "org", "info", "html", "php", "example", "test", "invalid"}
_MADE_BY = "words-2"

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

    @classmethod
    def open(cls, path: Path) -> Self:
        """The index saved at `path`; an empty one where that is missing or damaged."""
        index = cls(path)
        if arrays := read_arrays(path, _MADE_BY):
            index._ids, index._sizes, index._hashes = arrays["ids"], arrays["sizes"], arrays["hashes"]
        return index

    @property
    def ids(self) -> set[int]:
        return set(self._ids.tolist())

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Ids, texts: Sequence[str]) -> None:
        """Take in texts under ids that are not there yet."""
        sets = [_hashed(set(split(text))) for text in texts]
        self._ids = np.concatenate([self._ids, ids])
        self._sizes = np.concatenate([self._sizes, [len(one) for one in sets]]).astype(np.int64)
        self._hashes = np.concatenate([self._hashes, *sets])

    def remove(self, ids: Ids) -> None:
        """Forget these ids."""
        stays = ~np.isin(self._ids, ids)
        self._hashes = self._hashes[np.repeat(stays, self._sizes)]
        self._ids, self._sizes = self._ids[stays], self._sizes[stays]

    def counts(self, words: Iterable[str], among: Collection[int] | None = None) -> Mapping[str, int]:
        """How many texts hold each of these words, of all or of those `among` ids.

        Of some ten thousand words one is taken for another.
        """
        asked = list(words)
        wanted = _hashed(asked)
        is_asked = np.isin(self._hashes, wanted)
        if among is not None:
            is_among = np.isin(self._ids, np.fromiter(among, np.int64, len(among)))
            is_asked &= np.repeat(is_among, self._sizes)
        hashes, counts = np.unique(self._hashes[is_asked], return_counts=True)
        known = dict(zip(hashes.tolist(), counts.tolist(), strict=True))
        return {word: known.get(one, 0) for word, one in zip(asked, wanted.tolist(), strict=True)}

    def holding(self, words: Iterable[str]) -> Ids:
        """The ids of the texts that hold any of these words, ascending."""
        rows = np.repeat(self._ids, self._sizes)
        return np.unique(rows[np.isin(self._hashes, _hashed(words))])

    def save(self) -> None:
        """Write beside, flush to the disk, and swap in.

        Raises `DiskFull`, with the old index still in place.
        """
        arrays = {"ids": self._ids, "sizes": self._sizes, "hashes": self._hashes}
        save_arrays(self.path, _MADE_BY, len(self), **arrays)


def _hashed(words: Iterable[str]) -> Hashes:
    return np.fromiter((crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.uint32)
