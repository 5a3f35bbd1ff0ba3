"""The policy's alert lists: words that reach people at once."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from becalm.records import Reason
from becalm.scope import EVERYWHERE, Scope

from .keyword_patterns import pattern_of


@dataclass(frozen=True, slots=True)
class Keyword:
    """One phrase of one alert list, as the policy spells it."""

    alert_list: str
    phrase: str
    pattern: re.Pattern[str]
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class KeywordLists:
    """All alert lists of a policy, compiled once by `compile_keywords`.

    `pieces` finds in one pass the words that phrases are recognised by; `by_piece` says which keywords to look at then.
    """

    keywords: tuple[Keyword, ...] = ()
    pieces: AhoCorasick | None = None
    by_piece: tuple[tuple[int, ...], ...] = ()

    def find(
        self, normalised: str, platform: str = "", channel: str = "", language: str | None = None
    ) -> list[Keyword]:
        """The keywords that stand in `normalised` and listen there, once each, in the policy's order."""
        if self.pieces is None:
            return []
        # Overlapping, as one phrase's word may be a part of another's; surrogates are no UTF-8 and in no phrase.
        found = self.pieces.find_matches_as_indexes(_encodable(normalised), overlapping=True)
        if not found:
            return []
        near = {number for piece, _, _ in found for number in self.by_piece[piece]}
        return [
            keyword
            for keyword in map(self.keywords.__getitem__, sorted(near))
            if keyword.scope.covers(platform, channel, language) and keyword.pattern.search(normalised)
        ]


NO_KEYWORDS = KeywordLists()


def judge_keywords(found: Iterable[Keyword]) -> list[Reason]:
    """A reason for each keyword: somebody asked to be told."""
    return [Reason("keywords", 1.0, f"on the alert list “{one.alert_list}”: “{one.phrase}”") for one in found]


def compile_keywords(
    lists: Mapping[str, Iterable[str]],
    normalise: Callable[[str], str] | None = None,
    scopes: Mapping[str, Scope] | None = None,
) -> KeywordLists:
    """`lists` (name to phrases) ready for matching on normalised text; a list without scope listens everywhere.

    A phrase matches whole words only; `*` stands for up to 30 letters or digits, so `refund*` also finds "refunded";
    words may be joined by a space or a hyphen. `normalise` should be what made the texts' normalised form.
    Raises KeywordUnusable for a phrase of nothing but stars and spaces.
    """
    keywords: list[Keyword] = []
    by_piece: dict[str, list[int]] = {}
    for name, phrase in ((name, phrase) for name, given in lists.items() for phrase in dict.fromkeys(given)):
        pattern, piece = pattern_of(name, phrase, normalise or _fold)
        by_piece.setdefault(_encodable(piece), []).append(len(keywords))
        keywords.append(Keyword(name, phrase, pattern, (scopes or {}).get(name, EVERYWHERE)))
    if not keywords:
        return NO_KEYWORDS
    return KeywordLists(tuple(keywords), AhoCorasick(by_piece), tuple(map(tuple, by_piece.values())))


def _encodable(text: str) -> str:
    """`text`, with a question mark for each lone surrogate."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
