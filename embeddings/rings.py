"""Rings: accounts that say the same things, or come to the same threads, together more often than chance has it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.sparse import csr_array

from embeddings.arrays import Flags, Floats
from embeddings.chance import at_least, expected_in_messages, expected_in_threads, surely
from embeddings.coaction import Board, Meetings

# Together once or twice is nothing: so many different messages or threads have to be shared.
MESSAGES, THREADS = 2, 3
# More than so many within the time are a crowd, and who meets in it says nothing.
CROWD_OF_MESSAGES, CROWD_OF_THREADS = 100, 20
# The pairs that met most often are looked at, and no more.
MOST_PAIRS = 20_000
# Of more accounts it costs too much to count who has threads in common.
MOST_COMPARED = 3_000


class Answer(StrEnum):
    """What can be said of an account."""

    RING = "ring"
    NONE = "none"
    INSUFFICIENT_DATA = "insufficient_data"


@dataclass(frozen=True, slots=True)
class Tie:
    """Two accounts that met more often than by chance; `chance` is the probability of that for two such accounts."""

    first: int
    second: int
    messages: int
    threads: int
    expected_messages: float
    expected_threads: float
    chance: float


@dataclass(frozen=True, slots=True)
class Ring:
    """Three accounts or more, each tied to two others at least."""

    accounts: tuple[int, ...]
    ties: tuple[Tie, ...]

    @property
    def density(self) -> float:
        """The share of its pairs that are tied."""
        return 2 * len(self.ties) / (len(self.accounts) * (len(self.accounts) - 1))


@dataclass(frozen=True, slots=True)
class Found:
    """All rings, and which accounts wrote enough for it to be said whether they are in one."""

    rings: tuple[Ring, ...]
    is_enough: Flags

    def answer(self, account: int) -> Answer:
        if any(account in ring.accounts for ring in self.rings):
            return Answer.RING
        return Answer.NONE if self.is_enough[account] else Answer.INSUFFICIENT_DATA


def find_rings(accounts: int, threads: Board, messages: Board, rate: float, least: int) -> Found:
    """The rings among so many accounts.

    `threads` holds an act for each comment; `messages` those of comments that say something which others say too, but
    not as a crowd does, each day's as a place of its own. Of the ties kept at most the share `rate` is false; a ring
    has `least` accounts.
    """
    is_enough = (_places(accounts, threads) >= THREADS) | (_places(accounts, messages) >= MESSAGES)
    ties = list(_ties(accounts, threads, messages, is_enough, rate))
    return Found(tuple(_communities(ties, least)), is_enough)


def _places(accounts: int, acts: Board) -> Floats:
    """In how many places each account acted."""
    pairs = np.unique(np.column_stack([acts.account, acts.place]), axis=0)
    return np.bincount(pairs[:, 0], minlength=accounts).astype(float)


def _ties(accounts: int, threads: Board, messages: Board, is_enough: Flags, rate: float) -> Iterator[Tie]:
    wrote = np.bincount(threads.account, minlength=accounts).astype(float)
    said, visited = _by_account(messages), _by_account(threads)
    shared = _shared(messages.meetings(is_enough, CROWD_OF_MESSAGES))
    met = _shared(threads.meetings(is_enough, CROWD_OF_THREADS))
    candidates = [pair for pair in shared.keys() | met.keys() if shared[pair] >= MESSAGES or met[pair] >= THREADS]
    candidates.sort(key=lambda pair: (-shared[pair] - met[pair], pair))
    found, chances = [], []
    for one, other in candidates[:MOST_PAIRS]:
        pair = one, other
        in_messages = expected_in_messages(messages, one, other, said, wrote) if shared[pair] >= MESSAGES else 0.0
        common = sorted(set(visited[one]).intersection(visited[other])) if met[pair] >= THREADS else []
        in_threads = expected_in_threads(threads, one, other, common)
        chances.append(
            (
                at_least(shared[pair], in_messages) if in_messages else 1.0,
                at_least(met[pair], in_threads) if in_threads else 1.0,
            )
        )
        found.append(Tie(one, other, shared[pair], met[pair], in_messages, in_threads, min(chances[-1])))
    active = int(is_enough.sum())
    by_messages, by_threads = np.array(chances, float).reshape(-1, 2).T
    # Each kind has half of what may be false.
    kept = surely(by_messages, active * (active - 1) // 2, rate / 2)
    kept |= surely(by_threads, _with_common_threads(visited, is_enough), rate / 2)
    yield from (tie for tie, is_kept in zip(found, kept.tolist(), strict=True) if is_kept)


def _with_common_threads(visited: dict[int, list[int]], is_enough: Flags) -> int:
    """How many pairs could have met often enough: those with so many threads in common, or all pairs of very many."""
    active = [account for account in visited if is_enough[account] and len(visited[account]) >= THREADS]
    if len(active) > MOST_COMPARED:
        return len(active) * (len(active) - 1) // 2
    owners = np.repeat(np.arange(len(active)), [len(visited[account]) for account in active])
    places = np.array([place for account in active for place in visited[account]], np.int64)
    width = int(places.max(initial=0)) + 1
    rows = csr_array((np.ones(len(places), np.int32), (owners, places)), shape=(len(active), width))
    common = (rows @ rows.T).tocsr()
    return int(((common.data >= THREADS).sum() - len(active)) // 2)


def _shared(meetings: Meetings) -> Counter[tuple[int, int]]:
    return Counter(zip(meetings.first.tolist(), meetings.second.tolist(), strict=True))


def _by_account(board: Board) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for account, place in np.unique(np.column_stack([board.account, board.place]), axis=0).tolist():
        found[account].append(place)
    return found


def _communities(ties: Sequence[Tie], least: int) -> Iterator[Ring]:
    """Louvain communities by how sure the ties are, less those who hang on by a single tie."""
    import networkx as nx

    graph = nx.Graph()
    for tie in sorted(ties, key=lambda one: (one.first, one.second)):
        graph.add_edge(tie.first, tie.second, weight=-np.log10(max(tie.chance, 1e-30)))
    for community in nx.community.louvain_communities(graph, weight="weight", seed=0) if ties else []:
        core = nx.k_core(graph.subgraph(community), 2)
        for members in sorted(nx.connected_components(core), key=min):
            if len(members) >= least:
                own = (tie for tie in ties if tie.first in members and tie.second in members)
                yield Ring(tuple(sorted(members)), tuple(sorted(own, key=lambda one: (one.first, one.second))))
