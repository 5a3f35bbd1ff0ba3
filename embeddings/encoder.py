"""The encoding loop: texts in, unit vectors out, by OpenVINO where it can and by torch where it can't."""

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from becalm.errors import ModelUnusable
from embeddings.arrays import Vectors
from embeddings.model import Converted, ModelFiles, convert

logger = logging.getLogger(__name__)

Progress = Callable[[int], None]

# Tokens in one batch, padding included: small enough to stay in a core's cache. On two cores 1,024 was 5 % faster
# than 2,048, and 4,096 10 % slower.
TOKENS_PER_BATCH = 1_024
# Requests waiting for each stream, so that none stands idle while the next batch is padded.
REQUESTS_PER_STREAM = 2


class Encoder(Protocol):
    """Turns texts into vectors; `fingerprint` tells models apart, whatever they are called."""

    name: str
    fingerprint: str
    dimension: int

    def encode(self, texts: Sequence[str], progress: Progress = ...) -> Vectors:
        """Unit vectors, float32, one row a text in the given order: shape (len(texts), dimension)."""
        ...


def load_encoder(model: str, *, backend: str = "auto", threads: int = 2, cache: Path) -> Encoder:
    """The encoder of a sentence-transformers model, by name or path.

    `backend` is `openvino`, `torch`, or `auto`: OpenVINO, and torch with one warning where that fails.
    Raises `ModelUnusable` when there is no such model.
    """
    files = ModelFiles.find(model)
    if backend == "torch":
        return TorchEncoder(files, threads)
    try:
        return OpenVinoEncoder(convert(files, cache), threads)
    except ModelUnusable:
        raise
    except Exception as error:
        if backend == "openvino":
            raise
        logger.warning("model %s runs on torch, several times slower: OpenVINO failed with %s", model, _short(error))
        return TorchEncoder(files, threads)


class OpenVinoEncoder:
    """bfloat16 on the CPU (cosine to float32 at least 0.9999), one stream a thread."""

    def __init__(self, converted: Converted, threads: int) -> None:
        import openvino
        from tokenizers import Tokenizer

        self.name, self.fingerprint, self.dimension = converted.name, converted.fingerprint, converted.dimension
        self._tokenizer = Tokenizer.from_file(str(converted.tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(converted.max_tokens)
        self._compiled = openvino.Core().compile_model(
            converted.network,
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": "bf16",
                "PERFORMANCE_HINT": "THROUGHPUT",
                "NUM_STREAMS": threads,
                "INFERENCE_NUM_THREADS": threads,
            },
        )
        self._requests = REQUESTS_PER_STREAM * threads

    def encode(self, texts: Sequence[str], progress: Progress = lambda done: None) -> Vectors:
        from openvino import AsyncInferQueue

        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]
        vectors = np.empty((len(tokens), self.dimension), np.float32)
        queue, running = AsyncInferQueue(self._compiled, self._requests), dict[int, list[int]]()

        def keep(request: int) -> None:
            batch = running.pop(request, [])
            if batch:
                vectors[batch] = queue[request].get_output_tensor().data
                progress(len(batch))

        # The longest first, so that the streams end together. Results are fetched here and not in a callback: that
        # needs Python's lock to end, which whoever drops the encoder holds while it waits for OpenVINO's threads.
        for batch in reversed(list(batches_by_length([len(ids) for ids in tokens]))):
            request = queue.get_idle_request_id()
            keep(request)
            running[request] = batch
            queue.start_async(padded([tokens[row] for row in batch]))
        queue.wait_all()
        for request in list(running):
            keep(request)
        return unit(vectors)


class TorchEncoder:
    """The model as sentence-transformers runs it."""

    def __init__(self, files: ModelFiles, threads: int) -> None:
        import torch

        torch.set_num_threads(threads)
        self._model = files.load()
        self.name, self.fingerprint = files.name, files.fingerprint()
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], progress: Progress = lambda done: None) -> Vectors:
        vectors = np.asarray(self._model.encode(list(texts), show_progress_bar=False), np.float32)
        progress(len(texts))
        return unit(vectors.reshape(len(texts), self.dimension))


def batches_by_length(lengths: Sequence[int], budget: int = TOKENS_PER_BATCH) -> Iterator[list[int]]:
    """Rows in batches of near-equal length, so that little is padded: rows x longest is at most `budget` tokens.

    A row longer than the budget makes a batch of its own.
    """
    batch: list[int] = []
    for row in np.argsort(np.asarray(lengths), kind="stable").tolist():
        if batch and lengths[row] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def padded(tokens: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids and attention mask, int64, shape (rows, longest)."""
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    mask = np.arange(lengths.max()) < lengths[:, None]
    ids = np.zeros(mask.shape, np.int64)
    ids[mask] = np.concatenate([np.asarray(row, np.int64) for row in tokens])
    return ids, mask.astype(np.int64)


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length one; a zero row stays zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny), np.float32)


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).splitlines()[0][:200] if str(error) else ''}"
