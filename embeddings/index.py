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
# Lists of about 150 rows, 12 of them looked into: 99.6 % of the pairs that a flat search finds on 36,000 comments.
ROWS_PER_LIST = 150
LISTS_LOOKED_INTO = 12
ROWS_SEARCHED_AT_ONCE = 4_096


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
        manifest = Manifest.read(index.manifest_path)
        if manifest is None and not path.exists():
            return index
        if (found := _believed(path, manifest, made_by, dimension)) is None:
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
        """Take in vectors under new ids; ids that are there already are left as they are."""
        new = np.fromiter((int(one) not in self._ids for one in ids), bool, len(ids))
        if not new.any():
            return
        ids, vectors = ids[new], np.ascontiguousarray(vectors[new])
        if len(self) <= FLAT_UP_TO < len(self) + len(ids):
            self._faiss_index = _with_lists(self._faiss_index, ids, vectors)
        self._faiss_index.add_with_ids(vectors, ids)
        self._ids.update(ids.tolist())

    def remove(self, ids: Ids) -> None:
        """Forget these ids."""
        self._faiss_index.remove_ids(ids)
        self._ids.difference_update(ids.tolist())

    def search(self, vectors: Vectors, at_least: float) -> Iterator[Hits]:
        """Every vector within cosine `at_least` of each query row, a few thousand rows at a time."""
        for start in range(0, len(vectors) if len(self) else 0, ROWS_SEARCHED_AT_ONCE):
            part = np.ascontiguousarray(vectors[start : start + ROWS_SEARCHED_AT_ONCE])
            limits, similarities, ids = self._faiss_index.range_search(part, at_least)
            rows = start + np.repeat(np.arange(len(part)), np.diff(limits.astype(np.int64)))
            yield Hits(rows, ids, similarities)

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
            os.replace(beside.with_suffix(".manifest"), self.manifest_path)
            os.replace(beside, self.path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            beside.with_suffix(".manifest").unlink(missing_ok=True)
            if error.errno == errno.ENOSPC:
                raise DiskFull(self.path) from error
            raise


def _flat(dimension: int) -> Any:
    import faiss

    return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))


def _with_lists(flat: Any, new_ids: Ids, new_vectors: Vectors) -> Any:
    """The content of `flat` in an index with lists, trained on it and on what is about to be added."""
    import faiss

    old_ids = _ids_of(flat)
    old_vectors = flat.index.reconstruct_n(0, flat.ntotal).reshape(-1, flat.d)
    everything = np.concatenate([old_vectors, new_vectors])
    # In the order of the ids, so that the lists don't depend on who came first.
    in_order = everything[np.argsort(np.concatenate([old_ids, new_ids]))]
    lists = faiss.IndexIVFFlat(
        faiss.IndexFlatIP(flat.d), flat.d, max(1, len(in_order) // ROWS_PER_LIST), faiss.METRIC_INNER_PRODUCT
    )
    lists.nprobe = LISTS_LOOKED_INTO
    lists.cp.niter = 6
    lists.train(np.ascontiguousarray(in_order[:: max(1, len(in_order) // 16_384)]))
    if len(old_ids):
        lists.add_with_ids(old_vectors, old_ids)
    return lists


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
    lists = index.invlists
    parts = [
        faiss.rev_swig_ptr(lists.get_ids(number), lists.list_size(number)).copy()
        for number in range(lists.nlist)
        if lists.list_size(number)
    ]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _checksum(data: NDArray[np.uint8]) -> str:
    return hashlib.blake2b(data.data, digest_size=16).hexdigest()


def _write_flushed(path: Path, data: Any) -> None:
    with path.open("wb") as file:
        file.write(memoryview(data))
        file.flush()
        os.fsync(file.fileno())
