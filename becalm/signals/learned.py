"""What the trained models say of many comments at once, beside what the lexicons found in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from becalm.records import Reason

from .abuse import Insult
from .aim import Aim
from .combine import noisy_or
from .context import is_latin
from .language import is_foreign
from .pieces import Pieces, find_pieces
from .promotion import Cue, plain_promotion, promotion_marks, strongest_cue
from .reading import Reading
from .trained import Floats, Pair, likelihood
from .words import QUOTE, is_word

# Of single comments under videos to whose phrases the lexicon gives so much, 98 of 100 are spam.
SURE_LEXICONS = 0.6
# However a comment sounds: without any sign of promotion it is no spam, with a lone link or word perhaps. Under videos
# half a percent of the spam has no such sign.
MOST_BY_CUE = {Cue.NONE: 0.45, Cue.WEAK: 0.65, Cue.STRONG: 1.0}
# How far quoted and denied insults lower the log-odds. The sets that the models learn from call many of them abuse: at
# 1.5 a held-out part of one is told apart with an AUC of .978 in place of .981.
ABSOLVED = 0.75
# A phrase that names its target or its threat is abuse whatever stands around it.
_CERTAIN = frozenset(
    (
        "threat",
        "death_wish",
        "doxxing",
        "sexual_harassment",
        "dehumanising",
        "order_to_get_lost",
        "strong_insult",
        "slur",
    )
)


@dataclass(frozen=True)
class Batch:
    """Comments that are scored together: what they share is reckoned once."""

    readings: Sequence[Reading]

    @cached_property
    def pieces(self) -> Pieces:
        return find_pieces([reading.plain for reading in self.readings])

    @cached_property
    def has_vector(self) -> NDArray[np.bool_]:
        return np.array([reading.evidence.vector is not None for reading in self.readings], bool)

    @cached_property
    def is_readable(self) -> NDArray[np.bool_]:
        """Whether there are words in the script that the models were fitted on."""
        return np.array([any(map(is_word, r.words)) and is_latin(r.evidence.normalised) for r in self.readings], bool)

    @cached_property
    def is_foreign(self) -> NDArray[np.bool_]:
        return np.array([is_foreign(reading) for reading in self.readings], bool)

    @cached_property
    def is_mended(self) -> NDArray[np.bool_]:
        return np.array([reading.is_mended for reading in self.readings], bool)

    def log_odds(self, pair: Pair, marks: Sequence[Sequence[str]]) -> Floats:
        """By words and vector; by words alone where there is no vector, and where that says more of a mended text.

        The vector is of the text as it was written: a word in disguise leaves no trace there.
        """
        if not self.has_vector.any():
            return pair.by_words.log_odds(self.pieces, marks, None)
        by_all = pair.by_all.log_odds(self.pieces, marks, self._vectors())
        asked, pieces = self._by_words
        by_words = pair.by_words.log_odds(pieces, [marks[place] for place in asked], None)
        by_all[asked] = np.where(self.has_vector[asked], np.maximum(by_words, by_all[asked]), by_words)
        return by_all

    @cached_property
    def _by_words(self) -> tuple[NDArray[np.int64], Pieces]:
        """The places of the comments that words alone are asked about, and their pieces."""
        asked = np.flatnonzero(~self.has_vector | self.is_mended)
        return asked, self.pieces.of(asked)

    def _vectors(self) -> NDArray[np.float32]:
        known = [reading.evidence.vector for reading in self.readings if reading.evidence.vector is not None]
        vectors = np.zeros((len(self.readings), len(known[0])), np.float32)
        vectors[self.has_vector] = known
        return vectors


def score_abuse(batch: Batch, insults: Sequence[Sequence[Insult]], pair: Pair) -> Floats:
    """The likelihood 0..1 that each comment is abusive, if half of all were; never under what a clear phrase weighs."""
    marks = [sorted({insult.mark for insult in found}) for found in insults]
    doubt = np.array([ABSOLVED * is_absolved(*told) for told in zip(batch.readings, insults, strict=True)], float)
    learned = likelihood(batch.log_odds(pair, marks) - doubt) * batch.is_readable
    certain = np.array([max(map(_certain, found), default=0.0) for found in insults], float)
    return np.asarray(np.maximum(learned, certain))


def is_absolved(reading: Reading, insults: Sequence[Insult]) -> bool:
    """Whether all insults are denied or somebody else's words, but for a text that is one quotation from its start."""
    is_absolved = bool(insults) and not any(one.is_meant or one.aim is Aim.SELF for one in insults)
    return is_absolved and QUOTE not in reading.words[:2]


def _certain(insult: Insult) -> float:
    is_clear = insult.kind in _CERTAIN and insult.is_meant and insult.aim in (None, Aim.READER)
    return insult.reason.score if is_clear else 0.0


def score_spam(batch: Batch, reasons: Sequence[Sequence[Reason]], pair: Pair) -> Floats:
    """The likelihood 0..1 that each comment is spam, if half of all were; `reasons` are the lexicons', by comment.

    At most what its strongest cue allows; phrases that are sure count whatever the models say; what the models can't
    read goes by the lexicons alone.
    """
    is_readable = batch.is_readable | np.array([bool(reading.links) for reading in batch.readings], bool)
    learned = likelihood(batch.log_odds(pair, [promotion_marks(reading) for reading in batch.readings]))
    most = np.array([MOST_BY_CUE[strongest_cue(reading)] for reading in batch.readings])
    sure = np.array([plain_promotion(reading) for reading in batch.readings])
    read = np.maximum(np.minimum(learned, most), np.where(sure >= SURE_LEXICONS, sure, 0.0))
    return np.asarray(np.where(is_readable, read, [noisy_or(found) for found in reasons]), float)
