"""What stages fetch from the store by text id."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.store import Text, Vector
from becalm.store.upsert import chunks
from embeddings.arrays import Vectors


def texts_of(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The normalised texts of these ids."""
    return {
        row.id: row.normalised
        for chunk in chunks(ids)
        for row in session.execute(select(Text.id, Text.normalised).where(Text.id.in_(chunk)))
    }


def vectors_of(session: Session, model_id: int, ids: Sequence[int]) -> dict[int, Vectors]:
    """The unit vectors of these texts; those in scripts that the model can't read have none."""
    return {
        row.text_id: np.frombuffer(row.data, "<f2").astype(np.float32)
        for chunk in chunks(ids)
        for row in session.execute(
            select(Vector.text_id, Vector.data).where(Vector.model_id == model_id, Vector.text_id.in_(chunk))
        )
    }
