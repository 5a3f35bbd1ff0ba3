"""Texts that people rule on, as becalm knows texts: normalised, and kept though nobody has written them yet."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from becalm.store import Text, stable_id
from becalm.store.upsert import add_missing
from embeddings.normalise import main_script, normalise


def texts_to_rule_on(session: Session, raw: Sequence[str]) -> list[int]:
    """The ids of these texts; those that are new will be embedded and compared like the others."""
    rows = [
        {"id": stable_id(text), "normalised": text, "script": main_script(text), "compared_by": None}
        for text in dict.fromkeys(normalise(one) for one in raw)
    ]
    add_missing(session, Text, rows)
    return [row["id"] for row in rows]
