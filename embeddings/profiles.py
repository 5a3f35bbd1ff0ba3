"""Groups side by side: their words weighted by rarity, the middle of their meaning, and some members one by one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.sparse import csr_array, diags_array

from embeddings.arrays import Floats, Ids, Vectors
from embeddings.characters import Shingles
from embeddings.facts import Background, TextFacts
from embeddings.spans import Spans

# Pairs that share less of their wording than this are not looked at; with a like meaning a little is enough.
SHARED_WORDS = 0.12
SHARED_WORDS_BESIDE_MEANING = 0.05
LIKE_MEANING = 0.6
# A word in no more texts outside the groups than this is the groups' own.
OWN_WORD = 1
MOST_OWN_WORDS = 3.0
# Members of a group that are compared one by one; they are spread evenly from its medoid to its rim.
SAMPLE = 8


@dataclass(frozen=True, slots=True)
class Profiles:
    """One row a group. `shares` says which share of its texts holds a word, `rarity` how rare that is elsewhere."""

    shares: list[dict[str, float]]
    rarity: Mapping[str, float]
    outside: Mapping[str, int]
    weights: csr_array
    centres: Vectors
    addresses: Floats

    @classmethod
    def of(cls, groups: Sequence[Sequence[TextFacts]], background: Background) -> Self:
        """What the groups themselves hold is taken out of the background of their words."""
        holders = [Counter(word for text in group for word in text.words) for group in groups]
        inside: Counter[str] = Counter()
        for one in holders:
            inside.update(one)
        rarity = {word: background.rarity_outside(word, count) for word, count in inside.items()}
        shares = [
            {word: count / len(group) for word, count in one.items()}
            for one, group in zip(holders, groups, strict=True)
        ]
        return cls(
            shares,
            rarity,
            {word: background.outside(word, count) for word, count in inside.items()},
            _weights(shares, rarity),
            _centres(groups),
            np.array([sum(text.has_address for text in group) / len(group) for group in groups], float),
        )

    def candidates(self, spans: Spans, strays_from: int) -> tuple[Ids, Ids]:
        """Pairs near in time with enough in common, one of them before `strays_from`; first below second, in order."""
        firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for rows, columns in spans.blocks(strays_from):
            shared = (self.weights[rows] @ self.weights[columns].T).tocoo()
            first, second = rows[shared.coords[0]], columns[shared.coords[1]]
            kept = (first < second) & (shared.data >= SHARED_WORDS_BESIDE_MEANING)
            first, second, words = first[kept], second[kept], shared.data[kept]
            kept = spans.are_near(first, second)
            first, second, words = first[kept], second[kept], words[kept]
            kept = words >= SHARED_WORDS
            kept[~kept] = self._meaning(first[~kept], second[~kept]) >= LIKE_MEANING
            firsts.append(first[kept])
            seconds.append(second[kept])
        first, second = np.concatenate(firsts), np.concatenate(seconds)
        order = np.lexsort((second, first))
        return first[order], second[order]

    def compare(self, first: Ids, second: Ids) -> dict[str, Floats]:
        """Cosine of weighted words and of meaning; the rarest word in common, by share; own words in common."""
        shared = [self._shared(one, other) for one, other in zip(first.tolist(), second.tolist(), strict=True)]
        rarest, own = np.array(shared, float).reshape(-1, 2).T
        words = self.weights[first].multiply(self.weights[second]).sum(axis=1)
        return {
            "words": np.asarray(words).ravel(),
            "rarest_word": rarest,
            "own_words": own,
            "meaning": self._meaning(first, second),
        }

    def _meaning(self, first: Ids, second: Ids) -> Floats:
        return np.asarray(np.einsum("ij,ij->i", self.centres[first], self.centres[second]), float)

    def _shared(self, one: int, other: int) -> tuple[float, float]:
        less, more = sorted((self.shares[one], self.shares[other]), key=len)
        common = {word: min(share, more[word]) for word, share in less.items() if word in more}
        own = sum(share for word, share in common.items() if self.outside[word] <= OWN_WORD)
        return max((self.rarity[word] * share for word, share in common.items()), default=0.0), min(own, MOST_OWN_WORDS)


def _weights(shares: Sequence[Mapping[str, float]], rarity: Mapping[str, float]) -> csr_array:
    """Rows of unit length: share times rarity of each word."""
    column = {word: place for place, word in enumerate(rarity)}
    values = np.array([share * rarity[word] for one in shares for word, share in one.items()], float)
    columns = np.array([column[word] for one in shares for word in one], np.int64)
    limits = np.cumsum([0, *(len(one) for one in shares)])
    table = csr_array((values, columns, limits), shape=(len(shares), len(column)))
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return csr_array(diags_array(1 / np.maximum(lengths, 1e-9)) @ table)


def _centres(groups: Sequence[Sequence[TextFacts]]) -> Vectors:
    """Unit vectors in the middle of each group's meaning; zero where the encoder reads none of its texts."""
    centres = np.zeros((len(groups), _dimension(groups)), np.float32)
    for row, group in enumerate(groups):
        known = [text.vector for text in group if text.vector is not None]
        if known:
            centre = np.mean(known, axis=0)
            centres[row] = centre / max(float(np.linalg.norm(centre)), 1e-9)
    return centres


def _dimension(groups: Sequence[Sequence[TextFacts]]) -> int:
    return next((len(text.vector) for group in groups for text in group if text.vector is not None), 1)


class Samples:
    """Some members of each group, to be compared one by one."""

    def __init__(self, groups: Sequence[Sequence[TextFacts]]) -> None:
        samples = [[group[place] for place in _spread(len(group))] for group in groups]
        starts = np.cumsum([0, *map(len, samples)])
        self._starts, self._ends = starts[:-1], starts[1:]
        self._shingles = Shingles([text.said for sample in samples for text in sample])
        self._vectors = np.zeros((int(starts[-1]), _dimension(groups)), np.float32)
        for row, text in enumerate(text for sample in samples for text in sample):
            if text.vector is not None:
                self._vectors[row] = text.vector

    def nearest(self, first: Ids, second: Ids) -> dict[str, Floats]:
        """Cosine of the two members nearest in meaning; Jaccard index of a medoid and the member nearest in letters."""
        meaning = [
            float((self._vectors[self._rows(one)] @ self._vectors[self._rows(other)].T).max())
            for one, other in zip(first.tolist(), second.tolist(), strict=True)
        ]
        forth, back = self._to_medoid(first, second), self._to_medoid(second, first)
        return {"nearest_meaning": np.array(meaning, float), "nearest_characters": np.maximum(forth, back)}

    def _rows(self, group: int) -> slice:
        return slice(self._starts[group], self._ends[group])

    def _to_medoid(self, first: Ids, second: Ids) -> Floats:
        """For each pair, the greatest Jaccard index of the first's medoid with a member of the second."""
        sizes = (self._ends - self._starts)[second]
        if not len(sizes):
            return np.empty(0)
        begins = np.cumsum(sizes) - sizes
        members = np.arange(sizes.sum()) - np.repeat(begins, sizes) + np.repeat(self._starts[second], sizes)
        return np.maximum.reduceat(self._shingles.jaccard(np.repeat(self._starts[first], sizes), members), begins)


def _spread(members: int) -> list[int]:
    return [round(place) for place in np.linspace(0, members - 1, min(SAMPLE, members)).tolist()]
