"""Whom an insult is aimed at."""

from bisect import bisect
from collections.abc import Sequence
from enum import Enum, auto

from .word_sets import word_set
from .words import AT, BREAK, QUOTE


class Aim(Enum):
    READER = auto()  # "you", or an account that is addressed
    OTHER = auto()  # he, she, they, these people
    NOBODY = auto()
    SELF = auto()  # the writer
    QUOTED = auto()  # somebody else's words


_YOU = word_set("you")
_THEY = word_set("they")
_I = word_set("i")
_GLUE = word_set("glue")
_REPORTS = word_set("reports")
_REACH = 6
_REPORT_REACH = 4


def aim_of(words: tuple[str, ...], start: int, end: int, marks: Sequence[int]) -> Aim:
    """Whom the insult in `words[start:end]` is aimed at, as the words around it in the same clause tell."""
    if is_quoted(words, start, end, marks):
        return Aim.QUOTED
    before = _nearest_person(words, range(start - 1, max(-1, start - 1 - _REACH), -1))
    if before is not None:
        return before
    # "what an idiot you are", "idiots like you"
    after = _nearest_person(words, range(end, min(len(words), end + 2)))
    return Aim.READER if after is Aim.READER else Aim.NOBODY


def quotation_marks(words: tuple[str, ...]) -> list[int]:
    """The places of the quotation marks in `words`, found once for all insults."""
    return [place for place, word in enumerate(words) if word == QUOTE] if QUOTE in words else []


def is_quoted(words: tuple[str, ...], start: int, end: int, marks: Sequence[int]) -> bool:
    """Whether `words[start:end]` stand between quotation marks, or after "called me", "said" and the like."""
    if marks and bisect(marks, start) % 2 and marks[-1] >= end:
        return True
    for word in words[max(0, start - _REPORT_REACH) : start][::-1]:
        if word == BREAK:
            return False
        if word in _REPORTS:
            return True
    return False


def _nearest_person(words: tuple[str, ...], positions: range) -> Aim | None:
    """The person that `positions` lead to over nothing but glue."""
    for position in positions:
        word = words[position]
        if word in _YOU or word == AT:
            return Aim.READER
        if word in _I:
            return Aim.SELF
        if word in _THEY:
            return Aim.OTHER
        if word not in _GLUE:
            return None
    return None
