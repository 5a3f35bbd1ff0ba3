"""What trained models say of complaints, praise and the tone of many comments at once."""

from collections.abc import Sequence

import numpy as np

from becalm.records import Reason

from .combine import noisy_or
from .learned import Batch
from .negation import is_negated
from .reading import Reading
from .trained import Floats, Pair, likelihood
from .words import LINK

# Of customers' comments that the lexicons give so much, 96 of 100 are complaints, and 97 of 100 praise.
SURE_COMPLAINT, SURE_PRAISE = 0.6, 0.7
SETTLED = "complaint settled"
_SETTLED_SHARE = 0.6
_COMPLAINS, _BESIDE_COMPLAINT_SHARE = 0.5, 0.35
_LEXICONS = ("complaint", "praise")
_MOODS = 3
# Who gave many stars seldom complains, and who gave few seldom praises, whatever the words sound like.
_FEW_STARS, _MANY_STARS, _AGAINST_STARS_SHARE = 2.5, 3.5, 0.5


def care_marks(reading: Reading, sentiment: Reason | None) -> list[str]:
    """What a trained model knows of the lexicons' phrases, the tone and the look of a comment."""
    marks = {
        f"{name} {hit.kind.name}{', denied' if hit.kind.weight and is_negated(reading.words, hit.start) else ''}"
        for name in _LEXICONS
        for hit in reading.hits.get(name, ())
    }
    marks |= {f"rude: {hit.kind.name}" for hit in reading.hits.get("abuse", ())}
    marks |= {f"promotes: {hit.kind.name}" for hit in reading.hits.get("promotion", ())}
    marks |= {f"mood {round(_MOODS * sentiment.score)}"} if sentiment else set()
    marks |= {"asks"} if "?" in reading.evidence.normalised else set()
    marks |= {"calls"} if "!" in reading.evidence.text else set()
    marks |= {"links"} if LINK in reading.words else set()
    return sorted(marks | {f"words {min(len(reading.words), 60).bit_length()}"})


def score_complaint(
    batch: Batch, marks: Sequence[Sequence[str]], lexicons: Sequence[Sequence[Reason]], pair: Pair
) -> Floats:
    """The likelihood 0..1 that each comment complains; less where it says that all was put right."""
    is_settled = np.array([SETTLED in found for found in marks], bool)
    against = np.where(_stars(batch) > _MANY_STARS, _AGAINST_STARS_SHARE, 1.0)
    return _score(batch, marks, lexicons, pair, SURE_COMPLAINT, np.where(is_settled, _SETTLED_SHARE, 1.0) * against)


def score_praise(
    batch: Batch, marks: Sequence[Sequence[str]], lexicons: Sequence[Sequence[Reason]], pair: Pair, complaint: Floats
) -> Floats:
    """The likelihood 0..1 that each comment praises; beside a complaint it is seldom meant."""
    share = np.where(complaint >= _COMPLAINS, _BESIDE_COMPLAINT_SHARE, 1.0)
    against = np.where(_stars(batch) < _FEW_STARS, _AGAINST_STARS_SHARE, 1.0)
    return _score(batch, marks, lexicons, pair, SURE_PRAISE, share * against)


def _stars(batch: Batch) -> Floats:
    """What each comment rates of five, not a number where it rates nothing or by another measure."""
    ratings = [reading.evidence.rating for reading in batch.readings]
    return np.array([np.nan if rating is None or rating > 5 else rating for rating in ratings], float)


def _score(
    batch: Batch,
    marks: Sequence[Sequence[str]],
    lexicons: Sequence[Sequence[Reason]],
    pair: Pair,
    sure: float,
    share: Floats,
) -> Floats:
    """As `pair` and the lexicons' reasons tell; stars are reasons beside both.

    What the models can't read goes by the lexicons alone; from `sure` on they count whatever the models say.
    """
    is_read = batch.is_readable & ~batch.is_foreign
    learned = likelihood(batch.log_odds(pair, marks)) * is_read * share
    stars = np.array([noisy_or([one for one in found if is_of_stars(one)]) for found in lexicons], float)
    by_lexicons = np.array([noisy_or(found) for found in lexicons], float)
    floor = np.where((by_lexicons >= sure) | ~is_read, by_lexicons, 0.0)
    return np.asarray(np.maximum(1 - (1 - learned) * (1 - stars), floor))


def is_of_stars(reason: Reason) -> bool:
    return reason.text.startswith("rated ")
