"""The real model, loaded once; facts of texts as the store would give them; hand-made models that judge."""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from becalm.records import Channel
from becalm.signals.markers import find_markers
from embeddings.additive import AdditiveModel, Curve
from embeddings.arrays import Vectors
from embeddings.bands import BandIndex, band_keys
from embeddings.characters import Shingles
from embeddings.encoder import Encoder, load_encoder
from embeddings.facts import Background, CommentFacts, Facts, TextFacts
from embeddings.groups import Group, Member, Memory
from embeddings.neighbours import NeighbourRules, Neighbours, meeting, together, verify
from embeddings.words import WordIndex, split

MODEL = "all-MiniLM-L6-v2"
RULES = NeighbourRules()
# Text, account, thread, seconds since 1970.
Said = tuple[str, int, int, float]


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
        keys = band_keys(Shingles(texts))
        index = BandIndex(tmp_path / "characters.npz")
        index.add(ids, keys)
        pairs = together(meeting(index, ids, keys, RULES))
        return verify(pairs, dict(zip(ids.tolist(), texts, strict=True)), {}, RULES)

    return run


@pytest.fixture
def warned(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """The warnings logged by the room so far."""
    caplog.set_level(logging.WARNING, "embeddings")
    return lambda: [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.fixture(scope="session")
def facts_of() -> Callable[..., Facts]:
    """Facts of comments, whose texts have the ids 1, 2, ... in the order in which they first come.

    `elsewhere` are texts that only tell how common words are; `vectors`, `promotion`, `complaint` and `disguised` go by
    text.
    """

    def make(
        said: Sequence[Said],
        elsewhere: Sequence[str] = (),
        vectors: Mapping[str, Vectors] | None = None,
        promotion: Mapping[str, float] | None = None,
        complaint: Mapping[str, float] | None = None,
        disguised: Mapping[str, float] | None = None,
    ) -> Facts:
        ids = {text: number for number, text in enumerate(dict.fromkeys(text for text, *_ in said), start=1)}
        words = WordIndex(Path("words.npz"))
        words.add(np.arange(len(ids) + len(elsewhere)), [*ids, *elsewhere])
        texts = {
            one: TextFacts(
                text,
                tuple(sorted(set(split(text)))),
                (vectors or {}).get(text),
                (promotion or {}).get(text, 0.0),
                (complaint or {}).get(text, 0.0),
                tuple(find_markers(text)),
                (disguised or {}).get(text, 0.0),
            )
            for text, one in ids.items()
        }
        known = {word for text in texts.values() for word in text.words}
        text_id, account, thread, time = zip(*said, strict=True) if said else ((),) * 4
        comments = CommentFacts(
            np.array([ids[text] for text in text_id], np.int64),
            np.array(account, np.int64),
            np.array(thread, np.int64),
            np.array(time, float),
        )
        return Facts(comments, texts, Background(len(words), words.counts(known)))

    return make


@pytest.fixture(scope="session")
def group_of() -> Callable[..., Group]:
    """A group of these texts, the medoid first."""

    def make(*text_ids: int, memory: Memory | None = None) -> Group:
        members = [Member(one, 1.0 if place == 0 else 0.8, Channel.CHARACTERS) for place, one in enumerate(text_ids)]
        return Group(tuple(members), memory)

    return make


@pytest.fixture(scope="session")
def straight() -> Callable[..., AdditiveModel]:
    """A model of straight lines through zero: by name, what each feature adds to the log-odds for each unit of it."""

    def make(intercept: float, threshold: float = 0.5, **slopes: float) -> AdditiveModel:
        ends = np.array([-100.0, 100.0])
        return AdditiveModel(intercept, {name: Curve(ends, ends * slope) for name, slope in slopes.items()}, threshold)

    return make
