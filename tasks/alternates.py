"""Likely other accounts for each account of a file; nothing is read from a store or kept in one."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from becalm.errors import ColumnsMissing
from becalm.settings import Settings
from becalm.sources import find_inputs, read_rows
from embeddings.alternates import rank_alternates
from embeddings.normalise import main_script, normalise
from embeddings.writers import Said, Writer, gather, with_meaning
from tasks.model import encoder_of

logger = logging.getLogger(__name__)

NEEDED = ("author_id", "text")


def find_alternates(settings: Settings, comments: Path) -> Iterator[dict[str, Any]]:
    """For each account but the brand's a line with its alternates, in the order of their ids.

    Raises `ColumnsMissing` where no row says who wrote what.
    """
    writers = _embedded(settings, gather(_read(comments)))
    ranked = rank_alternates(writers)
    for account_id, alternates in ranked.items():
        yield {"account_id": account_id, "alternates": [one.as_dict() for one in alternates]}


def _read(path: Path) -> list[Said]:
    rows = [row for file in find_inputs(path).comments for _, row in read_rows(file)]
    usable = [row for row in rows if all(isinstance(row.get(name), str | int) and row[name] != "" for name in NEEDED)]
    if rows and not usable:
        found = sorted(set().union(*rows))
        raise ColumnsMissing(path.name, [name for name in NEEDED if name not in found] or list(NEEDED), found)
    if len(usable) < len(rows):
        logger.warning("%d of %d rows don't say who wrote what, and are left out", len(rows) - len(usable), len(rows))
    authors = {_key(row, "comment_id"): _account_id(row) for row in usable if row.get("comment_id")}
    return [_said(row, authors) for row in usable if row.get("is_brand") is not True]


def _said(row: Mapping[str, Any], authors: Mapping[str, str]) -> Said:
    return Said(
        account_id=_account_id(row),
        text=str(row["text"]),
        name=str(row["author_name"]) if row.get("author_name") else None,
        thread=_key(row, "thread_id") if row.get("thread_id") else None,
        time=_seconds(row.get("published_at")),
        answers=authors.get(_key(row, "parent_id")) if row.get("parent_id") else None,
    )


def _account_id(row: Mapping[str, Any]) -> str:
    return _key(row, "author_id")


def _key(row: Mapping[str, Any], name: str) -> str:
    """An id as it is known outside: with the platform, where the row names one."""
    return f"{row['platform']}:{row.get(name)}" if row.get("platform") else str(row.get(name))


def _seconds(stamp: object) -> float | None:
    try:
        return datetime.fromisoformat(str(stamp)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None


def _embedded(settings: Settings, writers: list[Writer]) -> list[Writer]:
    """With the mean vector of what each wrote in scripts that the model reads."""
    texts = [[normalise(text) for text in one.texts] for one in writers]
    read = sorted(
        {text for own in texts for text in own if not settings.scripts or main_script(text) in settings.scripts}
    )
    if not read:
        return writers
    vectors = encoder_of(settings).encode(read)
    place = {text: row for row, text in enumerate(read)}
    rows = [np.array([place[text] for text in own if text in place], np.int64) for own in texts]
    return with_meaning(writers, [vectors[own] for own in rows])
