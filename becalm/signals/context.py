"""Comments that have nothing to do with what they stand under."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from becalm.records import Reason

from .evidence import Context
from .language import is_foreign
from .links import find_links, replace_links
from .pieces import Pieces, find_pieces
from .reading import Reading, plain_words
from .relation import RelationModel, Side, load_relation
from .trained import Floats, likelihood
from .words import only_words, split_words

# The model takes half of all comments for strangers where they stand. Few are: with this taken off the log-odds, fewer
# than one in a hundred of those that belong reach 0.8.
CAUTION = 1.0
LEAST_EXPLAINED = 0.35
# What a post is about, it says in its beginning.
MOST_OF_CONTEXT = 600
# Of a short reaction little can be told; it keeps its rank among others, and never counts.
REACTION_SHARE = 0.5
_FEWEST_WORDS = 5
_REACTION_PRAISE = LEAST_EXPLAINED
_LATIN = re.compile(r"[a-z\u00df-\u00f6\u00f8-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")


def judge_context(readings: Sequence[Reading], pieces: Pieces, praise: Sequence[float]) -> list[float | None]:
    """How likely each comment is off topic, 0..1; None where nobody can say: no vector, nothing there, not English.

    Under 0.5 for short reactions (under five different words) and praise: "great service, thank you all" fits
    everywhere. A comment belongs where it has to do with what it answers, or with the thread; either is enough.
    """
    told = belonging(readings, pieces)
    share = np.array(
        [REACTION_SHARE if is_reaction(*one) else 1.0 for one in zip(readings, praise, strict=True)], float
    )
    off = (likelihood(-told - CAUTION) * share).round(4).tolist()
    return [None if unsaid else score for unsaid, score in zip(np.isnan(told).tolist(), off, strict=True)]


def explain_context(reading: Reading, score: float | None) -> list[Reason]:
    """What the comment was held against."""
    if score is None or score < LEAST_EXPLAINED:
        return []
    around = reading.evidence.around
    parts = (
        (around.parent, "the comment it answers"),
        (around.thread, "the post"),
        (around.company, "the other comments there"),
    )
    told = [words for known, words in parts if known is not None]
    against = " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
    return [Reason("off_topic", score, f"has little to do with {against}")]


def is_reaction(reading: Reading, praise: float) -> bool:
    """Whether the comment fits everywhere: praise, or fewer than five different words, as laughter is."""
    return praise >= _REACTION_PRAISE or len(set(only_words(reading.words))) < _FEWEST_WORDS


def belonging(readings: Sequence[Reading], pieces: Pieces) -> Floats:
    """The log-odds that each comment has to do with its parent or its thread; NaN where that can't be told."""
    told = np.full(len(readings), np.nan)
    vectors = [reading.evidence.vector for reading in readings]
    known = np.array(
        [one is not None and not is_foreign(reading) for one, reading in zip(vectors, readings, strict=True)]
    )
    if not known.any():
        return told
    model = load_relation()
    blank = np.zeros_like(model.centre)
    said = Side(
        np.array([blank if one is None else one for one in vectors], np.float32),
        pieces,
        np.array([len(reading.words) for reading in readings], float),
    )
    for found in (_to_parents(model, said, readings), _to_threads(model, said, readings)):
        told = np.fmax(told, found)
    return np.where(known, told, np.nan)


def _to_parents(model: RelationModel, said: Side, readings: Sequence[Reading]) -> Floats:
    features, known = _to_texts(model, said, [reading.evidence.around.parent for reading in readings])
    return np.where(known, model.answer(features), np.nan) if known.any() else np.full(len(readings), np.nan)


def _to_threads(model: RelationModel, said: Side, readings: Sequence[Reading]) -> Floats:
    titles, has_title = _to_texts(model, said, [reading.evidence.around.thread for reading in readings])
    company = [reading.evidence.around.company for reading in readings]
    has_company = np.array([one is not None for one in company], bool)
    blank = np.zeros_like(model.centre)
    others = model.of_company(said, np.array([blank if one is None else one for one in company], np.float32))
    return np.select(
        [has_title & has_company, has_title, has_company],
        [model.together(np.hstack([titles, others])), model.title(titles), model.company(others)],
        np.nan,
    )


def _to_texts(model: RelationModel, said: Side, contexts: Sequence[Context | None]) -> tuple[Floats, NDArray[np.bool_]]:
    """Features beside these contexts, and where there are any; each context is taken apart once."""
    distinct = {id(one): one for one in contexts if one is not None}
    known = np.array([one is not None for one in contexts], bool)
    if not distinct:
        return np.zeros((len(contexts), len(model.answer.each))), known
    place = {key: number for number, key in enumerate(distinct)}
    which = np.array([0 if one is None else place[id(one)] for one in contexts])
    return model.of_texts(said, _side(list(distinct.values())), which), known


def _side(contexts: Sequence[Context]) -> Side:
    words = [_words(context.normalised) for context in contexts]
    return Side(
        np.array([context.vector for context in contexts], np.float32),
        find_pieces([" ".join(one) for one in words]),
        np.array(list(map(len, words)), float),
    )


@lru_cache(maxsize=2_000)
def _words(normalised: str) -> tuple[str, ...]:
    """Of threads that hundreds of comments stand under, taken apart once."""
    text = normalised[:MOST_OF_CONTEXT]
    return plain_words(split_words(replace_links(text, find_links(text))))


def is_latin(normalised: str) -> bool:
    """Whether at least half of the letters are Latin ones."""
    return normalised.isascii() or 2 * len(_LATIN.findall(normalised)) >= len(_LETTER.findall(normalised))
