"""The indexes of both channels and of words, kept in step with the store."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

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
from embeddings.late import manifests
from embeddings.neighbours import RULES
from embeddings.words import WordIndex
from tasks.lookup import texts_of, vectors_of
from tasks.model import encoder_of, model_of
from tasks.stage import stage

Index = VectorIndex | BandIndex | WordIndex
_Index = TypeVar("_Index", VectorIndex, BandIndex)

_saved: dict[Path, tuple[Index, str]] = {}

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
    path = settings.index_folder / MEANING
    return _just_saved(path, VectorIndex) or VectorIndex.open(path, encoder.fingerprint, encoder.dimension)


def character_index(settings: Settings) -> BandIndex:
    path = settings.index_folder / CHARACTERS
    return _just_saved(path, BandIndex) or BandIndex.open(path)


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
    return _top_up(index, session.scalars(with_vector), add)


def _top_up_characters(session: Session, settings: Settings) -> int:
    index = character_index(settings)

    def add(ids: list[int]) -> None:
        texts = texts_of(session, ids)
        index.add(np.array(ids), band_keys(Shingles([texts[one] for one in ids])))

    return _top_up(index, session.scalars(select(Text.id)), add)


def _top_up_words(session: Session, settings: Settings) -> int:
    index = word_index(settings)

    def add(ids: list[int]) -> None:
        texts = texts_of(session, ids)
        index.add(np.array(ids), [texts[one] for one in ids])

    return _top_up(index, session.scalars(select(Text.id)), add)


def _top_up(index: Index, wanted: Iterable[int], add: Callable[[list[int]], None]) -> int:
    """Take in what the index lacks, and drop what the store no longer holds."""
    here = np.fromiter(wanted, np.int64)
    gone, missing = np.setdiff1d(index.ids, here, assume_unique=True), np.setdiff1d(here, index.ids, assume_unique=True)
    if len(gone):
        index.remove(gone)
    if len(missing):
        add(missing.tolist())
    if len(gone) or len(missing):
        index.save()
        _saved[index.path] = index, manifests(index.path)
    return len(missing)


def _just_saved(path: Path, kind: type[_Index]) -> _Index | None:
    """The index that this process saved last, once and if it is still what lies there: reading one takes seconds."""
    index, written = _saved.pop(path, (None, ""))
    return index if isinstance(index, kind) and written == manifests(path) else None
