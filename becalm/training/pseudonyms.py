"""Texts without anybody in them: people, addresses and numbers under names that hold within one scenario."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from string import ascii_uppercase

import regex

from ..review.excerpt import ACCOUNT_NUMBER, DAY, EMAIL, HANDLE, HOST, LINK, NUMBER, plain
from ..signals.markers import find_markers
from ..signals.private_data import locate_private_data
from .names import Names, Place, lowered

LONGEST = 2_000
SHOWN = 600
# Orders and customers are numbered with fewer digits than telephones.
_ORDER = re.compile(r"(?<![\w.,$€£])\d{5,}(?![\w%€£])")
# Who is exposed need not have an account: beside private data, two capitalised words name them, or one in a sentence.
_NAMED = regex.compile(r"\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{Ll}'’-]+)+|(?<=[\p{Ll},;] )\p{Lu}[\p{Ll}'’-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands for people and addresses, in one language: `person`, `link`, `handle`, ... `disguised`."""

    of: Mapping[str, str]

    def __getitem__(self, kind: str) -> str:
        return self.of[kind]


@dataclass
class Pseudonyms:
    """Pseudonyms of one scenario: the same account, address or number is always called the same in it.

    `company` wrote in the case or its thread, and `quoted` are shown. `ours` are the brand's names, as in handles.
    `is_word` tells names that are ordinary words: these are let stand, but where one of those quoted is called so and
    the word has a capital letter.
    """

    names: Names
    words: Words
    company: frozenset[int] = frozenset()
    quoted: frozenset[int] = frozenset()
    ours: frozenset[str] = frozenset()
    is_word: Callable[[str, frozenset[int]], bool] = lambda _, __: False
    _people: dict[int, str] = field(default_factory=dict)
    _things: dict[tuple[str, str], str] = field(default_factory=dict)

    def person(self, account_id: int) -> str:
        """`Person A` for the first who is asked for."""
        return self._people.setdefault(account_id, f"{self.words['person']} {_letters(len(self._people))}")

    @property
    def everybody(self) -> frozenset[int]:
        """All accounts that have a pseudonym."""
        return frozenset(self._people)

    def text(self, raw: str, normalised: str | None = None) -> str:
        """`raw` in one line, cut at 600 characters, without names, handles, links and private data.

        Where an address is written so that only the `normalised` text shows it, that one is taken instead, and said so.
        """
        raw = plain(raw[:LONGEST])
        if normalised is not None and _hides_address(raw, normalised):
            return _cut(f"{self._without_people(normalised[:LONGEST])} [{self.words['disguised']}]")
        return _cut(self._without_people(raw))

    def _without_people(self, text: str) -> str:
        text = self._without_addresses(text)
        for place in reversed(self.names.places(text, self.company)):
            if (holder := self._holder(text[place.start : place.end], place)) is not None:
                text = text[: place.start] + self.person(holder) + text[place.end :]
        return text

    def _holder(self, called: str, place: Place) -> int | None:
        """Who of several that are called so is meant: rather one of the scenario. None where it is only a word."""
        shown = place.account_ids & self.quoted
        if not (shown and called[0].isupper()) and self.is_word(lowered(called), place.account_ids):
            return None
        return min(shown or place.account_ids & self.company or place.account_ids)

    def _without_addresses(self, text: str) -> str:
        text = LINK.sub(lambda link: self._thing("link", link[1].rpartition("@")[2]), text)
        text = EMAIL.sub(lambda mail: self._thing("e-mail address", mail[0]), text)
        exposed = locate_private_data(text)
        for data in reversed(exposed):
            called = self._thing(data.kind, text[data.start : data.end])
            text = text[: data.start] + called + text[data.end :]
        text = ACCOUNT_NUMBER.sub(lambda number: self._thing("number", number[0]), text)
        text = HANDLE.sub(self._handle, text)  # before links: `@deal.king` is none
        text = HOST.sub(lambda host: self._thing("link", host[1]), text)
        text = NUMBER.sub(lambda one: one[0] if DAY.fullmatch(one[0]) else self._thing("number", one[0]), text)
        text = _ORDER.sub(lambda number: self._thing("number", number[0]), text)
        if exposed:
            text = _NAMED.sub(self._exposed, text)
        return _chat_free(text, lambda value: self._thing("handle", value))

    def _exposed(self, found: "regex.Match[str]") -> str:
        is_ours = any(lowered(word) in self.ours for word in found[0].split())
        return found[0] if is_ours else self._thing("name", found[0])

    def _handle(self, found: re.Match[str]) -> str:
        called = lowered(found[0]).strip("@.")
        if called in self.ours:
            return f"@{self.words['brand']}"
        holders = self.names.holders.get(called)
        if holders:
            return self.person(min(holders & self.company or holders))
        return self._thing("handle", called)

    def _thing(self, kind: str, value: str) -> str:
        if value.startswith("["):
            return value
        told = self.words.of.get(kind, self.words["number"])
        key = told, lowered(value)
        count = sum(one == told for one, _ in self._things) + 1
        return self._things.setdefault(key, f"[{told} {count}]")


def _hides_address(raw: str, normalised: str) -> bool:
    """Whether the normalised text leads somewhere that the raw one does not show."""
    shown = lowered(raw)
    return any(value.lstrip("@") not in shown for kind, value in find_markers(normalised) if kind != "phone")


def _chat_free(text: str, called: Callable[[str], str]) -> str:
    for kind, value in find_markers(lowered(text)):
        if kind in ("chat", "video") and not value.startswith("["):
            # As a function: a pseudonym must not be read as a replacement with groups.
            text = re.sub(re.escape(value), partial(_called, called(value)), text, flags=re.IGNORECASE)
    return text


def _called(pseudonym: str, _: re.Match[str]) -> str:
    return pseudonym


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def _letters(number: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    letters = ""
    while number >= 0:
        number, letters = number // 26 - 1, ascii_uppercase[number % 26] + letters
    return letters
