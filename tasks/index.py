"""The indexes of both channels and of words, kept in step with the store."""

from collections.abc import Callable

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from becalm.records import Channel
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import Model, Store, Text, Vector
from embeddings.bands import BandIndex, band_keys
from embeddings.characters import Shingles
from embeddings.encoder import Encoder
from embeddings.index import VectorIndex
from embeddings.neighbours import RULES
from embeddings.words import WordIndex
from tasks.lookup import texts_of, vectors_of
from tasks.model import encoder_of, model_of
from tasks.stage import stage

MEANING, CHARACTERS, WORDS = "meaning.faiss", "characters.npz", "words.npz"


@stage("index", timeout_seconds=6 * 3600)
def index_texts(settings: Settings) -> Counts:
    """All indexes brought up to the store: topped up, or built anew where missing, damaged or of another model."""
    encoder = encoder_of(settings)
    with Store.open(settings.store_url) as store, store.reading() as session:
        added = {
            Channel.MEANING.value: _top_up_meaning(session, settings, encoder),
            Channel.CHARACTERS.value: _top_up_characters(session, settings),
            "words": _top_up_words(session, settings),
        }
    return {f"{channel} added": count for channel, count in added.items()}


@stage("compact index", timeout_seconds=6 * 3600)
def compact_indexes(settings: Settings) -> Counts:
    """All indexes built anew from the store, so that late rows lie in lists that were made for them."""
    for name in (MEANING, CHARACTERS, WORDS):
        (settings.index_folder / name).unlink(missing_ok=True)
    return index_texts.fn(settings).counts


def meaning_index(settings: Settings, encoder: Encoder) -> VectorIndex:
    return VectorIndex.open(settings.index_folder / MEANING, encoder.fingerprint, encoder.dimension)


def character_index(settings: Settings) -> BandIndex:
    return BandIndex.open(settings.index_folder / CHARACTERS)


def word_index(settings: Settings) -> WordIndex:
    return WordIndex.open(settings.index_folder / WORDS)


def _top_up_meaning(session: Session, settings: Settings, encoder: Encoder) -> int:
    index = meaning_index(settings, encoder)

    def add(ids: list[int]) -> None:
        vectors = vectors_of(session, model_of(session, encoder), ids)
        index.add(np.array(ids), np.stack([vectors[one] for one in ids]))

    # Shorter texts are never neighbours by meaning.
    is_long = func.length(Text.normalised) >= RULES.short_text
    with_vector = select(Vector.text_id).join(Model).join(Text, Text.id == Vector.text_id)
    with_vector = with_vector.where(Model.fingerprint == encoder.fingerprint, is_long)
    return _top_up(index, set(session.scalars(with_vector)), add)


def _top_up_characters(session: Session, settings: Settings) -> int:
    index = character_index(settings)

    def add(ids: list[int]) -> None:
        texts = texts_of(session, ids)
        index.add(np.array(ids), band_keys(Shingles([texts[one] for one in ids])))

    return _top_up(index, set(session.scalars(select(Text.id))), add)


def _top_up_words(session: Session, settings: Settings) -> int:
    index = word_index(settings)

    def add(ids: list[int]) -> None:
        texts = texts_of(session, ids)
        index.add(np.array(ids), [texts[one] for one in ids])

    return _top_up(index, set(session.scalars(select(Text.id))), add)


def _top_up(index: VectorIndex | BandIndex | WordIndex, wanted: set[int], add: Callable[[list[int]], None]) -> int:
    """Take in what the index lacks, and drop what the store no longer holds."""
    gone, missing = index.ids - wanted, sorted(wanted - index.ids)
    if gone:
        index.remove(np.fromiter(gone, np.int64, len(gone)))
    if missing:
        add(missing)
    if gone or missing:
        index.save()
    return len(missing)
