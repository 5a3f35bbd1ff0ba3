"""Whether a text names an account."""

import re
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Account
from ..store.upsert import chunks

# Shorter ones are syllables of any text.
SHORTEST_NAME = 4
_WORD = re.compile(r"[\w.-]+")


def count_named(text: str, names: Collection[str]) -> int:
    """How many of the names stand in the text, whole and in any case."""
    words = f" {_spaced(text)} "
    return sum(len(name) >= SHORTEST_NAME and f" {name} " in words for name in {_spaced(each) for each in names})


def names_of(session: Session, account_ids: Sequence[int]) -> set[str]:
    """What these accounts are called, and the ids that they have on their platforms."""
    found: set[str] = set()
    for chunk in chunks(account_ids):
        for name, author_id in session.execute(select(Account.name, Account.author_id).where(Account.id.in_(chunk))):
            found.update(filter(None, (name, author_id)))
    return found


def _spaced(text: str) -> str:
    return " ".join(word.strip(".-") for word in _WORD.findall(text.casefold()))
