"""Fitting curves that only rise: the more alike two accounts are, the likelier they are one writer's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

Knots = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Question:
    """Which of these pairs is one writer's: the first row is, the others are strangers; `owners` are theirs."""

    rows: np.ndarray
    owners: np.ndarray
    asked: int
    weight: float = 1.0

    def without(self, owners: np.ndarray) -> "Question":
        stays = ~np.isin(self.owners, owners)
        stays[0] = True
        return Question(self.rows[stays], self.owners[stays], self.asked, self.weight)


def climbed(features: np.ndarray, knots: Knots) -> np.ndarray:
    """How much of each stretch between two knots each feature has climbed, 0..1."""
    columns = []
    for column, ends in zip(features.T, map(np.asarray, knots.values()), strict=True):
        columns.append(np.clip((column[:, None] - ends[:-1]) / np.diff(ends), 0, 1))
    return np.column_stack(columns)


def fit_rising(questions: Sequence[Question], ridge: float, least: np.ndarray) -> np.ndarray:
    """What each stretch adds, at least `least`: the greatest conditional likelihood (McFadden, 1974)."""
    rows = np.concatenate([one.rows for one in questions])
    sizes = np.array([len(one.rows) for one in questions])
    starts, owner = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    weights = np.array([one.weight for one in questions])
    weights = weights / weights.sum()

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        scores = rows @ values
        top = np.maximum.reduceat(scores, starts)
        shares = np.exp(scores - top[owner])
        sums = np.add.reduceat(shares, starts)
        surprise = weights @ (np.log(sums) + top - scores[starts]) + ridge * values @ values
        pull = shares / sums[owner] * weights[owner]
        pull[starts] -= weights
        return float(surprise), rows.T @ pull + 2 * ridge * values

    bounds = [(float(one), None) for one in least]
    return np.asarray(minimize(loss, np.maximum(least, 0.1), jac=True, bounds=bounds, method="L-BFGS-B").x)


def as_odds(questions: Sequence[Question], values: np.ndarray, among: int) -> tuple[float, float]:
    """Scale and intercept that make log-odds of the scores, one pair in so many being one writer's."""
    scores = np.concatenate([one.rows @ values for one in questions])
    targets = np.concatenate([np.arange(len(one.rows)) == 0 for one in questions])
    weights = np.concatenate(
        [one.weight * np.where(np.arange(len(one.rows)) == 0, 1, among / len(one.rows)) for one in questions]
    )
    fitted = LogisticRegression(C=1e6).fit(scores[:, None], targets, sample_weight=weights)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def document(values: np.ndarray, knots: Knots, scale: float, intercept: float) -> dict[str, Any]:
    """The fitted curves as `embeddings.additive` reads them."""
    features, start = {}, 0
    for name, ends in knots.items():
        part = scale * values[start : start + len(ends) - 1]
        start += len(part)
        features[name] = {
            "knots": [float(end) for end in ends],
            "values": [round(float(value), 4) for value in np.concatenate([[0.0], np.cumsum(part)])],
        }
    return {"intercept": round(intercept, 4), "features": features}
