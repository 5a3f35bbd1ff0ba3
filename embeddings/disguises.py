"""Disguises that nobody wears by accident: what they hide a text from is a filter."""

import regex

from embeddings.lookalikes import undo_leet
from embeddings.normalise import SPACED

# Between letters of these scripts nothing invisible belongs; Persian, Thai and the scripts of India need it there, and
# soft hyphens come with what was copied from a page.
_LETTER = r"[\p{Latin}\p{Cyrillic}\p{Greek}]"
_HIDDEN_INSIDE = regex.compile(rf"(?<={_LETTER})[\u200b-\u200d\u2060\ufeff]+(?={_LETTER})")
_TWO_SCRIPTS = regex.compile(r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}")
_WORD = regex.compile(r"\p{L}{2,}")
# One word is slang ("b4u").
_FEWEST_IN_LEET = 2
# Who pulls a whole cheer apart shouts it; who pulls some words of a sentence apart hides them.
_FEWEST_WORDS_BESIDE = 4


def is_disguised(raw: str) -> bool:
    """Whether invisible signs, letters of another script, digits or gaps stand inside words of a text as it came."""
    text = raw.lower()
    if not text.isascii() and (_HIDDEN_INSIDE.search(text) or _TWO_SCRIPTS.search(text)):
        return True
    return _has_words_in_leet(text) or _has_words_apart(text)


def _has_words_in_leet(text: str) -> bool:
    undone = undo_leet(text)
    return undone != text and sum(map(str.__ne__, text.split(" "), undone.split(" "))) >= _FEWEST_IN_LEET


def _has_words_apart(text: str) -> bool:
    beside = SPACED.sub(" ", text)
    return beside != text and len(_WORD.findall(beside)) >= _FEWEST_WORDS_BESIDE
