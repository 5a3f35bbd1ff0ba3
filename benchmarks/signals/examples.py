"""Labelled texts in one form, with what a trained signal sees of them."""

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from becalm.settings import Settings
from becalm.signals.evidence import Evidence
from becalm.signals.learned import Batch
from becalm.signals.pieces import Pieces
from becalm.signals.reading import Reading, mend, read
from embeddings.normalise import normalise
from tasks.model import encoder_of

AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts of one set; `targets` are 0 or 1."""

    name: str
    texts: list[str]
    readings: list[Reading]
    vectors: np.ndarray
    targets: np.ndarray

    def batches(self) -> list[Batch]:
        return [Batch(self.readings[start : start + AT_ONCE]) for start in range(0, len(self.readings), AT_ONCE)]

    def pieces(self) -> list[Pieces]:
        return [batch.pieces for batch in self.batches()]

    def only(self, kept: np.ndarray) -> "Examples":
        places = np.flatnonzero(kept).tolist()
        return Examples(
            self.name, [self.texts[one] for one in places], [self.readings[one] for one in places],
            self.vectors[places], self.targets[places],
        )  # fmt: skip


class Maker:
    """Makes examples; vectors are kept under `home` by their texts, for encoding takes the longest."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._encoder = encoder_of(Settings(home=home))
        self.fingerprint = self._encoder.fingerprint

    def make(self, name: str, texts: Sequence[str], targets: Sequence[int]) -> Examples:
        normalised = [normalise(text) for text in texts]
        vectors = self._encode(normalised)
        readings = [
            mend(read(Evidence(*said, vector=one))) for *said, one in zip(texts, normalised, vectors, strict=True)
        ]
        return Examples(name, list(texts), readings, vectors, np.array(targets, int))

    def _encode(self, normalised: list[str]) -> np.ndarray:
        known = blake2b("\n".join([self.fingerprint, *normalised]).encode(), digest_size=8).hexdigest()
        path = self._home / "vectors" / f"{known}.npy"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            np.save(path, self._encoder.encode(normalised).astype("<f2"))
        return np.load(path).astype(np.float32)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """JSON Lines, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def held_out(texts: Sequence[str], share: float) -> np.ndarray:
    """Which texts are kept from training, chosen by what they say, so that copies go together."""
    return np.array([blake2b(text.encode(), digest_size=2).digest() < _least(share) for text in texts])


def _least(share: float) -> bytes:
    return int(share * 65_536).to_bytes(2, "big")


Mark = Callable[[Reading], list[str]]
