"""Strays: texts in no campaign that carry its own words or are close to a member, and belong to it after all."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from becalm.records import Channel
from embeddings.additive import likelihood
from embeddings.arrays import Ids
from embeddings.facts import Facts
from embeddings.features import describe_alone
from embeddings.groups import Group, Member
from embeddings.judging import CERTAIN, Models, log_odds
from embeddings.kinship import KINSHIP, find_kinship, unit_of
from embeddings.neighbours import Neighbours
from embeddings.rulings import NO_RULINGS, Rulings

# A word marks a campaign where it is in two of its texts, and not in many others: at most in half as many.
FEWEST_TEXTS = 2
MOST_OUTSIDE = 0.5
MOST_OUTSIDE_ANYWAY = 2
SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Adoption:
    """A text that belongs to the push of this place, with what likelihood (0..1)."""

    text_id: int
    push: int
    likelihood: float


def own_words(facts: Facts) -> set[str]:
    """The words that mark these texts: names, addresses, search words, coined or misspelled ones."""
    background = facts.background
    inside = Counter(word for text in facts.texts.values() for word in text.words)
    return {
        word
        for word, count in inside.items()
        if count >= FEWEST_TEXTS
        and len(word) >= SHORTEST_WORD
        and background.outside(word, count) <= max(MOST_OUTSIDE_ANYWAY, MOST_OUTSIDE * count)
    }


def tied_to(texts: Set[int], neighbours: Neighbours) -> Ids:
    """The texts beside `texts` that are verified neighbours of one of them, ascending."""
    known = np.fromiter(texts, np.int64, len(texts))
    first, second = np.isin(neighbours.pairs.first, known), np.isin(neighbours.pairs.second, known)
    return np.unique(
        np.concatenate([neighbours.pairs.second[first & ~second], neighbours.pairs.first[second & ~first]])
    )


def adopt(
    pushes: Mapping[int, Sequence[int]],
    strays: Sequence[int],
    facts: Facts,
    models: Models,
    rulings: Rulings = NO_RULINGS,
) -> list[Adoption]:
    """Which of the texts `strays` belongs to which of the pushes (text ids by place): to the likeliest, if likely.

    What people said of a stray and a member goes first. The likeliest come first.
    """
    if not pushes or not strays:
        return []
    places, rows = sorted(pushes), facts.comments.rows_of_texts()
    alone = [Group((Member(one, 1.0, Channel.CHARACTERS),)) for one in strays]
    odds = log_odds(describe_alone(alone, facts), models.verdict).tolist()
    units = [unit_of(pushes[place], facts, rows, CERTAIN) for place in places]
    units += [unit_of([one], facts, rows, log_odds) for one, log_odds in zip(strays, odds, strict=True)]
    kinship = find_kinship(units, facts, strays_from=len(places))
    chances = likelihood(models.adoption.log_odds(KINSHIP, kinship.features)).tolist()
    likely = [
        Adoption(units[stray].text_ids[0], places[push], chance)
        for push, stray, chance in zip(kinship.first.tolist(), kinship.second.tolist(), chances, strict=True)
        if stray >= len(places) and chance >= models.adoption.threshold
    ]
    return _likeliest([*_called_the_same(pushes, strays, rulings), *likely], pushes, rulings)


def _called_the_same(
    pushes: Mapping[int, Sequence[int]], strays: Sequence[int], rulings: Rulings
) -> Iterator[Adoption]:
    push_of, known = {one: place for place, ids in pushes.items() for one in ids}, set(strays)
    for pair in rulings.same:
        for stray, member in (pair, pair[::-1]):
            if stray in known and member in push_of:
                yield Adoption(stray, push_of[member], 1.0)


def _likeliest(adoptions: Iterable[Adoption], pushes: Mapping[int, Sequence[int]], rulings: Rulings) -> list[Adoption]:
    """One for each text; nobody comes to a push with a text that people hold apart from it."""
    members = {place: set(ids) for place, ids in pushes.items()}
    adopted: dict[int, Adoption] = {}
    for one in sorted(adoptions, key=lambda one: (-one.likelihood, one.text_id, one.push)):
        if one.text_id not in adopted and members[one.push].isdisjoint(rulings.apart_from(one.text_id)):
            adopted[one.text_id] = one
            members[one.push].add(one.text_id)
    return list(adopted.values())
