"""A FAISS index of one channel on disk: a cache of the store, never trusted and never fatal."""

import errno
import hashlib
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from becalm.errors import DiskFull

logger = logging.getLogger(__name__)

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]

# Up to here a flat self-join costs no more than training lists does.
FLAT_UP_TO = 8_192
# Of 36,000 comments, 60 rows a list and 8 lists looked into find 99.9 % of the pairs of a flat search by meaning and
# 99.5 % by characters (each pair is looked for from both its ends), in a fifth of the time of 150 rows a list.
ROWS_PER_LIST = 60
LISTS_LOOKED_INTO = 8
# More rounds move the centres, and the pairs found by less than a tenth of a percent.
TRAINING_ROUNDS = 4
# Training costs rows times lists: beyond this many lists per root of the rows it outweighs what searching gains.
LISTS_PER_ROOT = 4
# FAISS wants at least 39 rows to place the centre of a list.
ROWS_TRAINED_PER_LIST = 40
# An index that has outgrown its lists by so much is given new ones.
OUTGROWN = 4
ROWS_SEARCHED_AT_ONCE = 4_096
# Where all texts are alike, few rows at once have as many hits as memory should hold.
HITS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index file must be to be believed."""

    made_by: str
    dimension: int
    count: int
    checksum: str

    @classmethod
    def read(cls, path: Path) -> Self | None:
        try:
            return cls(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None


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
        self._faiss_index: Any = _flat(dimension)
        self._ids: set[int] = set()

    @classmethod
    def open(cls, path: Path, made_by: str, dimension: int) -> Self:
        """The index saved at `path`; an empty one where that is missing, damaged or of another model."""
        index = cls(path, made_by, dimension)
        if not path.exists():
            return index
        if (found := _believed(path, Manifest.read(index.manifest_path), made_by, dimension)) is None:
            logger.warning("index %s is damaged or of another model: it is built anew", path.name)
            return index
        index._faiss_index, index._ids = found, set(_ids_of(found).tolist())
        return index

    @property
    def manifest_path(self) -> Path:
        return self.path.with_suffix(".json")

    @property
    def ids(self) -> set[int]:
        return self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in vectors under new ids; ids that are there already, or come twice, keep the vector they had first."""
        ids, first = np.unique(ids, return_index=True)
        new = np.fromiter((one not in self._ids for one in ids.tolist()), bool, len(ids))
        if not new.any():
            return
        ids, vectors = ids[new], np.ascontiguousarray(vectors[first[new]])
        if _needs_lists(self._faiss_index, len(self) + len(ids)):
            self._faiss_index = _with_lists(self._faiss_index, ids, vectors)
        self._faiss_index.add_with_ids(vectors, ids)
        self._ids.update(ids.tolist())

    def remove(self, ids: Ids) -> None:
        """Forget these ids."""
        self._faiss_index.remove_ids(ids)
        self._ids.difference_update(ids.tolist())

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
        lowest = np.partition(np.fromiter(self._ids, np.int64, len(self)), min(count, len(self) - 1))
        among = faiss.IDSelectorRange(int(lowest[:count].min()), int(lowest[:count].max()) + 1)
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
        """Write beside, flush to the disk, and swap in; a crash leaves the old index or the new one.

        Raises `DiskFull`, with the old index still in place.
        """
        import faiss

        beside = self.path.with_suffix(".writing")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            data = faiss.serialize_index(self._faiss_index)
            manifest = Manifest(self.made_by, self.dimension, len(self), _checksum(data))
            _write_flushed(beside, data)
            # The manifest goes first: beside an older index it only means one rebuild.
            _write_flushed(beside.with_suffix(".manifest"), json.dumps(asdict(manifest)).encode())
            beside.with_suffix(".manifest").replace(self.manifest_path)
            beside.replace(self.path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            beside.with_suffix(".manifest").unlink(missing_ok=True)
            if error.errno == errno.ENOSPC:
                raise DiskFull(self.path) from error
            raise


def _flat(dimension: int) -> Any:
    import faiss

    return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))


def _needs_lists(index: Any, rows: int) -> bool:
    lists = getattr(index, "nlist", 0)
    return rows > FLAT_UP_TO and (not lists or _lists_for(rows) > OUTGROWN * lists)


def _lists_for(rows: int) -> int:
    return int(min(rows / ROWS_PER_LIST, LISTS_PER_ROOT * rows**0.5))


def _with_lists(index: Any, new_ids: Ids, new_vectors: Vectors) -> Any:
    """The content of `index` in lists that are made for it and for what is about to be added."""
    import faiss

    old_ids, old_vectors = _content(index)
    everything = np.concatenate([old_vectors, new_vectors])
    lists = _lists_for(len(everything))
    # In the order of the ids, so that the lists don't depend on who came first.
    in_order = everything[np.argsort(np.concatenate([old_ids, new_ids]))]
    sample = np.linspace(0, len(in_order) - 1, min(len(in_order), ROWS_TRAINED_PER_LIST * lists)).astype(np.int64)
    made = faiss.IndexIVFFlat(faiss.IndexFlatIP(index.d), index.d, lists, faiss.METRIC_INNER_PRODUCT)
    made.nprobe = LISTS_LOOKED_INTO
    made.cp.niter = TRAINING_ROUNDS
    made.train(in_order[sample])
    if len(old_ids):
        made.add_with_ids(old_vectors, old_ids)
    return made


def _believed(path: Path, manifest: Manifest | None, made_by: str, dimension: int) -> Any | None:
    """The index in the file, if the manifest vouches for it."""
    import faiss

    if manifest is None or (manifest.made_by, manifest.dimension) != (made_by, dimension):
        return None
    try:
        data = np.fromfile(path, np.uint8)
        if _checksum(data) != manifest.checksum:
            return None
        index = faiss.deserialize_index(data)
    except (OSError, RuntimeError):
        return None
    return index if index.ntotal == manifest.count else None


def _ids_of(index: Any) -> Ids:
    import faiss

    if isinstance(index, faiss.IndexIDMap2):
        return np.asarray(faiss.vector_to_array(index.id_map), np.int64)
    parts = [faiss.rev_swig_ptr(index.invlists.get_ids(number), size).copy() for number, size in _list_sizes(index)]
    return np.concatenate([np.empty(0, np.int64), *parts])


def _content(index: Any) -> tuple[Ids, Vectors]:
    """All ids and their vectors, in the same order."""
    import faiss

    if isinstance(index, faiss.IndexIDMap2):
        return _ids_of(index), index.index.reconstruct_n(0, index.ntotal).reshape(-1, index.d)
    width = index.d * np.dtype(np.float32).itemsize
    parts = [
        faiss.rev_swig_ptr(index.invlists.get_codes(number), size * width).copy().view(np.float32).reshape(-1, index.d)
        for number, size in _list_sizes(index)
    ]
    return _ids_of(index), np.concatenate([np.empty((0, index.d), np.float32), *parts])


def _list_sizes(index: Any) -> list[tuple[int, int]]:
    """Number and size of the lists that hold anything."""
    sizes = ((number, index.invlists.list_size(number)) for number in range(index.nlist))
    return [(number, size) for number, size in sizes if size]


def _checksum(data: NDArray[np.uint8]) -> str:
    return hashlib.blake2b(data.data, digest_size=16).hexdigest()


def _write_flushed(path: Path, data: Any) -> None:
    with path.open("wb") as file:
        file.write(memoryview(data))
        file.flush()
        os.fsync(file.fileno())
