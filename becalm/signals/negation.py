"""Whether words are turned into their opposite."""

from .word_sets import word_set
from .words import BREAK

_NEGATORS = word_set("negators")
_HARMLESS_AFTER = word_set("harmless_after_negator")
_TURNS = word_set("turns") | {BREAK}
_REACH = 3


def is_negated(words: tuple[str, ...], start: int) -> bool:
    """Whether one of the three words before `start`, in the same clause, denies what starts there."""
    for position in range(start - 1, max(-1, start - 1 - _REACH), -1):
        word = words[position]
        if word in _TURNS:
            return False
        if word in _NEGATORS:
            return words[position + 1] not in _HARMLESS_AFTER
    return False
