"""The FAISS indexes of both channels, kept in step with the store."""

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.records import Channel
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Store, Text, Vector
from embeddings.characters import DIMENSION, SHINGLE, Shingles
from embeddings.encoder import Encoder
from embeddings.index import VectorIndex
from tasks.embed import encoder_of, keep_model
from tasks.lookup import texts_of, vectors_of
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
    index = meaning_index(settings, encoder)
    model_id = keep_model(session, encoder)
    missing = _follow(index, set(session.scalars(select(Vector.text_id).where(Vector.model_id == model_id))))
    if len(missing):
        vectors = vectors_of(session, model_id, missing.tolist())
        index.add(missing, np.stack([vectors[one] for one in missing.tolist()]))
        index.save()
    return len(missing)


def _top_up_characters(session: Session, settings: Settings) -> int:
    index = character_index(settings)
    missing = _follow(index, set(session.scalars(select(Text.id))))
    if len(missing):
        texts = texts_of(session, missing.tolist())
        index.add(missing, Shingles([texts[one] for one in missing.tolist()]).vectors())
        index.save()
    return len(missing)


def _follow(index: VectorIndex, wanted: set[int]) -> NDArray[np.int64]:
    """The ids that the index lacks; what the store no longer holds is dropped from it."""
    gone = index.ids - wanted
    if gone:
        index.remove(np.fromiter(gone, np.int64, len(gone)))
    missing = wanted - index.ids
    return np.sort(np.fromiter(missing, np.int64, len(missing)))
