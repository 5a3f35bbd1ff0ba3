"""What in a text tells of a person: private data, handles, and the names of accounts."""

import re
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..signals import mask_private_data
from ..signals.private_data import locate_private_data
from ..store import Account
from ..store.upsert import chunks

# Shorter ones are syllables of any text.
SHORTEST_NAME = 4
# Wider than what the signals look for: here a false alarm costs a word.
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_HANDLE = re.compile(r"(?<![\w.])@[\w.]{2,64}")
_WORD = re.compile(r"[\w.-]+")


def mask_persons(text: str) -> str:
    """The text with private data and handles masked."""
    return _HANDLE.sub("[handle]", _EMAIL.sub("[e-mail]", mask_private_data(text)))


def count_persons(text: str) -> int:
    """How much private data and how many handles stand in the text."""
    return len(locate_private_data(text)) + len(_EMAIL.findall(text)) + len(_HANDLE.findall(text))


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
