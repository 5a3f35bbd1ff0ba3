"""Groups judged together, and joined where they are one push: two templates for the same address are one campaign."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import product
from typing import Self

import numpy as np

from becalm.records import Judgement, Verdict
from embeddings.additive import AdditiveModel, likelihood, load_model
from embeddings.arrays import Floats
from embeddings.facts import Facts
from embeddings.features import FEATURES, Description, describe
from embeddings.groups import Group, Memory
from embeddings.kinship import KINSHIP, Kinship, Unit, find_kinship, unit_of
from embeddings.linkage import link
from embeddings.rulings import Rulings
from embeddings.verdict import KIN, judge

# Groups less likely than this to be an offence by themselves have no kin: whom honest talk resembles says nothing.
LEAST_LIKELY = 0.03
# The log-odds of what is settled.
CERTAIN = 3.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A group with what it looks like and what it is; `push` is the place of the group that its push is named by."""

    found: Group
    described: Description
    verdict: Verdict
    push: int

    @property
    def is_offence(self) -> bool:
        return self.verdict.judgement is not Judgement.ECHO

    def without(self, text_ids: Set[int]) -> Self | None:
        """The group without these texts; None if none is left."""
        members = tuple(member for member in self.found.members if member.text_id not in text_ids)
        if not members:
            return None
        return replace(self, found=replace(self.found, members=(replace(members[0], similarity=1.0), *members[1:])))


@dataclass(frozen=True, slots=True)
class Models:
    """The fitted models that judge."""

    verdict: AdditiveModel
    kinship: AdditiveModel
    adoption: AdditiveModel

    @classmethod
    def load(cls) -> "Models":
        return cls(load_model("verdict"), load_model("kinship"), load_model("adoption"))


def judge_groups(
    groups: Sequence[Group], facts: Facts, rulings: Rulings, models: Models, among: Sequence[Group] = ()
) -> list[Judged]:
    """Each group with its verdict and its push, in their order. Those of `among` are settled, and not judged."""
    described = describe(groups, facts, among)
    odds = _settled(groups, log_odds(described, models.verdict))
    likely = np.flatnonzero(likelihood(odds) >= LEAST_LIKELY)
    units = units_of([groups[place] for place in likely.tolist()], facts, odds[likely])
    kinship = find_kinship(units, facts)
    same = likelihood(models.kinship.log_odds(KINSHIP, kinship.features))
    kin = np.zeros(len(groups))
    kin[likely] = support(kinship, same, likelihood(odds[likely]))
    verdicts = [
        judge(one, models.verdict, kin=support_of, memory=group.memory)
        for one, support_of, group in zip(described, kin.tolist(), groups, strict=True)
    ]
    offences = {place for place, verdict in enumerate(verdicts) if verdict.judgement is not Judgement.ECHO}
    pairs = [
        (int(likely[one]), int(likely[other]), float(probability))
        for one, other, probability in zip(kinship.first, kinship.second, same, strict=True)
        if {int(likely[one]), int(likely[other])} <= offences
    ]
    pushes = _joined(groups, offences, pairs, rulings, models.kinship.threshold)
    return [Judged(*parts) for parts in zip(groups, described, verdicts, pushes, strict=True)]


def log_odds(described: Sequence[Description], model: AdditiveModel) -> Floats:
    """Of each group by itself, without kin."""
    alone = np.array([(*one.features, 0.0) for one in described], float).reshape(-1, len(FEATURES) + 1)
    return model.log_odds((*FEATURES, KIN), alone)


def _settled(groups: Sequence[Group], odds: Floats) -> Floats:
    """The odds by which groups are kin: of those that people ruled on, what they said."""
    said = {Memory.BAD: CERTAIN, Memory.GOOD: -np.inf}
    memories = [group.memory for group in groups]
    return np.array([own if one is None else said[one] for one, own in zip(memories, odds.tolist(), strict=True)])


def units_of(groups: Sequence[Group], facts: Facts, odds: Floats) -> list[Unit]:
    rows = facts.comments.rows_of_texts()
    return [
        unit_of(group.text_ids, facts, rows, log_odds) for group, log_odds in zip(groups, odds.tolist(), strict=True)
    ]


def support(kinship: Kinship, same: Floats, likelihoods: Floats) -> Floats:
    """For each unit, the greatest likelihood that another is the same push and no echo."""
    found = np.zeros(len(likelihoods))
    np.maximum.at(found, kinship.first, same * likelihoods[kinship.second])
    np.maximum.at(found, kinship.second, same * likelihoods[kinship.first])
    return found


def _joined(
    groups: Sequence[Group],
    offences: set[int],
    pairs: Sequence[tuple[int, int, float]],
    rulings: Rulings,
    at_least: float,
) -> list[int]:
    place_of = {text_id: place for place in offences for text_id in groups[place].text_ids}
    return link(len(groups), pairs, at_least, together=_places(rulings.same, place_of), apart=_apart(rulings, place_of))


def _places(ruled: frozenset[tuple[int, int]], place_of: Mapping[int, int]) -> list[tuple[int, int]]:
    """The pairs of groups that hold the texts of each ruling."""
    known = (pair for pair in ruled if pair[0] in place_of and pair[1] in place_of)
    places = ((place_of[one], place_of[other]) for one, other in known)
    return sorted({(min(pair), max(pair)) for pair in places if pair[0] != pair[1]})


def _apart(rulings: Rulings, place_of: Mapping[int, int]) -> list[tuple[int, int]]:
    """The pairs of groups that hold texts of two sides."""
    found: set[tuple[int, int]] = set()
    for sides in rulings.all_sides:
        one, other = ({place_of[text_id] for text_id in side if text_id in place_of} for side in sides)
        found |= {(min(pair), max(pair)) for pair in product(one, other) if pair[0] != pair[1]}
    return sorted(found)
