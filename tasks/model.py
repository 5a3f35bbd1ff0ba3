"""The encoder of the settings, and the number under which the store knows its model."""

import json
import logging
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Session

from becalm.errors import BecalmError
from becalm.settings import Settings
from becalm.store import Model, Text, Vector
from becalm.store.marks import made_from, mark_made_from
from embeddings.encoder import Encoder, load_encoder

logger = logging.getLogger(__name__)

IN_FORCE = "model in force"


def encoder_of(settings: Settings) -> Encoder:
    """The encoder of the settings, loaded once in a process: a worker's process is one run."""
    return _loaded(load_encoder, settings.model, settings.backend, settings.threads, settings.cache)


@lru_cache(maxsize=2)
def _loaded(load: Callable[..., Encoder], model: str, backend: str, threads: int, cache: Path) -> Encoder:
    return load(model, backend=backend, threads=threads, cache=cache)


def reading(settings: Settings, encoder: Encoder) -> str:
    """What it depends on which texts have which vectors: the model, and the scripts that it is given to read."""
    scripts = blake2b(" ".join(sorted(settings.scripts)).encode(), digest_size=4).hexdigest()
    return f"{encoder.fingerprint}-{scripts}"


def keep_model(session: Session, encoder: Encoder) -> int:
    """The model's number, a new one for a model that was never used here."""
    known = session.scalar(select(Model.id).where(Model.fingerprint == encoder.fingerprint))
    if known is not None:
        return known
    model = Model(
        fingerprint=encoder.fingerprint, name=encoder.name, dimension=encoder.dimension, first_used_at=datetime.now(UTC)
    )
    session.add(model)
    session.flush()
    return model.id


def model_of(session: Session, encoder: Encoder) -> int:
    """The number that the stage `embed` kept the model under."""
    return session.execute(select(Model.id).where(Model.fingerprint == encoder.fingerprint)).scalar_one()


def pending_texts(model_id: int, scripts: Collection[str]) -> Select[int]:
    """The texts that this model has yet to read, by length."""
    has_vector = select(Vector.text_id).where(Vector.model_id == model_id, Vector.text_id == Text.id).exists()
    is_read = Text.script.in_(scripts) if scripts else true()
    return select(Text.id).where(~has_vector, is_read).order_by(func.length(Text.normalised), Text.id)


def put_in_force(session: Session, settings: Settings, encoder: Encoder) -> None:
    """Note that this model has read every text."""
    told = {"model": settings.model, "scripts": list(settings.scripts), "fingerprint": encoder.fingerprint}
    mark_made_from(session, IN_FORCE, json.dumps(told))


def in_force(session: Session, settings: Settings) -> Settings:
    """These settings, or while their model has many texts before it, with the model that the last run was made with.

    Of the two only one is ever compared with: a run is wholly of the one or wholly of the other.
    """
    known = json.loads(made_from(session, IN_FORCE) or "null")
    encoder = encoder_of(settings)
    if known is None or known["fingerprint"] == encoder.fingerprint:
        return settings
    model_id = session.scalar(select(Model.id).where(Model.fingerprint == encoder.fingerprint)) or 0
    pending = pending_texts(model_id, settings.scripts).limit(settings.texts_ahead + 1)
    if len(session.scalars(pending).all()) <= settings.texts_ahead:
        return settings
    earlier = settings.model_copy(update={"model": known["model"], "scripts": tuple(known["scripts"])})
    return earlier if _is_still(earlier, known["fingerprint"]) else settings


def model_in_force(session: Session) -> int:
    """The number of the model that the last run was made with; 0, which no model has, before the first."""
    known = json.loads(made_from(session, IN_FORCE) or "{}")
    return session.scalar(select(Model.id).where(Model.fingerprint == known.get("fingerprint"))) or 0


def _is_still(settings: Settings, fingerprint: str) -> bool:
    """Whether the model of these settings is to be had, and is the one that it was."""
    try:
        return encoder_of(settings).fingerprint == fingerprint
    except BecalmError as error:
        logger.warning("the earlier model can't be read, so the new one comes into force at once: %s", error)
        return False
