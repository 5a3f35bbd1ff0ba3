"""Every name and id by which the store knows people, found again in whatever they write."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property

import regex
from ahocorasick_rs import AhoCorasick
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..store import Account, Comment

FEWEST_CHARACTERS = 3
# A word that so many people write in small letters is a word, though somebody may be called so.
ORDINARY_WRITERS = 5
LOOKED_AT = 400
_PART = regex.compile(r"[\p{L}\p{M}]{3,}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is named in a text, and which accounts are called so; `is_part` is a first or last name alone."""

    start: int
    end: int
    account_ids: frozenset[int]
    is_part: bool = False


@dataclass(frozen=True)
class Names:
    """Account ids by name, in small letters; the brand's own accounts are not among them."""

    holders: dict[str, frozenset[int]]
    parts: dict[int, tuple[str, ...]]

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[str]]:
        known = sorted(self.holders)
        return AhoCorasick(known), known

    def places(self, text: str, company: Set[int] = frozenset()) -> list[Place]:
        """Where `text` names somebody, in order; of places that overlap, the longest.

        Of the accounts in `company` a first or last name alone counts too, where it has a capital letter.
        """
        automaton, known = self._automaton
        lower = lowered(text)
        found = [
            Place(start, end, self.holders[known[which]])
            for which, start, end in automaton.find_matches_as_indexes(lower, overlapping=True)
            if is_whole(lower, start, end)
        ]
        return _apart([*found, *self._parts_in(text, company)])

    def _parts_in(self, text: str, company: Set[int]) -> Iterator[Place]:
        called: defaultdict[str, set[int]] = defaultdict(set)
        for account_id in company:
            for part in self.parts.get(account_id, ()):
                called[part].add(account_id)
        for word in _PART.finditer(text) if called else ():
            if word[0][0].isupper() and (ids := called.get(lowered(word[0]))):
                yield Place(word.start(), word.end(), frozenset(ids), is_part=True)


def read_names(session: Session) -> Names:
    """The names and ids of all accounts but the brand's, shorter ones than three characters apart."""
    holders: defaultdict[str, set[int]] = defaultdict(set)
    parts: dict[int, tuple[str, ...]] = {}
    columns = (Account.id, Account.author_id, Account.name)
    for account_id, author_id, name in session.execute(select(*columns).where(Account.is_brand.is_(False))):
        for called in spellings(author_id, name):
            holders[called].add(account_id)
        if name:
            parts[account_id] = tuple(dict.fromkeys(lowered(part) for part in _PART.findall(name)))
    return Names({name: frozenset(ids) for name, ids in holders.items()}, parts)


def spellings(*names: str | None) -> Iterator[str]:
    """How these names may stand in a text."""
    for name in names:
        called = " ".join(lowered(name or "").split()).removeprefix("@")
        if len(called) >= FEWEST_CHARACTERS:
            yield called


def is_ordinary(session: Session, word: str, holders: Iterable[int]) -> bool:
    """Whether `word`, by which these accounts are called, is one (or several) that others write in small letters."""
    if not word.replace(" ", "").isalpha():
        return False
    like = select(Comment.text, Comment.account_id).where(Comment.text.contains(word, autoescape=True))
    rows = session.execute(like.where(Comment.account_id.not_in(list(holders)[:100])).limit(LOOKED_AT))
    whole = regex.compile(rf"(?<![\w@]){regex.escape(word)}(?!\w)")
    return len({account_id for text, account_id in rows if whole.search(text)}) >= ORDINARY_WRITERS


def lowered(text: str) -> str:
    """`text` in small letters, with every character where it was."""
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit goes on before or after; a script without blanks between words has no such borders."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_joins(before) and _joins(text[start])) and not (_joins(after) and _joins(text[end - 1]))


def _joins(char: str) -> bool:
    return bool(char) and (char.isalnum() and not regex.match(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]", char))


def _apart(places: list[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in sorted(places, key=lambda one: (one.start - one.end, one.is_part, one.start)):
        if all(place.end <= other.start or place.start >= other.end for other in kept):
            kept.append(place)
    return sorted(kept, key=lambda one: one.start)
