"""Vectors for the texts that the model has not seen."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from sqlalchemy import func, select

from becalm.progress import progress
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store, Text, Vector
from becalm.store.upsert import add_missing, chunks
from embeddings.arrays import Vectors
from embeddings.encoder import Encoder
from expectations.vectors import check_vectors
from tasks.checks import keep_quality
from tasks.lookup import texts_of
from tasks.model import encoder_of, in_force, keep_model, pending_texts, put_in_force
from tasks.stage import stage

# Texts encoded, checked and committed together; a run that dies loses at most this much work.
TEXTS_AT_ONCE = 16_384


@stage("embed", timeout_seconds=12 * 3600)
def embed_texts(settings: Settings) -> Counts:
    """Each distinct text once, by length, so that the batches stay dense over the whole run.

    Only texts in scripts that the model reads: of others it sees unknown tokens, and all would look alike to it.
    """
    encoder = encoder_of(settings)
    with Store.open(settings.store_url) as store:
        embedded = _embed(settings, store, encoder, None)
        with store.writing() as session:
            put_in_force(session, settings, encoder)
            texts = session.scalar(select(func.count()).select_from(Text))
    return {"texts": texts, "embedded": embedded}


@stage("embed ahead", timeout_seconds=12 * 3600)
def embed_ahead(settings: Settings) -> Counts:
    """Some more texts for a model that is to take the place of the one in force, which is not waited for."""
    with Store.open(settings.store_url) as store:
        with store.reading() as session:
            waits = in_force(session, settings) != settings
        return {"embedded ahead": _embed(settings, store, encoder_of(settings), settings.texts_ahead)} if waits else {}


def settings_in_force(settings: Settings) -> Settings:
    """The settings with the model that has vectors of all texts, while a new one has too many before it."""
    with Store.open(settings.store_url) as store, store.reading() as session:
        return in_force(session, settings)


def _embed(settings: Settings, store: Store, encoder: Encoder, most: int | None) -> int:
    """Up to so many texts, or all that have no vector yet; how many they were."""
    with store.writing() as session:
        model_id = keep_model(session, encoder)
    with store.reading() as session:
        pending = list(session.scalars(pending_texts(model_id, settings.scripts).limit(most)))
    with progress("embed", len(pending)) as advance, ThreadPoolExecutor(1) as keeper:
        keeping: Future[None] | None = None
        for ids in chunks(pending, TEXTS_AT_ONCE):
            vectors = _encode(store, encoder, ids, advance)
            # Checked and written while the next ones are encoded; never more than one batch behind.
            if keeping:
                keeping.result()
            keeping = keeper.submit(_keep, settings, store, model_id, encoder.dimension, ids, vectors)
        if keeping:
            keeping.result()
    return len(pending)


def _encode(store: Store, encoder: Encoder, ids: Sequence[int], advance: Callable[[int], None]) -> Vectors:
    with store.reading() as session:
        texts = texts_of(session, ids)
    return encoder.encode([texts[one] for one in ids], advance)


def _keep(
    settings: Settings, store: Store, model_id: int, dimension: int, ids: Sequence[int], vectors: Vectors
) -> None:
    quality = check_vectors(np.asarray(ids, np.int64), vectors, dimension)
    # Before the vectors, for a run that dies between the two makes both again.
    keep_quality(settings, quality, "vectors")
    data = vectors.astype("<f2")
    with store.writing() as session:
        add_missing(
            session,
            Vector,
            [{"model_id": model_id, "text_id": one, "data": row.tobytes()} for one, row in zip(ids, data, strict=True)],
        )
