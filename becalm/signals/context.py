"""Comments that have nothing to do with what they stand under."""

import math
import re

from becalm.records import Reason

from .reading import Reading
from .words import is_word

# Provisional, until fitted on labelled pairs: with all-MiniLM-L6-v2, cosines of a comment with its own thread are
# expected mostly above 0.2, with another thread under 0.1. The most is under 1: a cosine alone is weak evidence.
MIDDLE = 0.08
SCALE = 0.04
MOST = 0.85
_LEAST = 0.02
_FEWEST_WORDS = 5
_REACTION_PRAISE = 0.3
_LATIN = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")


def judge_context(reading: Reading, praise: float) -> list[Reason]:
    """One reason where the comment is far from its thread; none where that can't be told.

    It can be told only of comments of five words and more, in Latin script (the model knows no other well), that are no
    praise (0..1): "great service, thank you all" fits everywhere.
    """
    similarity = reading.evidence.context_similarity
    if similarity is None or math.isnan(similarity) or praise >= _REACTION_PRAISE:
        return []
    score = MOST * _falling(similarity)
    if score < _LEAST or not _is_long_enough(reading.words) or not is_latin(reading.evidence.normalised):
        return []
    return [Reason("off_topic", score, f"has little to do with the post (similarity {similarity:.2f})")]


def _falling(similarity: float) -> float:
    return 1.0 / (1.0 + math.exp((max(-1.0, min(1.0, similarity)) - MIDDLE) / SCALE))


def _is_long_enough(words: tuple[str, ...]) -> bool:
    """Five different words: laughter and repetitions say nothing about the topic."""
    return len(words) >= _FEWEST_WORDS and len(set(filter(is_word, words))) >= _FEWEST_WORDS


def is_latin(normalised: str) -> bool:
    """Whether at least half of the letters are Latin ones."""
    return normalised.isascii() or 2 * len(_LATIN.findall(normalised)) >= len(_LETTER.findall(normalised))
