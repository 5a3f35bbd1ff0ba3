"""Fitting additive curves: straight lines that bend a little where the labelled examples ask for it."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

# Beyond these quantiles a curve is level.
LIMITS = (0.01, 0.99)


@dataclass(frozen=True, slots=True)
class Examples:
    """Features in columns `names`, what is true, weights, and folds that stay together."""

    names: tuple[str, ...]
    features: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
    folds: np.ndarray

    @classmethod
    def stack(cls, names: tuple[str, ...], parts: list[tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]]) -> Self:
        """Examples of several sets; a fold never spans two of them."""
        features, targets, weights = (
            np.concatenate(column) for column in zip(*(part[:3] for part in parts), strict=True)
        )
        folds = [f"{number} {fold}" for number, part in enumerate(parts) for fold in part[3]]
        return cls(names, features, targets, weights, np.unique(folds, return_inverse=True)[1])


@dataclass(frozen=True, slots=True)
class Shape:
    """How freely curves may bend: at so many quantiles, held straight by so much (the less, the straighter)."""

    bends: int
    freedom: float


class Bends(TransformerMixin, BaseEstimator):
    """Each feature, clipped to its limits, and how far it is beyond each of so many quantiles."""

    def __init__(self, bends: int = 2) -> None:
        self.bends = bends

    def fit(self, features: np.ndarray, targets: np.ndarray | None = None) -> Self:
        self.low_, self.high_ = np.quantile(features, LIMITS, axis=0)
        inner = np.linspace(0, 1, self.bends + 2)[1:-1]
        quantiles = [np.unique(np.quantile(column, inner)) for column in features.T]
        self.bends_ = [
            one[(one > low) & (one < high)] for one, low, high in zip(quantiles, self.low_, self.high_, strict=True)
        ]
        return self

    def transform(self, features: np.ndarray) -> np.ndarray:
        clipped = np.clip(features, self.low_, self.high_)
        beyond = [np.maximum(column[:, None] - bends, 0) for column, bends in zip(clipped.T, self.bends_, strict=True)]
        return np.column_stack([clipped, *beyond])


def fit_curves(examples: Examples, shape: Shape) -> tuple[np.ndarray, dict[str, Any]]:
    """Five-fold likelihoods of the examples, and the fitted document."""
    fitted = LogisticRegression(C=shape.freedom, max_iter=5_000)
    pipeline = make_pipeline(StandardScaler(), Bends(shape.bends), fitted)
    weigh = {"logisticregression__sample_weight": examples.weights}
    guesses = cross_val_predict(
        pipeline, examples.features, examples.targets, groups=examples.folds, cv=GroupKFold(5), params=weigh,
        method="predict_proba",
    )[:, 1]  # fmt: skip
    return guesses, document(pipeline.fit(examples.features, examples.targets, **weigh), examples.names)


def document(pipeline: Pipeline, names: tuple[str, ...]) -> dict[str, Any]:
    """The fitted lines by their values at limits and bends; each is centred, the rest goes to the intercept."""
    scaler, bends, fitted = (step for _, step in pipeline.steps)
    weights = fitted.coef_[0]
    intercept, features, start = float(fitted.intercept_[0]), {}, len(names)
    for place, name in enumerate(names):
        inner = bends.bends_[place]
        knots = np.unique([bends.low_[place], *inner, bends.high_[place]])
        values = weights[place] * knots
        values = values + np.maximum(knots[:, None] - inner, 0) @ weights[start : start + len(inner)]
        start += len(inner)
        intercept += float(values.mean())
        features[name] = {
            "knots": _rounded(knots * scaler.scale_[place] + scaler.mean_[place]),
            "values": _rounded(values - values.mean()),
        }
    return {"intercept": round(intercept, 4), "features": features}


def log_odds(document: dict[str, Any], names: tuple[str, ...], features: np.ndarray) -> np.ndarray:
    """What a fitted document makes of each row."""
    total = np.full(len(features), float(document["intercept"]))
    for name, curve in document["features"].items():
        total += np.interp(features[:, names.index(name)], curve["knots"], curve["values"])
    return total


def figures(examples: Examples, guesses: np.ndarray, threshold: float) -> str:
    """Five-fold precision and recall, weighted."""
    hit, weights = guesses >= threshold, examples.weights
    hits = weights[examples.targets & hit].sum()
    precision, recall = hits / max(weights[hit].sum(), 1e-9), hits / max(weights[examples.targets].sum(), 1e-9)
    return f"{examples.targets.sum()} of {len(hit)}; five-fold precision {precision:.3f}, recall {recall:.3f}"


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 4) for value in values]
