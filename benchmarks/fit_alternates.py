"""Fit the curves that tell which accounts are one writer's.

    python -m benchmarks.fit_alternates [--halves FILE] [--stream FILE] --simulated FOLDER [...] [--out FOLDER]

The file of --halves holds accounts that come cut in two; that of --stream a stream of posts in input format, whose
accounts are cut in two but for those of --halves. FOLDER is one that `becalm simulate` wrote. Printed: how well writers
are found whom the fit has not seen, in five folds; written: the fit on all.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from becalm.settings import Settings
from benchmarks.alternates import reciprocal_ranks, told
from benchmarks.bans import simulated_bans
from benchmarks.rising import Question, as_odds, climbed, document, fit_rising
from benchmarks.writers import HALVES, Known, accounts_of, cut_in_two, halves, simulated
from embeddings.additive import FITTED
from embeddings.alternates import FITTED_AMONG, LISTED
from embeddings.encoder import load_encoder
from embeddings.likeness import CARRIED, HABITS, Likeness
from embeddings.meetings import find_pairs

POOL = 141
STRANGERS = 300
# Links in common are rare, and a stronger ridge would hold them flat.
RIDGE = 0.0003
FOLDS = 5
BAN_SEEDS = (1, 2)
# What a question of each kind weighs. Halves hold all that was posted, of which a stream is a thin sample; simulated
# people who came back are few, and made-up bans are easy.
HALVES_WEIGHT, SIMULATED_WEIGHT, BANS_WEIGHT = 3.0, 4.0, 0.3
# What accounts carry in common speaks for them at least so much a stretch, also where these sets hold little of it.
LEAST_CARRIED = 0.1
KNOTS = {
    **dict.fromkeys(HABITS, (-1.0, 0.0, 1.0, 2.0, 3.5, 6.0)),
    **dict.fromkeys(CARRIED, (0.0, 0.05, 0.2, 0.4, 0.8)),
}
LEAST = np.array([LEAST_CARRIED * (name in CARRIED) for name, ends in KNOTS.items() for _ in ends[1:]])


@dataclass(frozen=True, slots=True)
class Compared:
    """The pairs of a set: places of the two, whose they are, and their features climbed."""

    known: Known
    first: np.ndarray
    second: np.ndarray
    owners: np.ndarray
    rows: np.ndarray
    weight: float

    @classmethod
    def of(cls, known: Known, number: int, weight: float = 1.0) -> "Compared":
        first, second = find_pairs(likeness := Likeness(known.writers))
        names = [known.writer_of[one.account_id] for one in known.writers]
        owners = np.unique(names, return_inverse=True)[1] + number * 1_000_000
        is_asked = np.isin(owners, owners[first[owners[first] == owners[second]]])
        matters = is_asked[first] | is_asked[second]
        first, second = first[matters], second[matters]
        rows = climbed(likeness.features(first, second), KNOTS).astype(np.float32)
        return cls(known, first, second, owners, rows, weight)

    def of_account(self, place: int) -> tuple[np.ndarray, np.ndarray]:
        """The pairs of an account, and the places of the others."""
        pairs = np.flatnonzero((self.first == place) | (self.second == place))
        return pairs, self.first[pairs] + self.second[pairs] - place

    def asked(self) -> list[int]:
        is_same = self.owners[self.first] == self.owners[self.second]
        return sorted({*self.first[is_same].tolist(), *self.second[is_same].tolist()})

    def questions(self, dice: np.random.Generator) -> list[Question]:
        found = []
        for place in self.asked():
            pairs, others = self.of_account(place)
            is_same = self.owners[others] == self.owners[place]
            strangers = np.flatnonzero(~is_same)
            drawn = dice.choice(strangers, min(STRANGERS, len(strangers)), replace=False)
            for right in np.flatnonzero(is_same):
                chosen = np.concatenate([[right], drawn])
                owner = int(self.owners[place])
                found.append(Question(self.rows[pairs[chosen]], self.owners[others[chosen]], owner, self.weight))
        return found

    def ranked(self, place: int, values: np.ndarray) -> list[str]:
        pairs, others = self.of_account(place)
        ordered = others[np.argsort(-(self.rows[pairs] @ values), kind="stable")]
        return [self.known.writers[other].account_id for other in ordered]


def left_out(sets: Sequence[Compared], questions: Sequence[Question]) -> list[dict[str, list[str]]]:
    """For each set the ranking of each account by a fit that knows nothing of its writer."""
    ranked: list[dict[str, list[str]]] = [{} for _ in sets]
    writers = np.unique([one.asked for one in questions])
    for fold in range(FOLDS):
        unseen = np.random.default_rng(0).permutation(writers)[fold::FOLDS]
        seen = [one.without(unseen) for one in questions if one.asked not in unseen]
        values = fit_rising(seen, RIDGE, LEAST)
        for one, found in zip(sets, ranked, strict=True):
            for place in one.asked():
                if one.owners[place] in unseen:
                    found[one.known.writers[place].account_id] = one.ranked(place, values)
    return ranked


def tell(known: Known, ranked: dict[str, list[str]]) -> None:
    partners = known.partners()
    best = {account: others[:LISTED] for account, others in ranked.items()}
    print(told(f"{known.name}, among {len(known.writers):,}", reciprocal_ranks(best, partners)))
    early, late = HALVES
    asked = {account: right for account, right in partners.items() if account.endswith(f"-{early}")}
    if asked:
        later = {account: [one for one in ranked[account] if one.endswith(f"-{late}")] for account in asked}
        print(told(f"  {early} among {len(asked)} {late}", reciprocal_ranks(later, asked)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--halves", type=Path)
    parser.add_argument("--stream", type=Path)
    parser.add_argument("--simulated", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=FITTED)
    given = parser.parse_args()
    settings = Settings()
    encoder = load_encoder(settings.model, threads=settings.threads, cache=settings.cache)
    weighed = [(halves(given.halves, encoder), HALVES_WEIGHT)] if given.halves else []
    if given.stream:
        without = accounts_of(given.halves) if given.halves else set()
        weighed += [(pool, 1.0) for pool in cut_in_two(given.stream, encoder, without, POOL)]
    weighed += [(simulated(folder, encoder), SIMULATED_WEIGHT) for folder in given.simulated]
    weighed += [(simulated_bans(seed, encoder), BANS_WEIGHT) for seed in BAN_SEEDS]
    fit(weighed, given.out)


def fit(weighed: Sequence[tuple[Known, float]], out: Path) -> None:
    """Print the figures of the folds, and write the fit on all."""
    sets = [Compared.of(one, number, weight) for number, (one, weight) in enumerate(weighed)]
    dice = np.random.default_rng(1)
    questions = [question for one in sets for question in one.questions(dice)]
    for one, ranked in zip(sets, left_out(sets, questions), strict=True):
        tell(one.known, ranked)
    values = fit_rising(questions, RIDGE, LEAST)
    scale, intercept = as_odds(questions, values, FITTED_AMONG)
    written = {**document(values, KNOTS, scale, intercept), "threshold": 0.5}
    (out / "alternates.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
