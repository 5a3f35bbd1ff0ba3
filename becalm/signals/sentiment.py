"""How warm or cold a comment sounds."""

import math
from collections.abc import Iterable

from becalm.records import Reason

from .negation import is_negated
from .phrases import Hit
from .reading import Reading
from .word_sets import word_set
from .words import is_word

# A denied word keeps part of its strength with the other sign: "not great" is cooler than "okay", and no insult.
_DENIED = -0.6
_INTENSIFIED = 1.3
_INTENSIFIERS = word_set("intensifiers")
_MOST_QUOTED = 3
_LEAST_HEARD = 0.35


def judge_sentiment(reading: Reading) -> Reason | None:
    """One reason whose score is the sentiment, -1..1, or None where no word tells.

    Valences of words are summed, reversed by a negation before them and strengthened by "very"; the sum s becomes
    s / sqrt(s² + 1), the shape that VADER uses (Hutto and Gilbert, 2014).
    """
    hits = [hit for hit in reading.hits.get("sentiment", ()) if hit.kind.weight]
    if not hits:
        return None
    valences = [_valence(reading.words, hit) for hit in hits]
    total = sum(valences)
    score = round(total / math.sqrt(total * total + 1), 4)
    if not score:
        return None
    telling = (hit for hit, valence in zip(hits, valences, strict=True) if valence * total > 0)
    return Reason("sentiment", score, f"{'warm' if total > 0 else 'cold'} words: {_quotes(reading, telling)}")


def blend_sentiment(reading: Reading, by_words: Reason | None, praise: float, complaint: float) -> Reason | None:
    """The sentiment as `judge_sentiment` has it, and as far as the trained models hear praise or a complaint (0..1).

    The mean of both, for words alone miss what is bitter, and the models know customers only.
    """
    heard = praise - complaint
    if by_words is None and abs(heard) < _LEAST_HEARD:
        return None
    score = round(((by_words.score if by_words else 0.0) + heard) / 2, 4)
    if not score:
        return None
    if by_words and by_words.score * score > 0:
        return Reason("sentiment", score, by_words.text)
    return Reason("sentiment", score, f"sounds {'warm' if score > 0 else 'cold'} as a whole")


def _valence(words: tuple[str, ...], hit: Hit) -> float:
    valence = hit.kind.weight
    if hit.start and words[hit.start - 1] in _INTENSIFIERS:
        valence *= _INTENSIFIED
    return valence * _DENIED if _is_denied(words, hit) else valence


def _is_denied(words: tuple[str, ...], hit: Hit) -> bool:
    """ "Oh no :(" denies nothing: a negator reaches words only."""
    return is_word(words[hit.start]) and is_negated(words, hit.start)


def _quotes(reading: Reading, hits: Iterable[Hit]) -> str:
    quotes = list(dict.fromkeys(_quote(reading, hit) for hit in hits))
    return ", ".join(quotes[:_MOST_QUOTED]) + (" …" if len(quotes) > _MOST_QUOTED else "")


def _quote(reading: Reading, hit: Hit) -> str:
    return f"“not {reading.quote(hit)}”" if _is_denied(reading.words, hit) else f"“{reading.quote(hit)}”"
