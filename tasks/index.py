"""The FAISS indexes of both channels, kept in step with the store."""

from collections.abc import Callable

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.records import Channel
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store, Text, Vector
from embeddings.arrays import Vectors
from embeddings.characters import DIMENSION, SHINGLE, Shingles
from embeddings.encoder import Encoder
from embeddings.index import VectorIndex
from tasks.lookup import texts_of, vectors_of
from tasks.model import encoder_of, model_of
from tasks.stage import stage

MEANING, CHARACTERS = "meaning.faiss", "characters.faiss"


@stage("index", timeout_seconds=6 * 3600)
def index_texts(settings: Settings) -> Counts:
    """Both indexes brought up to the store: topped up, or built anew where missing, damaged or of another model."""
    encoder = encoder_of(settings)
    with Store.open(settings.store_url) as store, store.reading() as session:
        added = {
            Channel.MEANING.value: _top_up_meaning(session, settings, encoder),
            Channel.CHARACTERS.value: _top_up_characters(session, settings),
        }
    return {f"{channel} added": count for channel, count in added.items()}


@stage("compact index", timeout_seconds=6 * 3600)
def compact_indexes(settings: Settings) -> Counts:
    """Both indexes built anew from the store, so that late rows lie in lists that were made for them."""
    for name in (MEANING, CHARACTERS):
        (settings.index_folder / name).unlink(missing_ok=True)
    return index_texts.fn(settings).counts


def meaning_index(settings: Settings, encoder: Encoder) -> VectorIndex:
    return VectorIndex.open(settings.index_folder / MEANING, encoder.fingerprint, encoder.dimension)


def character_index(settings: Settings) -> VectorIndex:
    return VectorIndex.open(settings.index_folder / CHARACTERS, f"shingles-{SHINGLE}-{DIMENSION}", DIMENSION)


def _top_up_meaning(session: Session, settings: Settings, encoder: Encoder) -> int:
    model_id = model_of(session, encoder)

    def vectors(ids: list[int]) -> Vectors:
        made = vectors_of(session, model_id, ids)
        return np.stack([made[one] for one in ids])

    with_vector = select(Vector.text_id).where(Vector.model_id == model_id)
    return _top_up(meaning_index(settings, encoder), set(session.scalars(with_vector)), vectors)


def _top_up_characters(session: Session, settings: Settings) -> int:
    def vectors(ids: list[int]) -> Vectors:
        texts = texts_of(session, ids)
        return Shingles([texts[one] for one in ids]).vectors()

    return _top_up(character_index(settings), set(session.scalars(select(Text.id))), vectors)


def _top_up(index: VectorIndex, wanted: set[int], vectors: Callable[[list[int]], Vectors]) -> int:
    """Take in what the index lacks, and drop what the store no longer holds."""
    gone, missing = index.ids - wanted, sorted(wanted - index.ids)
    if gone:
        index.remove(np.fromiter(gone, np.int64, len(gone)))
    if missing:
        index.add(np.array(missing, np.int64), vectors(missing))
    if gone or missing:
        index.save()
    return len(missing)
