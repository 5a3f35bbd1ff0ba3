"""How often two accounts would meet by chance, given how much each of them writes and where."""

from collections.abc import Iterator

import numpy as np
from scipy.stats import poisson

from embeddings.arrays import Flags, Floats
from embeddings.coaction import Board

# As many made-up others as count where a thread has few of its own.
PRIOR = 2.0


def expected_in_threads(threads: Board, one: int, other: int, common: Iterator[int] | list[int]) -> float:
    """In how many of the threads that both wrote in they would meet, if each came at any of the times at which the
    others came there: a thread's rush is everybody's."""
    total = 0.0
    for place in common:
        account = threads.account[threads.acts_in(place)]
        is_other = (account != one) & (account != other)
        chances = [_meets(threads, a, b, place, account, is_other) for a, b in ((one, other), (other, one))]
        total += max(chances)
    return total


def _meets(threads: Board, account: int, other: int, place: int, present: np.ndarray, is_other: Flags) -> float:
    near = float((threads.around(account, place) & is_other).sum())
    share = (near + PRIOR * threads.usual) / (float(is_other.sum()) + PRIOR)
    return 1 - (1 - min(share, 1.0)) ** int((present == other).sum())


def expected_in_messages(messages: Board, one: int, other: int, said: dict[int, list[int]], wrote: Floats) -> float:
    """How many of one's messages the other would say within the time, if it said any message as often as all do.

    `said` has the messages of each account, `wrote` how many comments; the larger of both ways round.
    """
    return max(_says(messages, a, b, said[a], wrote) for a, b in ((one, other), (other, one)))


def _says(messages: Board, account: int, other: int, said: list[int], wrote: Floats) -> float:
    total = 0.0
    everything = float(wrote.sum())
    for place in said:
        present = messages.account[messages.acts_in(place)]
        near = float((messages.around(account, place) & (present != account) & (present != other)).sum())
        total += 1 - (1 - (near + 1) / (everything + 1)) ** float(wrote[other])
    return total


def at_least(met: int, expected: float) -> float:
    """The chance to meet so often or more (Poisson)."""
    return float(poisson.sf(met - 1, expected)) if met else 1.0


def surely(chances: Floats, tested: int, rate: float) -> Flags:
    """Which are no chance among so many pairs: of those kept at most this share is false (Benjamini and Hochberg,
    1995)."""
    order = np.argsort(chances, kind="stable")
    fits = chances[order] <= rate * np.arange(1, len(chances) + 1) / max(tested, 1)
    kept = np.zeros(len(chances), bool)
    kept[order[: int(np.flatnonzero(fits).max(initial=-1)) + 1]] = True
    return kept
