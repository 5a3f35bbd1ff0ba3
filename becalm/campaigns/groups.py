"""The groups of a campaign, and what varies in each; private data is masked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Group, Text
from ..store.upsert import chunks
from .members import Member
from .published import masked_texts
from .variation import WORDINGS_AT_MOST, Variation, vary

# A campaign of many templates is told by its largest; comparing the wordings of one takes up to a quarter of a second.
TOLD_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class CampaignGroup:
    """A group with the numbers of its wordings and comments; `variation` is None past the largest few."""

    id: str
    medoid_text: str
    wordings: int
    comments: int
    variation: Variation | None


def read_groups(session: Session, members: Sequence[Member]) -> tuple[CampaignGroup, ...]:
    """The groups that these comments are in, largest first."""
    by_group: dict[str, list[Member]] = {}
    for member in members:
        by_group.setdefault(member.group_id, []).append(member)
    ranked = sorted(by_group, key=lambda group_id: (-len(by_group[group_id]), group_id))
    medoids = _medoids(session, ranked)
    return tuple(
        CampaignGroup(
            group_id,
            medoids[group_id],
            len({member.text_id for member in by_group[group_id]}),
            len(by_group[group_id]),
            _variation(session, medoids[group_id], by_group[group_id]) if rank < TOLD_AT_MOST else None,
        )
        for rank, group_id in enumerate(ranked)
    )


def _medoids(session: Session, group_ids: Sequence[str]) -> dict[str, str]:
    found = [
        row
        for chunk in chunks(group_ids)
        for row in session.execute(
            select(Group.id, Text.id, Text.normalised).join(Text, Text.id == Group.medoid_id).where(Group.id.in_(chunk))
        )
    ]
    texts = masked_texts(session, {text_id: text for _, text_id, text in found})
    return {group_id: texts[text_id] for group_id, text_id, _ in found}


def _variation(session: Session, medoid: str, members: Iterable[Member]) -> Variation:
    """Compares the first members until there are as many wordings as can be compared."""
    counts: Counter[int] = Counter()
    for member in members:
        if len(counts) == WORDINGS_AT_MOST and member.text_id not in counts:
            break
        counts[member.text_id] += 1
    found = dict(session.execute(select(Text.id, Text.normalised).where(Text.id.in_(counts))).all())
    texts = masked_texts(session, found)
    wordings: Counter[str] = Counter()
    for text_id, comments in counts.items():
        wordings[texts[text_id]] += comments
    return vary(medoid, wordings)
