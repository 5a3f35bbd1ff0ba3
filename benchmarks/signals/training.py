"""From labelled texts to a trained model: a network over the vectors, and a logistic model over all."""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.neural_network import MLPClassifier

from becalm.signals.pieces import BUCKETS_LOG2
from becalm.signals.trained import Network, Pair, TrainedModel
from benchmarks.signals.examples import Examples, Mark

FOLDS = 4
# Pieces that stand in fewer texts teach nothing about others.
FEWEST_TEXTS = 2
# How far marks may pull beside pieces and vectors; vectors go into the network at a scale that suits its start.
MARK_SCALE, VECTOR_SCALE = 0.5, 5.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is fitted. Sets of `shares` weigh as they say, each balanced between its two labels.

    Each set but those `at_home` has a level of its own: what half of the raters of one call abuse, others don't.
    `caution` is taken off all log-odds, where a false alarm weighs more than a miss.
    """

    shares: Mapping[str, float]
    at_home: Sequence[str]
    mark: Mark
    freedom: float = 1.0
    units: int = 32
    restraint: float = 0.03
    caution: float = 0.0


def train(sets: Sequence[Examples], recipe: Recipe, encoder: str, *, with_vectors: bool = True) -> TrainedModel:
    """The model fitted on `sets`; `encoder` is the fingerprint of the one that made their vectors."""
    targets = np.concatenate([one.targets for one in sets])
    weights = np.concatenate([recipe.shares[one.name] * balanced(one.targets) for one in sets])
    levels = _levels(sets, recipe.at_home)
    pieces = sparse.vstack([_piece_rows(one) for one in sets]).tocsr()
    rarity = _rarity(pieces)
    names = _names(sets, recipe.mark)
    blocks = [pieces.multiply(rarity), _mark_rows(sets, recipe.mark, names), levels]
    network = None
    if with_vectors:
        network, guesses = _network(np.concatenate([one.vectors for one in sets]), levels, targets, weights, recipe)
        vectors = sparse.csr_matrix(np.concatenate([one.vectors for one in sets]))
        blocks = [*blocks, vectors, sparse.csr_matrix(guesses[:, None])]
    fitted = LogisticRegression(C=recipe.freedom, max_iter=300, tol=1e-3).fit(
        sparse.hstack(blocks).tocsr(), targets, sample_weight=weights
    )
    return _model(fitted, rarity, names, levels.shape[1], network, encoder, recipe.caution)


def train_pair(sets: Sequence[Examples], recipe: Recipe, encoder: str) -> Pair:
    return Pair(train(sets, recipe, encoder), train(sets, recipe, "", with_vectors=False))


def balanced(targets: np.ndarray) -> np.ndarray:
    """Weights by which either label counts for half; 1 for all where there is one label only."""
    share = targets.mean()
    if share in (0, 1):
        return np.ones(len(targets))
    return np.where(targets == 1, 0.5 / share, 0.5 / (1 - share))


def _levels(sets: Sequence[Examples], at_home: Sequence[str]) -> sparse.csr_matrix:
    away = [one.name for one in sets if one.name not in at_home]
    rows = np.concatenate([np.full(len(one.texts), away.index(one.name) if one.name in away else -1) for one in sets])
    return sparse.csr_matrix((rows[:, None] == np.arange(len(away))).astype(float))


def _piece_rows(one: Examples) -> sparse.csr_matrix:
    return sparse.vstack(
        [
            sparse.csr_matrix((part.values, (part.rows, part.buckets)), shape=(part.texts, 1 << BUCKETS_LOG2))
            for part in one.pieces()
        ]
    )


def _rarity(pieces: sparse.csr_matrix) -> np.ndarray:
    held = np.bincount(pieces.indices, minlength=pieces.shape[1])
    return np.where(held >= FEWEST_TEXTS, np.log(pieces.shape[0] / np.maximum(held, 1)) / 10, 0.0)


def _names(sets: Sequence[Examples], mark: Mark) -> list[str]:
    counts = Counter(name for one in sets for reading in one.readings for name in set(mark(reading)))
    return sorted(name for name, count in counts.items() if count >= FEWEST_TEXTS)


def _mark_rows(sets: Sequence[Examples], mark: Mark, names: Sequence[str]) -> sparse.csr_matrix:
    places = {name: place for place, name in enumerate(names)}
    rows = sparse.lil_matrix((sum(len(one.texts) for one in sets), len(names)))
    for row, reading in enumerate(reading for one in sets for reading in one.readings):
        for name in mark(reading):
            if name in places:
                rows[row, places[name]] = MARK_SCALE
    return rows.tocsr()


def _network(
    vectors: np.ndarray, levels: sparse.csr_matrix, targets: np.ndarray, weights: np.ndarray, recipe: Recipe
) -> tuple[Network, np.ndarray]:
    """The mean of the folds' networks, and what each says of the texts that it has not seen."""
    given = np.hstack([vectors * VECTOR_SCALE, levels.toarray()])
    guesses, parts = np.zeros(len(targets)), []
    for seed, (seen, unseen) in enumerate(KFold(FOLDS, shuffle=True, random_state=0).split(given)):
        one = MLPClassifier(
            (recipe.units,), alpha=recipe.restraint, early_stopping=True, random_state=seed, max_iter=40,
            learning_rate_init=2e-3,
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            one.fit(given[seen], targets[seen], sample_weight=weights[seen] / weights.mean())
        hidden = np.maximum(given[unseen] @ one.coefs_[0] + one.intercepts_[0], 0)
        guesses[unseen] = (hidden @ one.coefs_[1] + one.intercepts_[1])[:, 0]
        parts.append(one)
    inputs = vectors.shape[1]
    return Network(
        np.hstack([one.coefs_[0][:inputs] * VECTOR_SCALE for one in parts]).astype(np.float32),
        np.concatenate([one.intercepts_[0] for one in parts]).astype(np.float32),
        np.concatenate([one.coefs_[1][:, 0] / FOLDS for one in parts]).astype(np.float32),
        np.zeros(inputs, np.float32),
    ), guesses


def _model(
    fitted: LogisticRegression,
    rarity: np.ndarray,
    names: list[str],
    levels: int,
    network: Network | None,
    encoder: str,
    caution: float,
) -> TrainedModel:
    weights = fitted.coef_[0]
    buckets, marks = len(rarity), len(names)
    rest = weights[buckets + marks + levels :]
    if network:
        pull = float(rest[-1])
        network = Network(network.hidden, network.bias, network.out * np.float32(pull), rest[:-1].astype(np.float32))
    return TrainedModel(
        float(fitted.intercept_[0]) - caution,
        (weights[:buckets] * rarity).astype(np.float32),
        dict(zip(names, (weights[buckets : buckets + marks] * MARK_SCALE).tolist(), strict=True)),
        network,
        encoder,
    )
