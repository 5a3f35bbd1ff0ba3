"""Swear words with stars in them, written out."""

import re
from collections.abc import Iterable
from functools import lru_cache

_MASKED = re.compile(r"(?<![\w*])[^\W\d_]{1,4}\*{1,6}[^\W\d_]{0,8}(?![\w*])")
_STARS = re.compile(r"\*+")


class MaskedWords:
    """Writes out masked forms of `words`; of several that fit, the first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._written_out = lru_cache(4096)(self._write_out)

    def unmask(self, normalised: str) -> str:
        """`normalised` with "f*ck" and the like written out; a star at the end counts after a single letter only."""
        return _MASKED.sub(lambda found: self._written_out(found[0]), normalised)

    def _write_out(self, masked: str) -> str:
        head, tail = _STARS.split(masked, maxsplit=1)
        if len(head) > 1 and not tail:
            return masked
        # Normalising shortens runs of a sign, so one star may stand for up to three letters.
        form = re.compile(rf"{re.escape(head)}.{{1,3}}{re.escape(tail)}")
        return next((word for word in self._words if form.fullmatch(word)), masked)
