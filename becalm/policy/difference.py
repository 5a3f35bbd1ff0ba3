"""One change between two policies, and how two texts are told apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any


class Whom(StrEnum):
    """For whom something changes."""

    WRITERS = "People who write to us"
    STAFF = "Moderators and care agents"
    LEADS = "Leads and those who are called"
    DATA = "Everybody whose data we hold"


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: `about` names the thing it is about, `rule` its rule's id where that is one."""

    whom: Whom
    about: str
    words: str
    rule: str | None = None


def pairs(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """(key, old, new) where they differ, None where there is none; in the new order, what is gone last."""
    for key in (*after, *(key for key in before if key not in after)):
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)


def reworded(old: str, new: str) -> str:
    """The pieces that differ, word by word: `"sorry" is now "very sorry"; new: "today"`."""
    one, other = old.split(), new.split()
    told = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        was, now = " ".join(one[a:b]), " ".join(other[c:d])
        if kind == "replace":
            told.append(f'"{was}" is now "{now}"')
        elif kind == "delete":
            told.append(f'gone: "{was}"')
        elif kind == "insert":
            told.append(f'new: "{now}"')
    return "; ".join(told)
