"""Which words of a medoid stand in each wording, in the same order."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.intp]

# A long word ties two wordings more surely than `a` or `to`; past a dozen letters it makes no difference.
HEAVIEST = 12


def align(medoid: Sequence[str], wordings: Sequence[Sequence[str]]) -> Integers:
    """For each wording (row) and word of the medoid (column), where in the wording it stands, or -1.

    The heaviest common subsequence (Needleman and Wunsch 1970, without gap costs), a word weighing as many as its
    letters. Of equally heavy ones the latest is taken. All wordings are aligned at once: time and memory are
    their number times the words of the longest times the words of the medoid.
    """
    rows, weights = _as_numbers(medoid, wordings), [min(len(word), HEAVIEST) for word in medoid]
    table = _table(rows, weights)
    return _trace(rows, weights, table)


def _as_numbers(medoid: Sequence[str], wordings: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """Whether word `i` of the medoid is word `j` of wording `n`, at [i, n, j]."""
    number = {word: index for index, word in enumerate(dict.fromkeys(medoid))}
    longest = max((len(words) for words in wordings), default=0)
    padded = np.full((len(wordings), longest), -1, np.int16)
    for row, words in zip(padded, wordings, strict=True):
        row[: len(words)] = [number.get(word, -1) for word in words]
    own = np.array([number[word] for word in medoid], np.int16)
    return np.asarray(padded[None] == own[:, None, None])


def _table(equal: NDArray[np.bool_], weights: Sequence[int]) -> NDArray[np.int16]:
    """The heaviest weight that the first `i` words of the medoid and the first `j` of wording `n` share."""
    words, wordings, longest = equal.shape
    table = np.zeros((words + 1, wordings, longest + 1), np.int16)
    for word in range(words):
        before, after = table[word], table[word + 1]
        best = np.where(equal[word], before[:, :-1] + np.int16(weights[word]), before[:, 1:])
        np.maximum.accumulate(best, axis=1, out=after[:, 1:])
    return table


def _trace(equal: NDArray[np.bool_], weights: Sequence[int], table: NDArray[np.int16]) -> Integers:
    words, wordings, longest = equal.shape
    places, every = np.arange(longest), np.arange(wordings)
    end = np.full(wordings, longest)
    found = np.full((wordings, words), -1, np.intp)
    for word in reversed(range(words) if longest else ()):
        reached = table[word + 1][every, end]
        ties = equal[word] & (places < end[:, None]) & (table[word][:, :-1] + weights[word] == reached[:, None])
        has_tie = ties.any(axis=1)
        latest = longest - 1 - ties[:, ::-1].argmax(axis=1)
        found[has_tie, word] = latest[has_tie]
        end = np.where(has_tie, latest, end)
    return found
