"""Trained models of single comments: hashed pieces of the text, marks of the lexicons, and the vector of the text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .pieces import Pieces

PAIRS = ("abuse", "spam", "complaint", "praise")
FITTED = Path(__file__).with_name("fitted")

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer over a vector: what the words mean beyond what they say one by one."""

    hidden: Vectors  # (dimension, units)
    bias: Vectors
    out: Vectors
    direct: Vectors  # (dimension,), past the hidden layer

    def __call__(self, vectors: Vectors) -> Floats:
        bent = np.maximum(vectors @ self.hidden + self.bias, 0) @ self.out
        return np.asarray(bent + vectors @ self.direct, float)


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A logistic model, fitted by benchmarks/signals. `encoder` is the fingerprint of the one whose vectors it reads.

    `network` is None in a model that reads no vectors.
    """

    intercept: float
    pieces: Vectors  # (buckets,)
    marks: dict[str, float]
    network: Network | None
    encoder: str

    def log_odds(self, pieces: Pieces, marks: Sequence[Collection[str]], vectors: Vectors | None) -> Floats:
        """Of each text; `marks` are the names of what the lexicons found in it."""
        total = self.intercept + pieces.weigh(self.pieces)
        total += [sum(self.marks.get(name, 0.0) for name in names) for names in marks]
        return total if self.network is None or vectors is None else total + self.network(vectors)

    def save(self, path: Path) -> None:
        step = float(np.abs(self.pieces).max()) / 127 or 1.0
        arrays = {
            "intercept": np.array(self.intercept), "step": np.array(step), "encoder": np.array(self.encoder),
            "pieces": np.rint(self.pieces / step).astype(np.int8),
            "names": np.array(list(self.marks)), "marks": np.array(list(self.marks.values()), np.float32),
        }  # fmt: skip
        if self.network:
            arrays |= {name: getattr(self.network, name).astype(np.float16) for name in Network.__slots__}
        np.savez_compressed(path, allow_pickle=False, **arrays)

    @classmethod
    def read(cls, path: Path) -> Self:
        with np.load(path, allow_pickle=False) as file:
            network = Network(*(file[name].astype(np.float32) for name in Network.__slots__)) if "out" in file else None
            return cls(
                float(file["intercept"]), file["pieces"].astype(np.float32) * np.float32(file["step"]),
                dict(zip(file["names"].tolist(), file["marks"].tolist(), strict=True)), network, str(file["encoder"]),
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """One signal's models: by words and vector, and by words alone."""

    by_all: TrainedModel
    by_words: TrainedModel

    def save(self, folder: Path, name: str) -> None:
        self.by_all.save(folder / f"{name}.npz")
        self.by_words.save(folder / f"{name}_words.npz")


@cache
def load_pair(name: str) -> Pair:
    """The models shipped with becalm, by signal: one of `PAIRS`."""
    return Pair(TrainedModel.read(FITTED / f"{name}.npz"), TrainedModel.read(FITTED / f"{name}_words.npz"))


def trained_on(encoder: str) -> bool:
    """Whether the shipped models were fitted on vectors by the encoder of this fingerprint."""
    return all(load_pair(name).by_all.encoder == encoder for name in PAIRS)


def likelihood(log_odds: Floats) -> Floats:
    """0..1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))
