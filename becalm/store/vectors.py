"""Vectors, one per (text, model). The FAISS index is a cache of this table."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Model(Base):
    """An encoder: `fingerprint` is made from its weights, so a renamed copy is the same model."""

    __tablename__ = "models"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    dimension: Mapped[int]
    first_used_at: Mapped[datetime]


class Vector(Base):
    """A unit vector of the model's dimension, as little-endian float16."""

    __tablename__ = "vectors"

    model_id: Mapped[int] = mapped_column(ForeignKey("models.id"), primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True, index=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
