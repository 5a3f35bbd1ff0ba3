"""Campaigns: the groups of one push, the strays that belong to it, and what it is as a whole."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from becalm.records import Judgement, Reason, Verdict
from embeddings.adoption import Adoption
from embeddings.arrays import Ids
from embeddings.facts import Facts
from embeddings.judging import Judged
from embeddings.markers import Marker, shared_markers


@dataclass(frozen=True, slots=True)
class FoundCampaign:
    """A campaign or a flood: its groups, largest first, its strays, and what they are together.

    Times are seconds since 1970. A stray is a text that belongs to the push by what it carries, not by its wording.
    """

    groups: tuple[Judged, ...]
    strays: tuple[Adoption, ...]
    verdict: Verdict
    comments: int
    accounts: int
    threads: int
    first_seen: float
    last_seen: float
    markers: list[Marker]

    @property
    def medoid_id(self) -> int:
        return self.groups[0].found.medoid_id

    @property
    def text_ids(self) -> list[int]:
        """The medoid's first."""
        return [one for group in self.groups for one in group.found.text_ids] + [one.text_id for one in self.strays]


def pushes_of(judged: Sequence[Judged]) -> dict[int, list[Judged]]:
    """The offending groups by the place of their push, the group with the most comments first."""
    pushes: defaultdict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.is_offence:
            pushes[one.push].append(one)
    for groups in pushes.values():
        groups.sort(key=lambda one: (-one.described.comments, one.found.medoid_id))
    return dict(pushes)


def collect(pushes: Mapping[int, Sequence[Judged]], adoptions: Sequence[Adoption], facts: Facts) -> list[FoundCampaign]:
    """One campaign a push, in the order of their places."""
    strays: defaultdict[int, list[Adoption]] = defaultdict(list)
    for one in adoptions:
        strays[one.push].append(one)
    rows = facts.comments.rows_of_texts()
    return [_campaign(pushes[place], strays[place], facts, rows) for place in sorted(pushes)]


def _campaign(
    groups: Sequence[Judged], strays: Sequence[Adoption], facts: Facts, rows: Mapping[int, Ids]
) -> FoundCampaign:
    ids = [one for group in groups for one in group.found.text_ids] + [one.text_id for one in strays]
    mine = np.concatenate([rows[one] for one in ids])
    accounts, threads = set(facts.comments.account[mine].tolist()), set(facts.comments.thread[mine].tolist())
    times = facts.comments.time[mine]
    return FoundCampaign(
        tuple(groups),
        tuple(strays),
        _verdict(groups, len(accounts)),
        len(mine),
        len(accounts),
        len(threads),
        float(times.min()),
        float(times.max()),
        shared_markers([facts.texts[one] for one in ids], facts.background),
    )


def _verdict(groups: Sequence[Judged], accounts: int) -> Verdict:
    """That of the largest group, as sure as the surest; a flood only where a single account wrote all of it."""
    surest = max(groups, key=lambda one: one.verdict.score)
    reasons = groups[0].verdict.reasons
    if len(groups) > 1:
        reasons += (Reason("groups", surest.verdict.score, f"{len(groups)} groups of alike texts are one push"),)
    return Verdict(Judgement.FLOOD if accounts == 1 else Judgement.CAMPAIGN, surest.verdict.score, reasons)
