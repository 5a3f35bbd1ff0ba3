"""The policy's alert lists: words that reach people at once."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from becalm.errors import KeywordUnusable
from becalm.records import Reason

# Scripts that put no space between words: there, a phrase may stand anywhere.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WORDLIKE = re.compile(r"\w")
_STAR = r"\w{0,30}"
_GAP = r"[\W_]{1,3}"
_BORDER = r"(?<!\w)"


@dataclass(frozen=True, slots=True)
class Keyword:
    """One phrase of one alert list, as the policy spells it."""

    alert_list: str
    phrase: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class KeywordLists:
    """All alert lists of a policy, compiled once by `compile_keywords`; `any_of` says fast whether to look closer."""

    keywords: tuple[Keyword, ...] = ()
    any_of: re.Pattern[str] | None = None

    def find(self, normalised: str) -> list[Keyword]:
        """The keywords that stand in `normalised`, once each, in the policy's order."""
        if self.any_of is None or not self.any_of.search(normalised):
            return []
        return [keyword for keyword in self.keywords if keyword.pattern.search(normalised)]


NO_KEYWORDS = KeywordLists()


def judge_keywords(found: Iterable[Keyword]) -> list[Reason]:
    """A reason for each keyword: somebody asked to be told."""
    return [Reason("keywords", 1.0, f"on the alert list “{one.alert_list}”: “{one.phrase}”") for one in found]


def compile_keywords(lists: Mapping[str, Iterable[str]], normalise: Callable[[str], str] | None = None) -> KeywordLists:
    """`lists` (name to phrases) ready for matching on normalised text.

    A phrase matches whole words only; `*` stands for up to 30 letters or digits, so `refund*` also finds "refunded";
    words may be joined by a space or a hyphen. `normalise` should be what made the texts' normalised form.
    Raises KeywordUnusable for a phrase of nothing but stars and spaces.
    """
    fold = normalise or _fold
    phrases = [(name, phrase) for name, given in lists.items() for phrase in dict.fromkeys(given)]
    sources = [_source(name, phrase, fold) for name, phrase in phrases]
    keywords = tuple(
        Keyword(name, phrase, re.compile(source if is_free else _BORDER + source))
        for (name, phrase), (source, is_free) in zip(phrases, sources, strict=True)
    )
    return KeywordLists(keywords, _any_of(sources) if sources else None)


def _any_of(sources: list[tuple[str, bool]]) -> re.Pattern[str]:
    """One pattern for all; the border stands once before its branches, so that the first letter alone refuses one."""
    bordered = "|".join(source for source, is_free in sources if not is_free)
    free = [source for source, is_free in sources if is_free]
    return re.compile("|".join(([f"{_BORDER}(?:{bordered})"] if bordered else []) + free))


def _source(name: str, phrase: str, normalise: Callable[[str], str]) -> tuple[str, bool]:
    """The regular expression of `phrase` without the border before it, and whether it needs none."""
    parts = re.sub(r"\*+", "*", phrase.strip()).split("*")
    words = [_words(part, normalise) for part in parts]
    if not any(words):
        raise KeywordUnusable(name, phrase)
    body = _STAR.join(_joined(*pair) for pair in zip(words, parts, strict=True))
    return body if _is_free(phrase, -1) else rf"{body}(?!\w)", _is_free(phrase, 0)


def _words(part: str, normalise: Callable[[str], str]) -> list[str]:
    return normalise(part).split() if part.strip() else []


def _joined(words: list[str], part: str) -> str:
    """The regular expression of `words`, with a gap where `part` meets its star by a space."""
    if not words:
        return _GAP if part else ""
    start = _GAP if part[0].isspace() else ""
    end = _GAP if part[-1].isspace() else ""
    return start + _GAP.join(map(re.escape, words)) + end


def _is_free(phrase: str, edge: int) -> bool:
    """Whether `phrase` needs no word border at its first (0) or last (-1) character."""
    character = phrase.strip()[edge]
    return character != "*" and (not _WORDLIKE.match(character) or bool(_UNSPACED.match(character)))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
