"""The suite `vectors`: what the encoder made must be before it is kept."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .columns import between, great_expectations, one_of, unique
from .run import Quality, run

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import ExpectationSuite

# Vectors are stored as float16: 11 bits of mantissa put at most 2**-11 = 0.0005 on each coordinate, and so on the norm.
NORM_SLACK = 1e-2
VECTORS_AT_ONCE = 8_192  # 12 MB of float32 at 384 dimensions


def check_vectors(text_ids: NDArray[np.int64], vectors: NDArray[np.floating], dimension: int) -> Quality:
    """The quality of vectors that may be stored; `text_ids` (n,), `vectors` (n, dimension) of any float type.

    Raises `CheckFailed`, naming text ids, unless every text has exactly one finite unit vector of `dimension`.
    """
    facts = measure(text_ids, vectors)
    names = facts["text_id"].to_numpy()
    return run(suite(dimension), facts, lambda index, field: f"text {names[index]}").require()


def measure(text_ids: NDArray[np.int64], vectors: NDArray[np.floating]) -> "pd.DataFrame":
    """Text id, dimension, norm and count of numbers that are none, for each text or vector, whichever are more."""
    import pandas as pd

    rows = max(len(text_ids), len(vectors))
    norms, broken = _norms(vectors)
    facts = pd.DataFrame({"norm": norms, "broken_numbers": broken}).reindex(range(rows))
    facts["text_id"] = pd.Series(text_ids, dtype="int64").reindex(range(rows)).astype("Int64")
    facts["dimension"] = vectors.shape[1] if vectors.ndim == 2 else 0
    facts["is_pair"] = (np.arange(rows) < min(len(text_ids), len(vectors))).astype(np.int8)
    return facts


def suite(dimension: int) -> "ExpectationSuite":
    return great_expectations().ExpectationSuite(
        name="vectors",
        expectations=[
            one_of("a text has a vector and a vector has a text", "is_pair", [1]),
            unique("a text has one vector", "text_id"),
            one_of("a vector has the model's dimension", "dimension", [dimension]),
            one_of("a vector has no NaN and no infinity", "broken_numbers", [0]),
            between("a vector has length 1", "norm", 1 - NORM_SLACK, 1 + NORM_SLACK),
        ],
    )


def _norms(vectors: NDArray[np.floating]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Norm and count of NaN and infinities; the norm of a vector with such is null, as the other rule tells."""
    norms, broken = np.empty(len(vectors)), np.empty(len(vectors), np.int64)
    flat = vectors.reshape(len(vectors), -1) if len(vectors) else np.empty((0, 0))
    for start in range(0, len(vectors), VECTORS_AT_ONCE):
        part = slice(start, start + VECTORS_AT_ONCE)
        block = flat[part].astype(np.float32)
        norms[part] = np.sqrt(np.einsum("ij,ij->i", block, block, dtype=np.float64))
        broken[part] = np.count_nonzero(~np.isfinite(block), axis=1)
    norms[broken > 0] = np.nan
    return norms, broken
