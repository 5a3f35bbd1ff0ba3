"""The inside of an index: flat while small, in lists of near vectors once a search of everything would cost more."""

from typing import Any

import numpy as np

from embeddings.arrays import Ids, Vectors

# Up to here everything is compared with everything, a few seconds for two cores, and who came first changes nothing.
FLAT_UP_TO = 40_000
# Of 36,000 comments, 32 lists of 60 rows each find so nearly all pairs by meaning, whoever came first, that one
# comment of a thousand stands in another group when they come in ten batches; with 8 lists it is one of two hundred.
ROWS_PER_LIST = 60
LISTS_LOOKED_INTO = 32
# More rounds move the centres, and the pairs found by less than a tenth of a percent.
TRAINING_ROUNDS = 3
# Training costs rows times lists: beyond this many lists per root of the rows it outweighs what searching gains.
LISTS_PER_ROOT = 4
# FAISS wants at least 39 rows to place the centre of a list.
ROWS_TRAINED_PER_LIST = 40
# An index that has outgrown its lists by so much is given new ones.
OUTGROWN = 4


def flat(dimension: int) -> Any:
    """An empty index that compares with every row."""
    import faiss

    return faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))


def needs_lists(index: Any, rows: int) -> bool:
    """Whether an index that is to hold so many rows should be made anew with lists, or with more of them."""
    lists = getattr(index, "nlist", 0)
    return rows > FLAT_UP_TO and (not lists or _lists_for(rows) > OUTGROWN * lists)


def _lists_for(rows: int) -> int:
    return int(min(rows / ROWS_PER_LIST, LISTS_PER_ROOT * rows**0.5))


def with_lists(index: Any, new_ids: Ids, new_vectors: Vectors) -> Any:
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


def ids_of(index: Any) -> Ids:
    """All ids, in the order of the rows."""
    import faiss

    if isinstance(index, faiss.IndexIDMap2):
        return np.asarray(faiss.vector_to_array(index.id_map), np.int64)
    parts = [faiss.rev_swig_ptr(index.invlists.get_ids(number), size).copy() for number, size in _list_sizes(index)]
    return np.concatenate([np.empty(0, np.int64), *parts])


def _content(index: Any) -> tuple[Ids, Vectors]:
    """All ids and their vectors, in the same order."""
    import faiss

    if isinstance(index, faiss.IndexIDMap2):
        return ids_of(index), index.index.reconstruct_n(0, index.ntotal).reshape(-1, index.d)
    width = index.d * np.dtype(np.float32).itemsize
    parts = [
        faiss.rev_swig_ptr(index.invlists.get_codes(number), size * width).copy().view(np.float32).reshape(-1, index.d)
        for number, size in _list_sizes(index)
    ]
    return ids_of(index), np.concatenate([np.empty((0, index.d), np.float32), *parts])


def _list_sizes(index: Any) -> list[tuple[int, int]]:
    """Number and size of the lists that hold anything."""
    sizes = ((number, index.invlists.list_size(number)) for number in range(index.nlist))
    return [(number, size) for number, size in sizes if size]
