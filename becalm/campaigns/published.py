"""What a campaign says and carries, made ready to leave the store without private data."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..signals import mask_private_data
from ..store import Campaign, Comment, Signals, stable_id
from ..store.lists import is_filled
from ..store.upsert import chunks

_DIGIT = re.compile(r"\d")
# By kind of marker, from how many digits on it may be a number of somebody's. Parts of addresses may be words.
_FEWEST_DIGITS = {"phone": 0, "word": 3, "chat": 6}


@dataclass(frozen=True, slots=True)
class Masked:
    """The message and the markers ({kind, value, texts}) of a campaign, as anybody may see them."""

    message: str
    markers: list[dict[str, Any]]


def masked(session: Session, campaigns: Sequence[Campaign]) -> Iterator[Masked]:
    """What may be shown of what each of them says."""
    messages = messages_to_mask(session, [one.medoid_text for one in campaigns])
    for one in campaigns:
        yield Masked(mask_private_data(messages[one.medoid_text]), masked_markers(one.markers))


def masked_texts(session: Session, texts: Mapping[int, str]) -> dict[int, str]:
    """The same texts (normalised, by id) with private data masked."""
    written = _written(session, texts)
    return {one: mask_private_data(written.get(one, text)) for one, text in texts.items()}


def messages_to_mask(session: Session, medoid_texts: Iterable[str]) -> dict[str, str]:
    """The messages: as they were written where private data is in them, for normalising may hide what that is."""
    medoids = {text: stable_id(text) for text in medoid_texts}
    written = _written(session, medoids.values())
    return {text: written.get(medoid, text) for text, medoid in medoids.items()}


def masked_markers(markers: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Phone numbers and mail addresses masked, and what else has as many digits as a number has."""
    return [marker | {"value": _masked(marker["kind"], str(marker["value"]))} for marker in markers]


def _written(session: Session, text_ids: Iterable[int]) -> dict[int, str]:
    """Those of these texts that hold private data, as they were written first."""
    written: dict[int, str] = {}
    for chunk in chunks(list(text_ids)):
        query = (
            select(Comment.text_id, Comment.text)
            .join(Signals, Signals.comment_id == Comment.id)
            .where(Comment.text_id.in_(chunk), is_filled(Signals.private_data))
            .order_by(Comment.published_at.desc(), Comment.id.desc())
        )
        written.update(session.execute(query).all())
    return written


def _masked(kind: str, value: str) -> str:
    if kind == "e-mail":
        return f"{value[:1]}•••@•••"
    if kind in _FEWEST_DIGITS and len(_DIGIT.findall(value)) >= _FEWEST_DIGITS[kind]:
        return f"•••• {value[-2:]}"
    return value
