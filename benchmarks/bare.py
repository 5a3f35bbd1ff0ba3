"""The bare work that becalm is held against: the model alone, with nothing around it."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np

from embeddings.encoder import batches_by_length, load_encoder
from embeddings.model import ModelFiles, convert

TORCH_BATCH = 32
BARE_TOKENS_PER_BATCH = 2_048


def bare_openvino_seconds(texts: Sequence[str], model: str, cache: Path, threads: int) -> float:
    """One request after the other in length-sorted batches; tokens counted in, loading not."""
    import openvino
    from tokenizers import Tokenizer

    converted = convert(ModelFiles.find(model), cache)
    tokenizer = Tokenizer.from_file(str(converted.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(converted.max_tokens)
    hints = {"INFERENCE_PRECISION_HINT": "bf16", "INFERENCE_NUM_THREADS": threads}
    request = openvino.Core().compile_model(converted.network, "CPU", hints).create_infer_request()
    started = perf_counter()
    tokens = [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]
    vectors = np.empty((len(tokens), converted.dimension), np.float32)
    for batch in batches_by_length([len(ids) for ids in tokens], BARE_TOKENS_PER_BATCH):
        longest = len(tokens[batch[-1]])
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros((len(batch), longest), np.int64)
        for row, number in enumerate(batch):
            ids[row, : len(tokens[number])] = tokens[number]
            mask[row, : len(tokens[number])] = 1
        vectors[batch] = request.infer((ids, mask))[0]
    return perf_counter() - started


def becalm_seconds(texts: Sequence[str], model: str, cache: Path, threads: int) -> float:
    """becalm's own encoder on the same texts."""
    encoder = load_encoder(model, threads=threads, cache=cache)
    started = perf_counter()
    encoder.encode(texts)
    return perf_counter() - started


def torch_seconds(texts: Sequence[str], model: str) -> float:
    """`SentenceTransformer.encode` as it comes."""
    transformer = ModelFiles.find(model).load()
    started = perf_counter()
    transformer.encode(list(texts), batch_size=TORCH_BATCH, show_progress_bar=False)
    return perf_counter() - started
