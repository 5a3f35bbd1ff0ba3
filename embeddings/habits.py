"""How an account writes, whatever about: its letters, its signs, its subjects and its hours, as unit rows."""

import re
from collections.abc import Sequence

import numpy as np
import regex
from scipy.sparse import csr_array

from embeddings.arrays import Floats
from embeddings.carried import LINK
from embeddings.grams import count_grams, weigh
from embeddings.writers import Writer

_WORDING = (2, 3, 4)
_SIGNS = (2, 3, 4, 5, 6)
_SMALL, _LARGE, _DIGITS = regex.compile(r"\p{Ll}+"), regex.compile(r"\p{Lu}"), re.compile(r"\d+")
_LARGE_ROW = re.compile("A{2,}")
_HOURS = 24
_SECONDS = 3_600
# What a link says is told by `carried.links`; here it is only that there is one.
_A_LINK = "\u2197"


def wording(writers: Sequence[Writer]) -> csr_array:
    """Letters in a row as people see them: spelling, case, endings, and favourite words."""
    return weigh(_grams(writers, [_without_links(text) for one in writers for text in one.texts], _WORDING), 2.0)


def signs(writers: Sequence[Writer]) -> csr_array:
    """Punctuation, capitals, numbers, emoji and spaces, with every word reduced to its shape."""
    return weigh(_grams(writers, [shape(text) for one in writers for text in one.texts], _SIGNS), 1.0)


def shape(text: str) -> str:
    """`Look, 20 NEW ones!` is `Aa, 0 AA a!`."""
    plain = _LARGE.sub("A", _SMALL.sub("a", _DIGITS.sub("0", _without_links(text))))
    return _LARGE_ROW.sub("AA", plain)


def meaning(writers: Sequence[Writer]) -> Floats:
    """What an account writes about, against what all write about; zeros where nothing is known."""
    known = [one.meaning for one in writers if one.meaning is not None]
    if not known:
        return np.zeros((len(writers), 1))
    middle = np.mean(known, axis=0)
    return _unit(np.array([np.zeros_like(middle) if one.meaning is None else one.meaning - middle for one in writers]))


def hours(writers: Sequence[Writer]) -> Floats:
    """When in the day (UTC) an account writes, an hour more or less being nearly the same."""
    counts = np.zeros((len(writers), _HOURS))
    for place, writer in enumerate(writers):
        for comment in writer.comments:
            if comment.time is not None:
                counts[place, int(comment.time // _SECONDS) % _HOURS] += 1
    return _unit(np.sqrt(counts + (np.roll(counts, 1, axis=1) + np.roll(counts, -1, axis=1)) / 2))


def _grams(writers: Sequence[Writer], texts: Sequence[str], lengths: tuple[int, ...]) -> csr_array:
    owners = np.repeat(np.arange(len(writers)), [len(one.comments) for one in writers])
    return count_grams(texts, owners, len(writers), lengths)


def _without_links(text: str) -> str:
    return LINK.sub(_A_LINK, text)


def _unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))
