"""Groups: texts around a medoid that each of them is a verified neighbour of."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from becalm.records import Channel
from embeddings.arrays import Floats, Ids
from embeddings.neighbours import Neighbours
from embeddings.rulings import NO_RULINGS, Rulings

# Two people who say alike are a coincidence; three copies are the smallest pattern there is.
SMALLEST_GROUP = 3
# What people said of a text holds for those that are so close to it, in the channel that ties them.
REMEMBERED = 0.6


class Memory(StrEnum):
    """What people said about the text that a group stands around."""

    BAD = "bad"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Member:
    """A text of a group, with its similarity to the medoid and the evidence for that."""

    text_id: int
    similarity: float
    channel: Channel


@dataclass(frozen=True, slots=True)
class Group:
    """A medoid (always the first member, similarity 1) and its neighbours; `memory` where people ruled on it."""

    members: tuple[Member, ...]
    memory: Memory | None = None

    @property
    def medoid_id(self) -> int:
        return self.members[0].text_id

    @property
    def text_ids(self) -> list[int]:
        return [member.text_id for member in self.members]


def find_groups(neighbours: Neighbours, comments: Mapping[int, int], rulings: Rulings = NO_RULINGS) -> list[Group]:
    """Groups of at least three comments, largest pull first; each text is in one group at most.

    `comments` counts the comments of each text. First stand the texts that people ruled on, good before bad, each
    with its near copies, however few. Then the text with the strongest ties (its own comments and its neighbours',
    weighted by similarity; ties by id) becomes a medoid and takes its free neighbours; then the next that is still
    free. So every member is tied to the medoid itself, and chains can't form. Texts that people hold apart never
    come together. The result depends only on the set of pairs, not on their order.
    """
    builder = _Builder(_ties(neighbours), comments, rulings)
    builder.remember(rulings.good, Memory.GOOD)
    builder.remember(rulings.bad, Memory.BAD)
    builder.gather()
    return builder.groups


class _Builder:
    """The groups so far, and the texts that they have taken."""

    def __init__(self, ties: "_Ties", comments: Mapping[int, int], rulings: Rulings) -> None:
        self.groups: list[Group] = []
        self._ties, self._comments, self._rulings = ties, comments, rulings
        self._taken: set[int] = set()

    def remember(self, ruled: Set[int], memory: Memory) -> None:
        """Groups around what people ruled on. Of texts that only the brand wrote, the nearest copy stands first."""
        otherwise = self._rulings.remembered - ruled
        for ruled_id in sorted(ruled):
            apart = self._rulings.apart_from(ruled_id)
            near = (tie for tie in self._ties.of(ruled_id) if tie.similarity >= REMEMBERED)
            copies = (tie for tie in near if tie.text_id not in otherwise and tie.text_id not in apart)
            members = self._free([Member(ruled_id, 1.0, Channel.CHARACTERS), *copies])
            if members:
                first = Member(members[0].text_id, 1.0, members[0].channel)
                self._keep(Group((first, *members[1:]), memory))

    def gather(self) -> None:
        """Groups of at least three comments around the texts with the strongest pull."""
        pull = self._ties.pull(self._comments)
        alone = (one for one, count in self._comments.items() if count >= SMALLEST_GROUP and one not in pull)
        pull |= {text_id: float(self._comments[text_id]) for text_id in alone}
        for medoid in sorted(pull, key=lambda text_id: (-pull[text_id], text_id)):
            if medoid in self._taken or medoid not in self._comments:
                continue
            members = self._free([Member(medoid, 1.0, Channel.CHARACTERS), *self._ties.of(medoid)])
            # Of too few nobody is taken: the next medoid may have more of them.
            if sum(self._comments[member.text_id] for member in members) >= SMALLEST_GROUP:
                self._keep(Group(tuple(members)))

    def _free(self, members: Iterable[Member]) -> list[Member]:
        """Those that people wrote and no group has; of two that are held apart, the first."""
        free: list[Member] = []
        banned: set[int] = set()
        for member in members:
            if member.text_id in self._comments and member.text_id not in self._taken and member.text_id not in banned:
                free.append(member)
                banned |= self._rulings.apart_from(member.text_id)
        return free

    def _keep(self, group: Group) -> None:
        self._taken.update(group.text_ids)
        self.groups.append(group)


@dataclass(frozen=True, slots=True)
class _Ties:
    """Both directions of each pair, one text's after another's (`start` to `end`), nearest first."""

    ids: Ids
    start: Ids
    end: Ids
    other: Ids
    similarity: Floats
    by_characters: NDArray[np.bool_]

    def pull(self, comments: Mapping[int, int]) -> dict[int, float]:
        """For each tied text its own comments and its neighbours', weighted by similarity."""
        own = np.array([comments.get(one, 0) for one in self.ids.tolist()], float)
        theirs = self.similarity * own[np.searchsorted(self.ids, self.other)]
        rows = np.repeat(np.arange(len(self.ids)), self.end - self.start)
        return dict(zip(self.ids.tolist(), (own + np.bincount(rows, theirs, len(own))).tolist(), strict=True))

    def of(self, text_id: int) -> Iterator[Member]:
        row = int(np.searchsorted(self.ids, text_id))
        if row == len(self.ids) or self.ids[row] != text_id:
            return
        mine = slice(self.start[row], self.end[row])
        columns = (self.other[mine], self.similarity[mine], self.by_characters[mine])
        for other, similarity, by_characters in zip(*(column.tolist() for column in columns), strict=True):
            yield Member(other, similarity, Channel.CHARACTERS if by_characters else Channel.MEANING)


def _ties(neighbours: Neighbours) -> _Ties:
    pairs, similarity = neighbours.pairs, strength(neighbours)
    text, other = np.concatenate([pairs.first, pairs.second]), np.concatenate([pairs.second, pairs.first])
    similarity, by_characters = np.tile(similarity, 2), np.tile(neighbours.by_characters, 2)
    order = np.lexsort((other, -similarity, text))
    ids, start, count = np.unique(text[order], return_index=True, return_counts=True)
    return _Ties(ids, start, start + count, other[order], similarity[order], by_characters[order])


def strength(neighbours: Neighbours) -> Floats:
    """The similarity of each pair in the channel that ties it; the two are never averaged."""
    return np.where(neighbours.by_characters, neighbours.characters, np.nan_to_num(neighbours.meaning))
