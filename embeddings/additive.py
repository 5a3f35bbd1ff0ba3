"""Fitted additive models: each feature adds to the log-odds by a curve of its own, so every likelihood has reasons."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from embeddings.arrays import Floats

FITTED = Path(__file__).with_name("fitted")


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight lines between knots, level beyond them: what was never met says no more than the furthest that was."""

    knots: Floats
    values: Floats

    def __call__(self, feature: Floats) -> Floats:
        return np.asarray(np.interp(feature, self.knots, self.values), float)


@dataclass(frozen=True, slots=True)
class AdditiveModel:
    """A generalised additive model with a logistic link (Hastie and Tibshirani, 1986), fitted by benchmarks/fit.py."""

    intercept: float
    curves: Mapping[str, Curve]
    threshold: float

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the log-odds."""
        return {name: float(curve(np.array(features[name]))) for name, curve in self.curves.items()}

    def log_odds(self, names: Sequence[str], features: Floats) -> Floats:
        """Of each row of `features`, whose columns are `names`."""
        places = {name: place for place, name in enumerate(names)}
        total = np.full(len(features), self.intercept)
        for name, curve in self.curves.items():
            total += curve(features[:, places[name]])
        return total


def likelihood(log_odds: Floats) -> Floats:
    """0..1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))


@cache
def load_model(name: str) -> AdditiveModel:
    """A model shipped with becalm: `verdict`, `kinship` or `adoption`."""
    document = json.loads(path_of(name).read_text("utf-8"))
    curves = {
        name: Curve(np.array(curve["knots"], float), np.array(curve["values"], float))
        for name, curve in document["features"].items()
    }
    return AdditiveModel(document["intercept"], curves, document["threshold"])


def path_of(name: str) -> Path:
    return FITTED / f"{name}.json"
