"""Fit the curves of the verdict, of kinship and of adoption on labelled comments.

    python -m benchmarks.fit HOME:TRUTH[:WEIGHT] [...] [--only MODEL ...] [--out embeddings/fitted]

HOME is a home that has been through `becalm run`, TRUTH the labels of its comments (comment_id, label with spam,
organic or neutral, family), WEIGHT what its groups count in the verdict beside those of other homes (1). Groups are
labelled by their majority, unlisted comments count as organic, neutral ones not at all; a group weighs as the square
root of its labelled comments. Printed: figures of five folds, a family never in two of them; written: the fit on all,
or only the models named by --only, so that the others stand as they were fitted before.
"""

import argparse
import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sqlalchemy import select

from becalm.records import Channel
from becalm.settings import Settings
from becalm.store import Comment, Model, Store
from benchmarks.curves import Examples, Shape, figures, fit_curves, log_odds
from embeddings.additive import FITTED, likelihood
from embeddings.adoption import CERTAIN, own_words, tied_to
from embeddings.facts import Facts
from embeddings.features import DISGUISED, FEATURES, describe, describe_alone
from embeddings.groups import Group, Member
from embeddings.judging import LEAST_LIKELY, support, units_of
from embeddings.kinship import KINSHIP, find_kinship, unit_of
from embeddings.rulings import NO_RULINGS
from embeddings.verdict import KIN
from tasks.describe import Found, Reading, text_ids_of
from tasks.index import word_index

# A verdict that may bend at will learns the largest families by heart: with free splines it missed a family it had not
# seen three times as often. Kinship has pairs enough to bend. From half to three times of these freedoms the five-fold
# F1 differs by less than .01.
SHAPES = {"verdict": Shape(2, 0.05), "kinship": Shape(4, 0.5), "adoption": Shape(2, 0.3)}
# A customer taken for a spammer weighs more than a spammer missed.
THRESHOLDS = {"verdict": 0.45, "kinship": 0.35, "adoption": 0.4}


# Weighed last, with all else as it stands: that a group wears no disguise says nothing for it.
CURVED = tuple(name for name in FEATURES if name != DISGUISED)
_IS_CURVED = np.isin(FEATURES, CURVED)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One home's groups with what people say they are."""

    found: Found
    facts: Facts
    every: Facts
    family_of: dict[int, str]  # of a text: its family, "" for organic, "?" where only neutral comments hold it
    features: np.ndarray
    families: list[str]
    weights: np.ndarray
    weight: float

    @property
    def targets(self) -> np.ndarray:
        return np.array([bool(family) and family != "?" for family in self.families])

    @property
    def known(self) -> np.ndarray:
        return np.array([family != "?" for family in self.families])


def read_home(home: Path, truth: Path, weight: float = 1.0) -> Labelled:
    with truth.open(newline="", encoding="utf-8") as file:
        labels = {row["comment_id"]: (row["label"], row["family"]) for row in csv.DictReader(file)}
    settings = Settings(home=home)
    with Store.open(settings.store_url) as store, store.reading() as session:
        model = session.scalars(select(Model.id).order_by(Model.id.desc())).first()
        reading = Reading.of(session, model, word_index(settings))
        found = reading.found_groups(NO_RULINGS)
        facts, every = reading.facts(text_ids_of(found.groups)), reading.facts(sorted(found.comments))
        votes: dict[int, Counter[str]] = {}
        for text_id, comment_id in session.execute(select(Comment.text_id, Comment.comment_id)):
            label, family = labels.get(comment_id, ("organic", ""))
            vote = "?" if label == "neutral" else (family or "some") if label == "spam" else ""
            votes.setdefault(text_id, Counter())[vote] += 1
    groups = [sum((votes[one] for one in group.text_ids), Counter()) for group in found.groups]
    described = describe(found.groups, facts)
    return Labelled(
        found,
        facts,
        every,
        {text_id: _family(vote) for text_id, vote in votes.items()},
        np.array([one.features for one in described]),
        [_family(vote) for vote in groups],
        np.array([max(sum(count for vote, count in one.items() if vote != "?"), 1) ** 0.5 for one in groups]),
        weight,
    )


def _family(votes: Counter[str]) -> str:
    """The family of most spam where spam is the most, "" where it is not."""
    labelled = {vote: count for vote, count in votes.items() if vote != "?"}
    spam = sum(count for vote, count in labelled.items() if vote)
    if not labelled:
        return "?"
    if 2 * spam <= sum(labelled.values()):
        return ""
    return max((count, vote) for vote, count in labelled.items() if vote)[1]


def fit_verdict(homes: list[Labelled]) -> tuple[dict[str, Any], list[np.ndarray]]:
    """The curves of a group by itself, and for each home the odds of its groups."""
    parts = [
        (
            one.features[one.known][:, _IS_CURVED],
            one.targets[one.known],
            one.weight * one.weights[one.known],
            [family or f"group {place}" for place, family in enumerate(one.families) if family != "?"],
        )
        for one in homes
    ]
    rows = Examples.stack(CURVED, parts)
    guesses, document = fit_curves(rows, SHAPES["verdict"])
    print("verdict, alone:", figures(rows, guesses, THRESHOLDS["verdict"]))
    return document, [log_odds(document, CURVED, one.features[:, _IS_CURVED]) for one in homes]


def fit_kinship(homes: list[Labelled], odds: list[np.ndarray]) -> tuple[dict[str, Any], list[np.ndarray]]:
    """The curves of kinship, and for each home the support that kin gives its groups."""
    parts, kinships = [], []
    for one, own in zip(homes, odds, strict=True):
        likely = np.flatnonzero(likelihood(own) >= LEAST_LIKELY)
        units = units_of([one.found.groups[place] for place in likely], one.facts, own[likely])
        kinship = find_kinship(units, one.facts)
        families = np.array([one.families[place] for place in likely], object)
        first, second = families[kinship.first], families[kinship.second]
        telling = np.array([bool(a or b) and "?" not in (a, b) for a, b in zip(first, second, strict=True)], bool)
        weights = np.minimum(one.weights[likely][kinship.first], one.weights[likely][kinship.second])
        folds = [max(a, b) for a, b in zip(first[telling], second[telling], strict=True)]
        parts.append((kinship.features[telling], (first == second)[telling], weights[telling], folds))
        kinships.append((likely, kinship))
    rows = Examples.stack(KINSHIP, parts)
    guesses, document = fit_curves(rows, SHAPES["kinship"])
    print("kinship:", figures(rows, guesses, THRESHOLDS["kinship"]))
    return document, [
        _support(document, kinship, likely, own) for (likely, kinship), own in zip(kinships, odds, strict=True)
    ]


def _support(document: dict[str, Any], kinship: Any, likely: np.ndarray, own: np.ndarray) -> np.ndarray:
    kin = np.zeros(len(own))
    same = likelihood(log_odds(document, KINSHIP, kinship.features))
    kin[likely] = support(kinship, same, likelihood(own[likely]))
    return kin


def with_kin(document: dict[str, Any], homes: list[Labelled], odds: list[np.ndarray], kin: list[np.ndarray]) -> None:
    """Weigh the curves of a group by itself against the support of its kin, in place."""
    known = np.concatenate([one.known for one in homes])
    rows = np.column_stack([np.concatenate(odds), np.concatenate(kin)])[known]
    targets = np.concatenate([one.targets for one in homes])[known]
    weights = np.concatenate([one.weight * one.weights for one in homes])[known]
    fitted = LogisticRegression(C=1.0).fit(rows, targets, sample_weight=weights)
    scale, pull = (max(float(one), 0.0) for one in fitted.coef_[0])
    print(f"kin weighs {pull:.2f} beside {scale:.2f} of the curves")
    document["intercept"] = round(float(fitted.intercept_[0]) + scale * document["intercept"], 4)
    for curve in document["features"].values():
        curve["values"] = [round(scale * value, 4) for value in curve["values"]]
    document["features"][KIN] = {"knots": [0.0, 1.0], "values": [0.0, round(pull, 4)]}


def with_disguises(document: dict[str, Any], homes: list[Labelled], kin: list[np.ndarray]) -> None:
    """Weigh disguises where everything else stands as it was fitted, in place."""
    known = np.concatenate([one.known for one in homes])
    columns = np.column_stack([np.concatenate([one.features for one in homes]), np.concatenate(kin)])[known]
    worn = columns[:, FEATURES.index(DISGUISED)]
    odds = log_odds(document, (*FEATURES, KIN), columns)
    signs = np.where(np.concatenate([one.targets for one in homes])[known], -1, 1)
    weights = np.concatenate([one.weight * one.weights for one in homes])[known]

    def loss(weight: float) -> float:
        return float((weights * np.logaddexp(0, signs * (odds + weight * worn))).sum() + weight**2 / 2)

    weight = float(minimize_scalar(loss, bounds=(0, 10), method="bounded").x)
    print(f"disguises weigh {weight:.2f}")
    document["features"][DISGUISED] = {"knots": [0.0, 1.0], "values": [0.0, round(weight, 4)]}


def fit_adoption(homes: list[Labelled], verdict: dict[str, Any]) -> dict[str, Any]:
    """The curves by which a stray text belongs to a push."""
    parts = []
    for one in homes:
        pushes: dict[str, list[int]] = {}
        for group, family in zip(one.found.groups, one.families, strict=True):
            if family not in ("", "?"):
                pushes.setdefault(family, []).extend(group.text_ids)
        inside = {text_id for ids in pushes.values() for text_id in ids}
        strays = _strays(one, inside)
        rows = one.every.comments.rows_of_texts()
        alone = describe_alone([Group((Member(stray, 1.0, Channel.CHARACTERS),)) for stray in strays], one.every)
        names = (*FEATURES, KIN)
        features = np.array([(*described.features, 0.0) for described in alone])
        units = [unit_of(ids, one.every, rows, CERTAIN) for ids in pushes.values()]
        units += [
            unit_of([stray], one.every, rows, odds)
            for stray, odds in zip(strays, log_odds(verdict, names, features).tolist(), strict=True)
        ]
        kinship = find_kinship(units, one.every, strays_from=len(pushes))
        families = list(pushes)
        outside = kinship.second >= len(pushes)
        pairs = [
            (families[first], one.family_of[units[second].text_ids[0]])
            for first, second in zip(kinship.first[outside].tolist(), kinship.second[outside].tolist(), strict=True)
        ]
        telling = np.array([stray in ("", family) for family, stray in pairs], bool)
        parts.append(
            (
                kinship.features[outside][telling],
                np.array([family == stray for family, stray in pairs])[telling],
                np.ones(int(telling.sum())),
                [family for (family, _), tells in zip(pairs, telling, strict=True) if tells],
            )
        )
    rows = Examples.stack(KINSHIP, parts)
    guesses, document = fit_curves(rows, SHAPES["adoption"])
    print("adoption:", figures(rows, guesses, THRESHOLDS["adoption"]))
    return document


def _strays(one: Labelled, inside: set[int]) -> list[int]:
    marks = own_words(Facts(one.facts.comments, {i: one.every.texts[i] for i in inside}, one.every.background))
    carrying = {text_id for text_id, text in one.every.texts.items() if not marks.isdisjoint(text.words)}
    return sorted((carrying | set(tied_to(inside, one.found.neighbours).tolist())) - inside)


def _read(home: str, truth: str, weight: str = "1") -> Labelled:
    return read_home(Path(home), Path(truth), float(weight))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="HOME:TRUTH[:WEIGHT]")
    parser.add_argument("--only", nargs="+", choices=THRESHOLDS, default=tuple(THRESHOLDS), metavar="MODEL")
    parser.add_argument("--out", type=Path, default=FITTED)
    arguments = parser.parse_args()
    homes = [_read(*given.split(":")) for given in arguments.sets]
    verdict, odds = fit_verdict(homes)
    kinship, kin = fit_kinship(homes, odds)
    with_disguises(verdict, homes, kin)
    with_kin(verdict, homes, odds, kin)
    documents = {"verdict": verdict, "kinship": kinship, "adoption": fit_adoption(homes, verdict)}
    for name in arguments.only:
        document = documents[name]
        document["threshold"] = THRESHOLDS[name]
        (arguments.out / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
