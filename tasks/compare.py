"""Neighbours of the texts that have not been compared yet, in both channels."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b

import numpy as np
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from becalm.progress import progress
from becalm.runs import Counts
from becalm.settings import Settings
from becalm.store import NeighbourPair, Store, Text
from becalm.store.upsert import add_missing, chunks
from embeddings.arrays import Ids, Vectors
from embeddings.bands import MADE_BY, BandIndex, band_keys
from embeddings.characters import Shingles
from embeddings.encoder import Encoder
from embeddings.index import VectorIndex
from embeddings.neighbours import RULES, Neighbours, Pairs, find_candidates, meeting, together, verify
from tasks.index import character_index, meaning_index
from tasks.lookup import texts_of, vectors_of
from tasks.model import encoder_of, model_of, reading
from tasks.stage import stage

Indexes = tuple[BandIndex, VectorIndex]

TEXTS_AT_ONCE = 50_000


@stage("compare", timeout_seconds=6 * 3600)
def compare_texts(settings: Settings) -> Counts:
    """Verified neighbours of every text that the rules in force have not compared with the others."""
    encoder = encoder_of(settings)
    made_by = comparison(settings, encoder)
    with Store.open(settings.store_url) as store:
        with store.writing() as session:
            _forget_other_rules(session, made_by)
        with store.reading() as session:
            pending = list(session.scalars(select(Text.id).where(Text.compared_by.is_(None)).order_by(Text.id)))
        found = 0
        indexes = _open(settings, encoder) if pending else None
        with progress("compare", len(pending)) as advance:
            for ids in chunks(pending, TEXTS_AT_ONCE):
                assert indexes is not None
                found += _compare(store, ids, indexes, encoder, made_by)
                advance(len(ids))
    return {"compared": len(pending), "neighbours": found}


def comparison(settings: Settings, encoder: Encoder) -> str:
    """What neighbours depend on: the vectors and the rules."""
    return f"{reading(settings, encoder)}-{blake2b(repr(asdict(RULES)).encode(), digest_size=4).hexdigest()}-{MADE_BY}"


def _open(settings: Settings, encoder: Encoder) -> Indexes:
    return character_index(settings), meaning_index(settings, encoder)


def _forget_other_rules(session: Session, made_by: str) -> None:
    """Neighbours of another model or other rules are found again: the two are never mixed."""
    outdated = session.scalar(
        select(Text.id).where(Text.compared_by.is_not(None), Text.compared_by != made_by).limit(1)
    )
    if outdated is not None:
        session.execute(delete(NeighbourPair))
        session.execute(update(Text).values(compared_by=None))


def _compare(store: Store, ids: Sequence[int], indexes: Indexes, encoder: Encoder, made_by: str) -> int:
    with store.reading() as session:
        model_id = model_of(session, encoder)
        texts, vectors = texts_of(session, ids), vectors_of(session, model_id, ids)
        pairs = _candidates(texts, vectors, indexes)
        others = [one for one in pairs.ids.tolist() if one not in texts]
        texts |= texts_of(session, others)
        vectors |= vectors_of(session, model_id, others)
    neighbours = verify(pairs, texts, vectors, RULES)
    with store.writing() as session:
        # Two texts that came in different batches find each other twice.
        add_missing(session, NeighbourPair, _rows(neighbours))
        for chunk in chunks(ids):
            session.execute(update(Text).where(Text.id.in_(chunk)).values(compared_by=made_by))
    return len(neighbours)


def _candidates(texts: Mapping[int, str], vectors: Mapping[int, Vectors], indexes: Indexes) -> Pairs:
    """What each channel's index finds near these texts."""
    characters, meaning = indexes
    found = meeting(characters, _ids(texts), band_keys(Shingles(list(texts.values()))), RULES)
    long = {one: vector for one, vector in vectors.items() if len(texts[one]) >= RULES.short_text}
    if long:
        found += find_candidates(meaning, _ids(long), np.stack(list(long.values())), RULES.meaning, RULES)
    return together(found)


def _ids(of: Collection[int]) -> Ids:
    return np.fromiter(of, np.int64, len(of))


def _rows(neighbours: Neighbours) -> list[dict[str, object]]:
    meaning = [None if np.isnan(value) else value for value in neighbours.meaning.tolist()]
    columns = zip(
        neighbours.pairs.first.tolist(), neighbours.pairs.second.tolist(), neighbours.characters.tolist(), meaning,
        (neighbours.channel(row).value for row in range(len(neighbours))), strict=True,
    )  # fmt: skip
    return [
        {"first_id": first, "second_id": second, "characters": characters, "meaning": cosine, "channel": channel}
        for first, second, characters, cosine, channel in columns
    ]
