"""A static model distilled from becalm's encoder, so that semhash runs as its makers mean it to, without a download.

The recipe of Model2Vec (Tulkens and van Dongen 2024) with its defaults: every token of the vocabulary goes through the
model alone, principal components keep 256 dimensions, and a token weighs by its likely rank (Zipf, SIF 1e-4). Its own
`distill` asks for an older transformers than becalm runs with, so the recipe is followed here, on the same data types.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.model import ModelFiles

DIMENSION = 256
SIF = 1e-4
TOKENS_AT_ONCE = 1_024

Floats = NDArray[np.float32]
Ranks = NDArray[np.int64]


def distil(model: str, folder: Path) -> None:
    """Write the model into `folder`, for `load`."""
    transformer = ModelFiles.find(model).load()
    vectors = weigh(principal(_contextless(transformer), DIMENSION), _ranks(transformer.tokenizer))
    np.save(folder / "static.npy", vectors)
    transformer.tokenizer.backend_tokenizer.save(str(folder / "static.json"))


def load(folder: Path) -> Any:
    """A `model2vec.StaticModel`."""
    from model2vec import StaticModel
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "static.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return StaticModel(np.load(folder / "static.npy"), tokenizer, normalize=True)


def _contextless(transformer: Any) -> Floats:
    """The mean of the last hidden states of each token between its start and end marks."""
    import torch

    tokenizer = transformer.tokenizer
    network = transformer[0].auto_model
    count = len(tokenizer)
    ids = torch.arange(count)
    marks = torch.full((count,), tokenizer.cls_token_id), torch.full((count,), tokenizer.sep_token_id)
    sequences = torch.stack([marks[0], ids, marks[1]], dim=1)
    with torch.inference_mode():
        parts = [
            network(input_ids=part, attention_mask=torch.ones_like(part)).last_hidden_state.mean(dim=1)
            for part in sequences.split(TOKENS_AT_ONCE)
        ]
    return np.asarray(torch.cat(parts).numpy(), np.float32)


def principal(vectors: Floats, dimension: int) -> Floats:
    """The leading principal components."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    return np.asarray(centred @ axes[:, ::-1][:, :dimension], np.float32)


def _ranks(tokenizer: Any) -> Ranks:
    """The place of each token by how often it is met: vocabularies are in that order, but for reserved tokens."""
    tokens = tokenizer.convert_ids_to_tokens(range(len(tokenizer)))
    return np.cumsum([not token.startswith("[unused") for token in tokens])


def weigh(vectors: Floats, ranks: Ranks) -> Floats:
    """Rows of frequent tokens (rank 1 the most) scaled down."""
    shares = 1 / (ranks + 1.0)
    weights = SIF / (SIF + shares / shares.sum())
    return np.asarray(vectors * weights[:, None], np.float32)
