"""Groups: texts around a medoid that each of them is a verified neighbour of."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from becalm.records import Channel
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
    alone = [text_id for text_id, count in comments.items() if count >= SMALLEST_GROUP and text_id not in ties]
    pull = {
        text_id: comments.get(text_id, 0) + sum(tie.similarity * comments.get(tie.text_id, 0) for tie in mine)
        for text_id, mine in ties.items()
    } | {text_id: float(comments[text_id]) for text_id in alone}
    taken: set[int] = set()
    groups = []
    for medoid in sorted(pull, key=lambda text_id: (-pull[text_id], text_id)):
        if medoid in taken:
            continue
        members = [Member(medoid, 1.0, Channel.CHARACTERS)]
        members += [tie for tie in ties.get(medoid, ()) if tie.text_id not in taken]
        taken.update(member.text_id for member in members)
        if sum(comments.get(member.text_id, 0) for member in members) >= SMALLEST_GROUP:
            groups.append(Group(tuple(members)))
    return groups


def _ties(neighbours: Neighbours) -> dict[int, list[Member]]:
    """For each text its neighbours, nearest first."""
    similarity = strength(neighbours)
    ties: dict[int, list[Member]] = {}
    pairs = zip(neighbours.pairs.first.tolist(), neighbours.pairs.second.tolist(), similarity.tolist(), strict=True)
    for row, (first, second, closeness) in enumerate(pairs):
        channel = neighbours.channel(row)
        ties.setdefault(first, []).append(Member(second, closeness, channel))
        ties.setdefault(second, []).append(Member(first, closeness, channel))
    for mine in ties.values():
        mine.sort(key=lambda member: (-member.similarity, member.text_id))
    return ties


def strength(neighbours: Neighbours) -> NDArray[np.float64]:
    """The similarity of each pair in the channel that ties it; the two are never averaged."""
    return np.where(neighbours.by_characters, neighbours.characters, np.nan_to_num(neighbours.meaning))
