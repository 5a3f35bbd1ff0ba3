"""A FAISS index of one channel on disk: a cache of the store, never trusted and never fatal."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from embeddings.arrays import Ids, Vectors
from embeddings.late import LateRows
from embeddings.lists import flat, ids_of, needs_lists, with_lists
from embeddings.manifest import Manifest, checksum, swap_in

logger = logging.getLogger(__name__)

ROWS_SEARCHED_AT_ONCE = 4_096
# Where all texts are alike, few rows at once have as many hits as memory should hold.
HITS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Hits:
    """Pairs (query row, id found) with their cosine, in the order of the queries."""

    rows: Ids
    ids: Ids
    similarities: Vectors


class VectorIndex:
    """Unit vectors under 64-bit ids, searched by cosine. One writer at a time."""

    def __init__(self, path: Path, made_by: str, dimension: int) -> None:
        """An empty index that will be saved at `path`; `made_by` names the model (and version) of its vectors."""
        self.path, self.made_by, self.dimension = path, made_by, dimension
        self._faiss_index: Any = flat(dimension)
        self._ids: Ids = np.empty(0, np.int64)
        self._late = LateRows(path)

    @classmethod
    def open(cls, path: Path, made_by: str, dimension: int) -> Self:
        """The index saved at `path`; an empty one where that is missing, damaged or of another model."""
        index = cls(path, made_by, dimension)
        if not path.exists():
            return index
        manifest = Manifest.read(path)
        if manifest is None or (found := _believed(path, manifest, made_by, dimension)) is None:
            logger.warning("index %s is damaged or of another model: it is built anew", path.name)
            return index
        index._faiss_index, index._ids = found, np.sort(ids_of(found))
        if late := index._late.read(manifest):
            index._take_in(late["ids"], late["vectors"])
        return index

    @property
    def ids(self) -> Ids:
        """Ascending."""
        return self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in vectors under new ids; ids that are there already, or come twice, keep the vector they had first."""
        ids, first = np.unique(ids, return_index=True)
        new = ~np.isin(ids, self._ids, assume_unique=True)
        if new.any():
            ids, vectors = ids[new], np.ascontiguousarray(vectors[first[new]])
            self._late.add(ids=ids, vectors=vectors)
            self._take_in(ids, vectors)

    def _take_in(self, ids: Ids, vectors: Vectors) -> None:
        if needs_lists(self._faiss_index, len(self) + len(ids)):
            self._faiss_index = with_lists(self._faiss_index, ids, vectors)
            self._late.spoil()
        self._faiss_index.add_with_ids(vectors, ids)
        self._ids = np.union1d(self._ids, ids)

    def remove(self, ids: Ids) -> None:
        """Forget these ids."""
        self._faiss_index.remove_ids(ids)
        self._ids = np.setdiff1d(self._ids, ids)
        self._late.spoil()

    def search(self, vectors: Vectors, at_least: float) -> Iterator[Hits]:
        """Every vector within cosine `at_least` of each query row, up to a few thousand rows at a time.

        With lists, vectors in lists that are far from a row are missed: see `search_lowest`.
        """
        yield from self._search(vectors, at_least, None)

    def search_lowest(self, vectors: Vectors, at_least: float, count: int) -> Iterator[Hits]:
        """The same among the `count` lowest ids only, where nothing is missed."""
        import faiss

        if not self.has_lists or not len(self) or not len(vectors):
            return
        among = faiss.IDSelectorRange(int(self._ids[0]), int(self._ids[:count][-1]) + 1)
        parameters = faiss.SearchParametersIVF(sel=among, nprobe=self._faiss_index.nlist)  # type: ignore[call-arg]
        yield from self._search(vectors, at_least, parameters)

    @property
    def has_lists(self) -> bool:
        """Whether a search looks into some lists only."""
        return hasattr(self._faiss_index, "nprobe")

    def _search(self, vectors: Vectors, at_least: float, parameters: Any) -> Iterator[Hits]:
        start, size = 0, ROWS_SEARCHED_AT_ONCE // 4
        while start < len(vectors) and len(self):
            part = np.ascontiguousarray(vectors[start : start + size])
            limits, similarities, ids = self._faiss_index.range_search(part, at_least, params=parameters)
            rows = start + np.repeat(np.arange(len(part)), np.diff(limits.astype(np.int64)))
            yield Hits(rows, ids, similarities)
            start += size
            size = max(16, min(ROWS_SEARCHED_AT_ONCE, HITS_AT_ONCE * len(part) // (len(ids) + 1)))

    def save(self) -> None:
        """Write beside, flush to the disk, and swap in; a crash leaves the old index, or one that is built anew.

        Raises `DiskFull`, with the old index still in place.
        """
        import faiss

        if self._late.save():
            return
        data = faiss.serialize_index(self._faiss_index)
        manifest = Manifest(self.made_by, self.dimension, len(self), checksum(data.data))
        swap_in(self.path, data.data, manifest)
        self._late.forget(manifest)


def _believed(path: Path, manifest: Manifest, made_by: str, dimension: int) -> Any | None:
    """The index in the file, if the manifest vouches for it."""
    import faiss

    if (manifest.made_by, manifest.dimension) != (made_by, dimension):
        return None
    try:
        # Looked over where it lies: FAISS reads it by itself, and a copy would be as large as the index.
        if checksum(np.memmap(path, np.uint8, "r").data) != manifest.checksum:
            return None
        index = faiss.read_index(str(path))
    except (OSError, RuntimeError, ValueError):
        return None
    return index if index.ntotal == manifest.count else None
