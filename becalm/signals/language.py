"""Whether a comment is in the language that the models read."""

from .reading import Reading
from .word_sets import word_set

_ENGLISH = word_set("english")
_OTHERS = word_set("other_languages") - _ENGLISH
_READ = "en"


def is_foreign(reading: Reading) -> bool:
    """By what the source says of its language; else whether little words of other languages outnumber English ones."""
    told = reading.evidence.language
    if told:
        return told.lower().split("-")[0] != _READ
    words = set(reading.words)
    return len(words & _OTHERS) > len(words & _ENGLISH)
