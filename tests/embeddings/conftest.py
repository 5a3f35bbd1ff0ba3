"""The real model, loaded once; ids made like the store makes them."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.characters import DIMENSION, Shingles
from embeddings.encoder import Encoder, load_encoder
from embeddings.index import VectorIndex
from embeddings.neighbours import NeighbourRules, Neighbours, find_candidates, together, verify

MODEL = "all-MiniLM-L6-v2"
RULES = NeighbourRules()


@pytest.fixture(scope="session")
def encoder(model_cache: Path) -> Encoder:
    return load_encoder(MODEL, backend="openvino", cache=model_cache)


@pytest.fixture(scope="session")
def torch_encoder(model_cache: Path) -> Encoder:
    return load_encoder(MODEL, backend="torch", cache=model_cache)


@pytest.fixture
def unit_rows() -> Callable[..., NDArray[np.float32]]:
    """Random unit vectors, the same for the same seed."""

    def make(rows: int, dimension: int = 16, seed: int = 0) -> NDArray[np.float32]:
        vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    return make


@pytest.fixture
def compare(tmp_path: Path) -> Callable[[Sequence[str]], Neighbours]:
    """The neighbours that the characters channel finds among texts whose ids are 1, 2, ..."""

    def run(texts: Sequence[str]) -> Neighbours:
        ids = np.arange(1, len(texts) + 1)
        vectors = Shingles(texts).vectors()
        index = VectorIndex(tmp_path / "characters.faiss", "shingles", DIMENSION)
        index.add(ids, vectors)
        pairs = together(find_candidates(index, ids, vectors, RULES.candidate_characters, RULES))
        return verify(pairs, dict(zip(ids.tolist(), texts, strict=True)), {}, RULES)

    return run


@pytest.fixture
def warned(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """The warnings logged by the room so far."""
    caplog.set_level(logging.WARNING, "embeddings")
    return lambda: [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
