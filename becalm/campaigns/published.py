"""What a campaign says and carries, made ready to leave the store without private data."""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Comment, Signals, stable_id
from ..store.lists import is_filled

_DIGIT = re.compile(r"\d")
# Parts of addresses and numbers may be words of their own.
_FEWEST_DIGITS = 3


def message_to_mask(session: Session, medoid_text: str) -> str:
    """The message: as it was written where private data is in it, for normalising may hide what that is."""
    written = session.scalar(
        select(Comment.text)
        .join(Signals, Signals.comment_id == Comment.id)
        .where(Comment.text_id == stable_id(medoid_text), is_filled(Signals.private_data))
        .order_by(Comment.published_at, Comment.id)
        .limit(1)
    )
    return medoid_text if written is None else written


def masked_markers(markers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Phone numbers and mail addresses masked, and words that hold digits as those do."""
    return [marker | {"value": _masked(marker["kind"], str(marker["value"]))} for marker in markers]


def _masked(kind: str, value: str) -> str:
    if kind == "e-mail":
        return f"{value[:1]}•••@•••"
    if kind == "phone" or (kind == "word" and len(_DIGIT.findall(value)) >= _FEWEST_DIGITS):
        return f"•••• {value[-2:]}"
    return value
