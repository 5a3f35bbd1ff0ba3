"""The peers: each takes distinct texts (or their vectors) and says which belong together.

Each is used as its documentation shows. Peers know groups only, no verdicts; `flagged` makes campaigns of them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Labels = NDArray[np.int64]

PERMUTATIONS = 128
# Smallest group and shortest text that count as a campaign where a tool has no verdict of its own.
FLAGGED_COMMENTS = 4
FLAGGED_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Work:
    """What a peer is given; `folder` holds the static model where one is needed."""

    texts: Sequence[str]
    vectors: Vectors
    folder: Path


@dataclass(frozen=True, slots=True)
class Found:
    """The group of each text; texts of one label are together. Seconds of the peer's own encoder, if it has one."""

    labels: Labels
    encoding_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool with its setting. `imports` are loaded before the clock runs."""

    name: str
    group: Callable[[Work], Found]
    imports: tuple[str, ...] = ()
    uses_vectors: bool = False
    uses_static_model: bool = False


def bigrams(text: str) -> list[str]:
    """Pairs of words next to each other; a text of one word is that word."""
    words = text.split()
    return [f"{first} {second}" for first, second in pairwise(words)] or words


def exact(work: Work) -> Found:
    return Found(np.arange(len(work.texts)))


def datasketch_lsh(threshold: float) -> Callable[[Work], Found]:
    def group(work: Work) -> Found:
        from datasketch import MinHash, MinHashLSH

        lsh = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        sketches = MinHash.bulk(
            [[part.encode() for part in bigrams(text)] for text in work.texts], num_perm=PERMUTATIONS
        )
        for row, sketch in enumerate(sketches):
            lsh.insert(row, sketch)
        return Found(components([lsh.query(sketch) for sketch in sketches]))

    return group


def rensa_lsh(threshold: float, bands: int) -> Callable[[Work], Found]:
    """`bands` puts the bend of the curve, (1 / bands) ** (bands / permutations), near the threshold."""

    def group(work: Work) -> Found:
        from rensa import RMinHash, RMinHashLSH

        lsh = RMinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, num_bands=bands)
        sketches = RMinHash.from_token_sets([bigrams(text) for text in work.texts], PERMUTATIONS, 42)
        lsh.insert_many(sketches)
        return Found(components(lsh.query_all(sketches)))

    return group


def semhash_static(threshold: float) -> Callable[[Work], Found]:
    """With a static model as its makers distil theirs, here of the encoder that becalm uses."""

    def group(work: Work) -> Found:
        from benchmarks.campaigns.static_model import load

        model = load(work.folder)
        started = perf_counter()
        vectors = model.encode(list(work.texts))
        spent = perf_counter() - started
        return Found(_semhash(work.texts, vectors, model, threshold), spent)

    return group


def semhash_on_vectors(threshold: float) -> Callable[[Work], Found]:
    return lambda work: Found(_semhash(work.texts, work.vectors, None, threshold))


def _semhash(texts: Sequence[str], vectors: Vectors, model: Any, threshold: float) -> Labels:
    from semhash import SemHash

    rows = {text: row for row, text in enumerate(texts)}
    index = SemHash.from_embeddings(vectors, list(texts), model)
    labels = np.arange(len(texts))
    for duplicate in index.self_deduplicate(threshold).filtered:
        labels[rows[duplicate.record]] = rows[duplicate.duplicate_of]
    return labels


def communities(threshold: float) -> Callable[[Work], Found]:
    def group(work: Work) -> Found:
        from sentence_transformers.util import community_detection

        labels = np.arange(len(work.texts))
        for members in community_detection(work.vectors, threshold, min_community_size=2):
            labels[members] = members[0]
        return Found(labels)

    return group


def faiss_components(threshold: float) -> Callable[[Work], Found]:
    """Everything within the threshold of each other, directly or by way of others; found in lists, as FAISS advises."""

    def group(work: Work) -> Found:
        import faiss

        count, dimension = work.vectors.shape
        lists = max(1, min(int(4 * count**0.5), count // 39))
        quantizer = faiss.IndexFlatIP(dimension)
        index = faiss.IndexIVFFlat(quantizer, dimension, lists, faiss.METRIC_INNER_PRODUCT)
        index.train(work.vectors)
        index.add(work.vectors)
        index.nprobe = 16
        limits, _, ids = index.range_search(work.vectors, threshold)
        return Found(_connected(np.repeat(np.arange(count), np.diff(limits.astype(np.int64))), ids, count))

    return group


def components(near: Sequence[Sequence[int]]) -> Labels:
    """One label for all rows that are near each other, directly or by way of others."""
    lengths = np.fromiter(map(len, near), np.int64, len(near))
    others = np.fromiter((other for row in near for other in row), np.int64, int(lengths.sum()))
    return _connected(np.repeat(np.arange(len(near)), lengths), others, len(near))


def _connected(first: NDArray[np.int64], second: NDArray[np.int64], count: int) -> Labels:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = coo_array((np.ones(len(first), np.int8), (first, second)), shape=(count, count))
    return np.asarray(connected_components(edges, directed=False)[1], np.int64)


PEERS = (
    Peer("exact normalised text", exact),
    Peer("datasketch MinHash LSH 0.7", datasketch_lsh(0.7), ("datasketch", "scipy.sparse.csgraph")),
    Peer("datasketch MinHash LSH 0.5", datasketch_lsh(0.5), ("datasketch", "scipy.sparse.csgraph")),
    Peer("rensa MinHash LSH 0.7", rensa_lsh(0.7, 16), ("rensa", "scipy.sparse.csgraph")),
    Peer("rensa MinHash LSH 0.5", rensa_lsh(0.5, 32), ("rensa", "scipy.sparse.csgraph")),
    Peer("semhash 0.95, static model", semhash_static(0.95), ("semhash", "model2vec"), uses_static_model=True),
    Peer("semhash 0.90, static model", semhash_static(0.9), ("semhash", "model2vec"), uses_static_model=True),
    Peer("semhash 0.95, MiniLM", semhash_on_vectors(0.95), ("semhash",), uses_vectors=True),
    Peer("semhash 0.90, MiniLM", semhash_on_vectors(0.9), ("semhash",), uses_vectors=True),
    Peer("community_detection 0.90, MiniLM", communities(0.9), ("sentence_transformers.util",), uses_vectors=True),
    Peer("FAISS components 0.90, MiniLM", faiss_components(0.9), ("faiss", "scipy.sparse.csgraph"), uses_vectors=True),
    Peer("FAISS components 0.87, MiniLM", faiss_components(0.87), ("faiss", "scipy.sparse.csgraph"), uses_vectors=True),
)


def flagged(labels: Labels, rows: Mapping[str, int], at_least: int = FLAGGED_COMMENTS) -> dict[str, int]:
    """The group of each comment whose group has that many comments; `rows` has the text row of each comment."""
    sizes: Counter[int] = Counter()
    groups: defaultdict[str, int] = defaultdict(int)
    for comment, row in rows.items():
        groups[comment] = int(labels[row])
        sizes[groups[comment]] += 1
    return {comment: group for comment, group in groups.items() if sizes[group] >= at_least}
