"""How alike pairs of accounts are, by each kind of evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from embeddings import carried, habits
from embeddings.arrays import Floats, Ids, Vectors
from embeddings.carried import Carried
from embeddings.writers import Writer

# Habits are compared with what is usual: with how alike an account is to so many others.
REFERENCES = 300
# Habits show in many comments: with so few the evidence counts half as much (in its square).
_FEW = 10
_PAIRS_AT_ONCE = 4_096

HABITS = ("wording", "signs", "meaning", "hours")
# Letters that no other name has tell two names apart; of all else, only what is shared with somebody counts.
NAME = "name"
CARRIED = {
    "links": carried.links,
    "hashtags": carried.hashtags,
    "targets": carried.targets,
    "phrases": carried.phrases,
    "threads": carried.threads,
    NAME: carried.name_parts,
}
EVIDENCE = (*HABITS, *CARRIED)

Rows = csr_array | Floats


@dataclass(frozen=True, slots=True)
class Usual:
    """How alike each account is to the references (NaN to itself), with mean and spread."""

    found: Vectors
    mean: Floats
    spread: Floats

    def above(self, similarity: Floats, accounts: Ids) -> Floats:
        """How many spreads above what is usual for these accounts."""
        spread = self.spread[accounts]
        return np.where(spread > 0, (similarity - self.mean[accounts]) / np.where(spread > 0, spread, 1), 0.0)

    def share_below(self, accounts: Ids, similarity: Floats) -> Floats:
        # As single precision as the references are, so that a reference is not below itself.
        is_below = self.found[accounts] < similarity.astype(np.float32)[:, None] - 1e-6
        known = (~np.isnan(self.found[accounts])).sum(axis=1)
        return np.asarray(is_below.sum(axis=1) / np.maximum(known, 1), float)


class Likeness:
    """The evidence about pairs of these accounts, which are known by their places."""

    def __init__(self, writers: Sequence[Writer]) -> None:
        self.writers = writers
        self.carried = {name: Carried(writers, tokens, alone=name == NAME) for name, tokens in CARRIED.items()}
        self.habits: Mapping[str, Rows] = {name: getattr(habits, name)(writers) for name in HABITS}
        self._references = _spread_out(len(writers), REFERENCES)
        self._usual = {name: _usual(rows, self._references) for name, rows in self.habits.items()}
        sizes = np.array([len(one.comments) for one in writers], float)
        self._weight = np.sqrt(sizes / (sizes + _FEW))

    def features(self, first: Ids, second: Ids) -> Floats:
        """A row for each pair, in the order of `EVIDENCE`: spreads above the usual for habits, else cosines."""
        weight = np.minimum(self._weight[first], self._weight[second])
        columns = [weight * self._unusual(name, first, second) for name in HABITS]
        columns += [similarities(one.rows, first, second) for one in self.carried.values()]
        return np.column_stack(columns)

    def _unusual(self, name: str, first: Ids, second: Ids) -> Floats:
        similarity, usual = similarities(self.habits[name], first, second), self._usual[name]
        return (usual.above(similarity, first) + usual.above(similarity, second)) / 2

    def closer_than(self, name: str, first: Ids, second: Ids) -> Floats:
        """The shares of the references that each of `first` is less like than like its `second`, by this habit."""
        return self._usual[name].share_below(first, similarities(self.habits[name], first, second))


def similarities(rows: Rows, first: Ids, second: Ids) -> Floats:
    """Cosines of pairs of unit rows."""
    # Of most pairs together the whole product is cheaper than one pair after the other.
    is_dense = 4 * len(first) > rows.shape[0] ** 2
    parts = _from_products(rows, first, second) if is_dense else _one_by_one(rows, first, second)
    return np.concatenate([np.empty(0), *parts])


def _one_by_one(rows: Rows, first: Ids, second: Ids) -> Iterator[Floats]:
    for start in range(0, len(first), _PAIRS_AT_ONCE):
        one, other = rows[first[start : start + _PAIRS_AT_ONCE]], rows[second[start : start + _PAIRS_AT_ONCE]]
        multiplied = one * other if isinstance(one, np.ndarray) else one.multiply(other)
        yield np.asarray(multiplied.sum(axis=1), float).ravel()


def _from_products(rows: Rows, first: Ids, second: Ids) -> Iterator[Floats]:
    yield product(rows, rows)[first, second]


def product(rows: Rows, others: Rows) -> Floats:
    """Each of `rows` with each of `others`."""
    if isinstance(rows, np.ndarray) or isinstance(others, np.ndarray):
        return np.asarray(rows @ others.T, float)
    return np.asarray((rows @ others.T.tocsr()).toarray(), float)


def _usual(rows: Rows, references: Ids) -> Usual:
    found = product(rows, rows[references])
    found[references, np.arange(len(references))] = np.nan
    known = np.maximum((~np.isnan(found)).sum(axis=1), 1)
    mean = np.nansum(found, axis=1) / known
    spread = np.sqrt(np.nansum((found - mean[:, None]) ** 2, axis=1) / known)
    return Usual(found.astype(np.float32), mean, np.where(spread > 1e-9, spread, 0.0))


def _spread_out(count: int, most: int) -> Ids:
    """So many places at most, evenly over all."""
    return (
        np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64)) if count else np.empty(0, int)
    )
