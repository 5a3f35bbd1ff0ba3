"""Accounts by what they wrote: all that is compared when two of them may be one person's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.arrays import Floats, Vectors

# An account's habits show in its latest comments; more than so many only cost time.
COMMENTS_READ = 400


@dataclass(frozen=True, slots=True)
class Said:
    """One comment; `text` raw as people see it, `time` in seconds since 1970, and whose comment it answers."""

    account_id: str
    text: str
    name: str | None = None
    thread: str | None = None
    time: float | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """An account; `meaning` is the mean vector of its texts, None where none of them has one."""

    account_id: str
    name: str
    comments: tuple[Said, ...]
    meaning: Floats | None = None

    @property
    def texts(self) -> list[str]:
        return [comment.text for comment in self.comments]


def gather(said: Iterable[Said], most: int = COMMENTS_READ) -> list[Writer]:
    """The accounts of these comments in the order of their ids, each with its latest name and comments."""
    by_account: dict[str, list[Said]] = defaultdict(list)
    for comment in said:
        by_account[comment.account_id].append(comment)
    return [_writer(account_id, by_account[account_id], most) for account_id in sorted(by_account)]


def _writer(account_id: str, comments: list[Said], most: int) -> Writer:
    latest = sorted(comments, key=lambda one: (one.time or 0.0, one.text))[-most:]
    name = next((one.name for one in reversed(latest) if one.name), "")
    return Writer(account_id, name, tuple(latest))


def with_meaning(writers: Sequence[Writer], vectors: Sequence[Vectors]) -> list[Writer]:
    """The same accounts with the mean of their vectors, given as rows for each account."""
    return [
        Writer(one.account_id, one.name, one.comments, np.asarray(rows.mean(axis=0), float) if len(rows) else None)
        for one, rows in zip(writers, vectors, strict=True)
    ]
