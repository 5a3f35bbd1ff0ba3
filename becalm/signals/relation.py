"""How much a comment has to do with what it stands under: its parent, its thread, and the thread's other comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .pieces import BUCKETS_LOG2, Pieces
from .trained import FITTED, Floats, Vectors

_Integers = NDArray[np.int64]

_PLACES = ("answer", "title", "company", "together")

# Pieces that hardly any other text holds, by the natural logarithm of how rare they are: names, numbers, odd words.
_RARE = 4.0
_RARITY_STEP = 20.0
# Fewer others say little about what is talked about.
FEWEST_COMPANY = 5


@dataclass(frozen=True, slots=True)
class Side:
    """Texts to be compared: unit vectors, shape (n, dimension), the pieces of each, and how many words it has."""

    vectors: Vectors
    pieces: Pieces
    words: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a sum over features: the log-odds that a comment belongs where it stands."""

    intercept: float
    each: Floats

    def __call__(self, features: Floats) -> Floats:
        return np.asarray(self.intercept + features @ self.each)


@dataclass(frozen=True, slots=True)
class RelationModel:
    """What benchmarks/signals/off_topic.py fitted, for vectors by `encoder` only.

    `centre` is the mean vector of texts: what lies near it is near everything. `turn`, symmetric, leads vectors to
    where comments lie closer to what they answer. `rarity` is the natural logarithm of texts by texts with a piece.
    """

    encoder: str
    centre: Vectors
    turn: Vectors
    rarity: Vectors
    answer: Weights
    title: Weights
    company: Weights
    together: Weights

    def of_texts(self, comments: Side, contexts: Side, which: _Integers) -> Floats:
        """Features of each comment beside `contexts` at its place in `which`, shape (n, 16)."""
        said, around = comments.vectors, contexts.vectors[which]
        near = _nearness(self, said, around)
        shared, rare = shared_pieces(comments.pieces, contexts.pieces, which, self.rarity)
        length, context_length = np.log1p(comments.words), np.log1p(contexts.words)[which]
        hub = near[:, 1] - near[:, 3] - near[:, 4]
        return np.column_stack(
            [
                near, shared, np.sqrt(shared), np.log1p(rare), length, context_length,
                length * near[:, 0], context_length * near[:, 0], length * hub, context_length * hub,
                length * shared, context_length * shared,
            ]
        )  # fmt: skip

    def of_company(self, comments: Side, company: Vectors) -> Floats:
        """Features of each comment beside the mean of others there, a unit vector each, shape (n, 8)."""
        near = _nearness(self, comments.vectors, company)
        length = np.log1p(comments.words)
        return np.column_stack([near, length, length * near[:, 0], length * (near[:, 1] - near[:, 3] - near[:, 4])])

    def save(self, path: Path) -> None:
        bend = self.turn - np.eye(len(self.turn), dtype=np.float32)
        step = float(np.abs(bend).max()) / 127 or 1.0
        told = {name: getattr(self, name) for name in _PLACES}
        weights = {name: np.array([one.intercept, *one.each], np.float32) for name, one in told.items()}
        np.savez_compressed(
            path, allow_pickle=False, encoder=np.array(self.encoder), centre=self.centre.astype(np.float16),
            step=np.array(step), bend=np.rint(bend / step).astype(np.int8),
            rarity=np.rint(self.rarity * _RARITY_STEP).astype(np.uint8), **weights,
        )  # fmt: skip

    @classmethod
    def read(cls, path: Path) -> Self:
        with np.load(path, allow_pickle=False) as file:
            bend = file["bend"].astype(np.float32) * np.float32(file["step"])
            weights = (Weights(float(file[name][0]), file[name][1:].astype(float)) for name in _PLACES)
            return cls(
                str(file["encoder"]), file["centre"].astype(np.float32), np.eye(len(bend), dtype=np.float32) + bend,
                file["rarity"].astype(np.float32) / np.float32(_RARITY_STEP), *weights,
            )  # fmt: skip


@cache
def load_relation() -> RelationModel:
    """The model shipped with becalm."""
    return RelationModel.read(FITTED / "relation.npz")


@dataclass(frozen=True, slots=True)
class Company:
    """Some texts of a thread: their ids, and the sum of their vectors."""

    texts: frozenset[int]
    total: Vectors

    @classmethod
    def of(cls, vectors: Mapping[int, Vectors]) -> Self | None:
        return cls(frozenset(vectors), np.sum(list(vectors.values()), axis=0, dtype=np.float32)) if vectors else None

    def without(self, text: int, vector: Vectors) -> Vectors | None:
        """The unit vector amid the others than `text`; None for fewer than five others."""
        is_one = text in self.texts
        if len(self.texts) - is_one < FEWEST_COMPANY:
            return None
        others = self.total - vector if is_one else self.total
        return np.asarray(others / max(float(np.linalg.norm(others)), 1e-9), np.float32)


def shared_pieces(said: Pieces, around: Pieces, which: _Integers, rarity: Vectors) -> tuple[Floats, Floats]:
    """Of each row of `said`: the cosine of its weighted pieces with those around it, and the rare ones in common.

    Weights are inverse document frequencies (Spärck Jones, 1972); rare is the sum of what they are above 4.
    """
    here, there = rarity[said.buckets], rarity[around.buckets]
    norms = _norm(said.rows, here, said.texts) * _norm(around.rows, there, around.texts)[which]
    keys = np.unique((around.rows << BUCKETS_LOG2) | around.buckets)
    if not len(keys):
        return np.zeros(said.texts), np.zeros(said.texts)
    wanted = (which[said.rows] << BUCKETS_LOG2) | said.buckets
    held = keys[np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)] == wanted
    rows, weights = said.rows[held], here[held]
    shared = np.bincount(rows, weights * weights, said.texts) / np.maximum(norms, 1e-9)
    return shared, np.bincount(rows, np.maximum(weights - _RARE, 0), said.texts).astype(float)


def _norm(rows: _Integers, weights: Vectors, texts: int) -> Floats:
    return np.sqrt(np.bincount(rows, weights * weights, texts))


def _nearness(model: RelationModel, said: Vectors, around: Vectors) -> Floats:
    """Cosines after the turn, as they are, and around the centre; and how near the centre either is."""
    mid_said, mid_around = np.subtract(said, model.centre), np.subtract(around, model.centre)
    turned = _cosine(mid_said @ model.turn, mid_around @ model.turn)
    plain = np.einsum("ij,ij->i", said, around)
    return np.column_stack(
        [turned, plain, _cosine(mid_said, mid_around), said @ model.centre, around @ model.centre]
    ).astype(float)


def _cosine(one: Vectors, other: Vectors) -> Floats:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray(np.einsum("ij,ij->i", one, other) / np.maximum(lengths, 1e-9), float)
