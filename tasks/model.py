"""The encoder of the settings, and the number under which the store knows its model."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.settings import Settings
from becalm.store import Model
from embeddings.encoder import Encoder, load_encoder


def encoder_of(settings: Settings) -> Encoder:
    """The encoder of the settings, loaded once in a process: a worker's process is one run."""
    return _loaded(load_encoder, settings.model, settings.backend, settings.threads, settings.cache)


@lru_cache(maxsize=1)
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
