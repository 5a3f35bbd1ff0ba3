"""Neighbours: pairs of texts that an exact measure of their own channel holds close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from becalm.records import Channel
from embeddings.arrays import Floats, Ids, Vectors
from embeddings.bands import BandIndex, Keys
from embeddings.characters import Shingles, distinct
from embeddings.index import Hits, VectorIndex


@dataclass(frozen=True, slots=True)
class NeighbourRules:
    """How close is close. Measured on labelled comments: of the settings tried (characters .3 to .5, meaning
    .78 to .90) these lose the fewest campaign comments while every member stays near its medoid."""

    characters: float = 0.36
    meaning: float = 0.8
    # A reworded copy keeps some letters in place; the same topic in other words does not.
    characters_beside_meaning: float = 0.1
    # Short texts are alike by chance: below this many characters only characters count, and more of them.
    short_text: int = 25
    extra_when_short: float = 0.15
    # Neighbours kept for each text: its nearest, and those of lowest id, which a whole campaign has in common,
    # so that 5,000 copies keep 5,000 ties to the same few texts and not twelve million to each other.
    nearest_kept: int = 32
    hubs_kept: int = 96
    # Hubs are looked for among this many of the lowest ids, or a 64th of all: enough for a few of any large campaign.
    hubs_searched: int = 2_048


RULES = NeighbourRules()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of text ids, first below second, none twice."""

    first: Ids
    second: Ids

    def __len__(self) -> int:
        return len(self.first)

    @property
    def ids(self) -> Ids:
        return distinct(np.concatenate([self.first, self.second]))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Verified pairs with both similarities; `meaning` is NaN where the encoder can't read a text."""

    pairs: Pairs
    characters: Floats
    meaning: Floats
    by_characters: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.pairs)

    def channel(self, row: int) -> Channel:
        """The evidence that ties the pair; characters go first where both do, for they are easier to show."""
        return Channel.CHARACTERS if self.by_characters[row] else Channel.MEANING


def find_candidates(
    index: VectorIndex, ids: Ids, vectors: Vectors, at_least: float, rules: NeighbourRules
) -> list[Pairs]:
    """Pairs of each of `ids` with what the index of meaning finds near it."""
    found, crowded = [], [np.empty(0, np.int64)]
    for hits in index.search(vectors, at_least):
        found.append(_paired(ids, _bounded(hits, rules)))
        crowded.append(_crowded(hits, rules))
    # Members of a large campaign lie in many lists and each looks into a few: all must see the same hubs.
    rows = np.concatenate(crowded)
    lowest, only_hubs = max(rules.hubs_searched, len(index) // 64), replace(rules, nearest_kept=0)
    for hits in index.search_lowest(vectors[rows], at_least, lowest):
        found.append(_paired(ids[rows], _bounded(hits, only_hubs)))
    return found


def meeting(bands: BandIndex, ids: Ids, keys: Keys, rules: NeighbourRules) -> list[Pairs]:
    """Pairs of each of `ids` (`keys` are theirs) with the texts that it shares bands with."""
    return [Pairs(hits.ids, hits.rows) for hits in (_bounded(one, rules) for one in bands.search(ids, keys))]


def together(parts: Sequence[Pairs]) -> Pairs:
    """All pairs, each once, in the order of their ids."""
    first = np.concatenate([np.empty(0, np.int64), *(part.first for part in parts)])
    second = np.concatenate([np.empty(0, np.int64), *(part.second for part in parts)])
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    is_new = np.ones(len(first), bool)
    is_new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return Pairs(first[is_new], second[is_new])


def _paired(ids: Ids, hits: Hits) -> Pairs:
    own = ids[hits.rows]
    others = own != hits.ids
    return Pairs(np.minimum(own, hits.ids)[others], np.maximum(own, hits.ids)[others])


def _bounded(hits: Hits, rules: NeighbourRules) -> Hits:
    """The nearest and the hubs of each row with more neighbours than both allow."""
    starts, ends = _spans(hits.rows)
    dense = np.flatnonzero(ends - starts > rules.nearest_kept + rules.hubs_kept)
    if not len(dense):
        return hits
    kept = np.ones(len(hits.rows), bool)
    for start, end in zip(starts[dense].tolist(), ends[dense].tolist(), strict=True):
        kept[start:end] = False
        kept[start + np.argpartition(-hits.similarities[start:end], rules.nearest_kept)[: rules.nearest_kept]] = True
        kept[start + np.argpartition(hits.ids[start:end], rules.hubs_kept)[: rules.hubs_kept]] = True
    return Hits(hits.rows[kept], hits.ids[kept], hits.similarities[kept])


def _crowded(hits: Hits, rules: NeighbourRules) -> Ids:
    """Rows with so many neighbours that there may be more than were seen."""
    starts, ends = _spans(hits.rows)
    return hits.rows[starts[ends - starts > rules.nearest_kept]]


def _spans(rows: Ids) -> tuple[Ids, Ids]:
    """Where each row's hits start and end (`rows` ascend)."""
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    return starts, np.append(starts[1:], len(rows)) if len(starts) else starts


def verify(pairs: Pairs, texts: Mapping[int, str], vectors: Mapping[int, Vectors], rules: NeighbourRules) -> Neighbours:
    """The candidates that hold when measured exactly.

    `texts` has the normalised text of every id; `vectors` the unit vector of those that the encoder can read.
    A pair holds by characters (Jaccard of shingles), or by meaning (cosine) beside some characters.
    """
    ids = pairs.ids
    shingles = Shingles([texts[int(one)] for one in ids])
    first, second = np.searchsorted(ids, pairs.first), np.searchsorted(ids, pairs.second)
    characters = shingles.jaccard(first, second)
    meaning = _cosines(ids, first, second, vectors)
    lengths = np.array([len(texts[int(one)]) for one in ids], np.int64)
    is_short = np.minimum(lengths[first], lengths[second]) < rules.short_text if len(ids) else np.empty(0, bool)
    by_characters = characters >= rules.characters + np.where(is_short, rules.extra_when_short, 0)
    by_meaning = ~is_short & (meaning >= rules.meaning) & (characters >= rules.characters_beside_meaning)
    holds = by_characters | by_meaning
    return Neighbours(
        Pairs(pairs.first[holds], pairs.second[holds]), characters[holds], meaning[holds], by_characters[holds]
    )


def _cosines(ids: Ids, first: Ids, second: Ids, vectors: Mapping[int, Vectors]) -> Floats:
    """Cosine of each pair, NaN where one of the two has no vector."""
    cosines = np.full(len(first), np.nan)
    known = np.fromiter((int(one) in vectors for one in ids), bool, len(ids))
    if not known.any():
        return cosines
    dimension = len(next(iter(vectors.values())))
    matrix = np.zeros((len(ids), dimension), np.float32)
    matrix[known] = [vectors[int(one)] for one in ids[known]]
    for start in range(0, len(first), 50_000):
        part = slice(start, start + 50_000)
        cosines[part] = np.einsum("ij,ij->i", matrix[first[part]], matrix[second[part]])
    cosines[~(known[first] & known[second])] = np.nan
    return cosines
