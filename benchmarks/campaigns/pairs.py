"""Disguised copies among strangers: is a text closer to its own clean form than others are to each other?"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from becalm.settings import Settings
from embeddings.characters import Shingles
from embeddings.encoder import load_encoder
from embeddings.normalise import normalise

FALSE_POSITIVES = 0.01

Matrix = NDArray[np.float64]
Similarity = Callable[[Sequence[str], Sequence[str]], Matrix]


def recall_among_strangers(twins: NDArray[np.float64], strangers: Matrix) -> float:
    """Share of `twins` above the similarity that one text in a hundred reaches with a stranger.

    `strangers` has a row a text, and -1 or less where the other is no stranger.
    """
    nearest = strangers.max(axis=1)
    return float((twins > np.quantile(nearest, 1 - FALSE_POSITIVES)).mean())


def measure_pairs(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Recall at 1 % false positives, in each channel.

    Strangers are counted in two ways: among the clean texts, each with the other that is nearest to it, and between
    the disguised texts and the clean ones that are not theirs. Equal texts are no strangers to each other.
    """
    clean, disguised = [normalise(one) for one, _ in pairs], [normalise(other) for _, other in pairs]
    same = np.array([[one == other for other in clean] for one in clean])
    rows = []
    for name, similarity in channels().items():
        between, among = similarity(disguised, clean), similarity(clean, clean)
        twins = np.diagonal(between)
        rows.append(
            {
                "channel": name,
                "recall, clean strangers": recall_among_strangers(twins, np.where(same, -1, among)),
                "recall, disguised strangers": recall_among_strangers(twins, np.where(same, -1, between)),
            }
        )
    return {"pairs": len(pairs), "equal once normalised": float(np.mean(np.equal(clean, disguised))), "rows": rows}


def channels() -> Mapping[str, Similarity]:
    return {"becalm, characters": by_characters, "MiniLM": by_meaning(Settings())}


def by_characters(first: Sequence[str], second: Sequence[str]) -> Matrix:
    """The measure that verifies edges of the characters channel."""
    shingles = Shingles([*first, *second])
    one, other = np.indices((len(first), len(second))).reshape(2, -1)
    return shingles.jaccard(one, other + len(first)).reshape(len(first), len(second))


def by_meaning(settings: Settings) -> Similarity:
    encoder = load_encoder(settings.model, backend=settings.backend, threads=settings.threads, cache=settings.cache)
    return lambda first, second: np.asarray(encoder.encode(first) @ encoder.encode(second).T, np.float64)


if __name__ == "__main__":
    from benchmarks.campaigns.sets import disguised_pairs

    print(json.dumps(measure_pairs(disguised_pairs(Path(sys.argv[1]))), indent=1))
