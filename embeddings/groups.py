"""Groups: texts around a medoid that each of them is a verified neighbour of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from becalm.records import Channel
from embeddings.arrays import Floats, Ids
from embeddings.neighbours import Neighbours

# Two people who say alike are a coincidence; three copies are the smallest pattern there is.
SMALLEST_GROUP = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A text of a group, with its similarity to the medoid and the evidence for that."""

    text_id: int
    similarity: float
    channel: Channel


@dataclass(frozen=True, slots=True)
class Group:
    """A medoid (always the first member, similarity 1) and its neighbours."""

    members: tuple[Member, ...]

    @property
    def medoid_id(self) -> int:
        return self.members[0].text_id

    @property
    def text_ids(self) -> list[int]:
        return [member.text_id for member in self.members]


def find_groups(neighbours: Neighbours, comments: Mapping[int, int]) -> list[Group]:
    """Groups of at least three comments, largest pull first; each text is in one group at most.

    `comments` counts the comments of each text. The text with the strongest ties (its own comments and its
    neighbours', weighted by similarity; ties by id) becomes a medoid and takes its free neighbours; then the
    next that is still free. So every member is tied to the medoid itself, and chains can't form. The result
    depends only on the set of pairs, not on their order.
    """
    ties = _ties(neighbours)
    pull = ties.pull(comments)
    alone = (one for one, count in comments.items() if count >= SMALLEST_GROUP and one not in pull)
    pull |= {text_id: float(comments[text_id]) for text_id in alone}
    taken: set[int] = set()
    groups = []
    for medoid in sorted(pull, key=lambda text_id: (-pull[text_id], text_id)):
        if medoid in taken:
            continue
        members = [Member(medoid, 1.0, Channel.CHARACTERS)]
        members += [tie for tie in ties.of(medoid) if tie.text_id not in taken]
        # Of too few nobody is taken: the next medoid may have more of them.
        if sum(comments.get(member.text_id, 0) for member in members) >= SMALLEST_GROUP:
            taken.update(member.text_id for member in members)
            groups.append(Group(tuple(members)))
    return groups


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
