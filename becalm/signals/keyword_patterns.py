"""A phrase of an alert list as a regular expression: whole words, with its stars and its gaps."""

import re
from collections.abc import Callable

from becalm.errors import KeywordUnusable

# Scripts that put no space between words: there, a phrase may stand anywhere.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WORDLIKE = re.compile(r"\w")
_STAR = r"\w{0,30}"
_GAP = r"[\W_]{1,3}"


def pattern_of(name: str, phrase: str, normalise: Callable[[str], str]) -> tuple[re.Pattern[str], str]:
    """What finds `phrase` of the list `name` in normalised text, and a piece of it that stands in every match.

    Raises KeywordUnusable for a phrase of nothing but stars and spaces.
    """
    parts = re.sub(r"\*+", "*", phrase.strip()).split("*")
    words = [_words(part, normalise) for part in parts]
    if not any(words):
        raise KeywordUnusable(name, phrase)
    body = _STAR.join(_joined(*pair) for pair in zip(words, parts, strict=True))
    before = "" if _is_free(phrase, 0) else r"(?<!\w)"
    after = "" if _is_free(phrase, -1) else r"(?!\w)"
    # The longest word is the rarest, as a rule.
    return re.compile(before + body + after), max((word for part in words for word in part), key=len)


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
