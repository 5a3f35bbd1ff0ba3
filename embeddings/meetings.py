"""Which pairs of many accounts are worth comparing: those that are nearest by some kind of evidence."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array

from embeddings.arrays import Flags, Floats, Ids
from embeddings.characters import distinct
from embeddings.likeness import Likeness, Rows, product

# Up to so many accounts every pair is compared.
ALL_PAIRS = 1_000
NEAREST = 30
# What more accounts than this have in common tells little about two of them, and costs a square of them.
HELD_BY = 200
_ROWS_AT_ONCE = 256

# Signs and hours are alike in thousands of pairs: they tell between candidates, and find none.
_FINDING_HABITS = ("wording", "meaning")

Pairs = tuple[Ids, Ids]


def find_pairs(likeness: Likeness, nearest: int = NEAREST) -> Pairs:
    """Each pair once, the lower place first: all of them, or of many accounts the nearest by each kind of evidence."""
    count = len(likeness.writers)
    if count <= ALL_PAIRS:
        first, second = np.triu_indices(count, 1)
        return first.astype(np.int64), second.astype(np.int64)
    keys = distinct(np.concatenate([np.empty(0, np.int64), *(_keys(rows, nearest) for rows in _finding(likeness))]))
    return keys // count, keys % count


def nearest_pairs(likeness: Likeness, ones: Ids, others: Ids, allowed: Flags, nearest: int = NEAREST) -> Pairs:
    """Each of `ones` with those of `others` that are nearest to it by each kind of evidence, where it is `allowed`
    (a row for each of `ones`, a column for each of `others`)."""
    keys = [np.empty(0, np.int64)]
    for rows in _finding(likeness) if allowed.any() else []:
        for start in range(0, len(ones), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            found = np.where(allowed[part], product(rows[ones[part]], rows[others]), 0.0)
            best = np.argpartition(-found, min(nearest, found.shape[1] - 1), axis=1)[:, :nearest]
            here, there = np.repeat(np.arange(len(found)), best.shape[1]), best.ravel()
            met = found[here, there] > 0
            keys.append((start + here[met]) * len(others) + there[met])
    distinct_keys = distinct(np.concatenate(keys))
    return ones[distinct_keys // max(len(others), 1)], others[distinct_keys % max(len(others), 1)]


def _finding(likeness: Likeness) -> list[Rows]:
    return [likeness.habits[name] for name in _FINDING_HABITS] + [one.rows for one in likeness.carried.values()]


def _keys(rows: Rows, nearest: int) -> Ids:
    """The pairs of each row with those nearest to it, as one number each."""
    telling = rows if isinstance(rows, np.ndarray) else _rarely_held(rows)
    parts = [np.empty(0, np.int64)]
    for start, found in _blocks(telling):
        best = np.argpartition(-found, min(nearest, found.shape[1] - 1), axis=1)[:, :nearest]
        here = np.repeat(np.arange(start, start + len(found)), best.shape[1])
        there = best.ravel()
        is_pair = (found[here - start, there] > 0) & (here != there)
        low, high = np.minimum(here, there)[is_pair], np.maximum(here, there)[is_pair]
        parts.append(low * rows.shape[0] + high)
    return np.concatenate(parts)


def _blocks(rows: Rows) -> Iterator[tuple[int, Floats]]:
    for start in range(0, rows.shape[0], _ROWS_AT_ONCE):
        found = product(rows[start : start + _ROWS_AT_ONCE], rows)
        found[np.arange(len(found)), np.arange(start, start + len(found))] = 0
        yield start, found


def _rarely_held(rows: csr_array) -> csr_array:
    holders = np.bincount(rows.indices, minlength=rows.shape[1])
    telling = rows.copy()
    telling.data[holders[telling.indices] > HELD_BY] = 0
    telling.eliminate_zeros()
    return telling
