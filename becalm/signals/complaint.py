"""Complaints: a customer who was not served as promised, first of all somebody to help."""

from becalm.records import Reason

from .combine import weakened
from .negation import is_negated
from .phrases import Hit
from .reading import Reading

_DENIES_PRAISE_WEIGHT = 0.35
_COLD_TONE_WEIGHT = 0.4
_COLD = -0.2
_LOW_RATING_WEIGHTS = {1: 0.6, 2: 0.45}
_SETTLED_SHARE = 0.3
# Kinds of the lexicon that say what went wrong, in the words of the review; others only say how somebody feels.
TOPICS = {
    "money_back": "money back",
    "overcharged": "wrong charges",
    "not_delivered": "what did not arrive",
    "broken": "what does not work",
    "waiting": "long waits",
    "cancelled": "cancellations",
    "no_answer": "no answer",
}
_ANGRY_KINDS = frozenset(("threat", "death_wish", "slur", "dehumanising", "strong_insult", "order_to_get_lost"))


def judge_complaint(reading: Reading, sentiment: Reason | None) -> list[Reason]:
    """Each kind of complaint once, a low rating (of five stars), praise denied, a cold tone.

    What was put right since ("got my refund") weighs less. Cold words count only where they are no insult.
    """
    hits = reading.hits.get("complaint", ())
    reasons = [*_judge_wording(reading, hits), *_judge_rating(reading.evidence.rating), *_judge_denied_praise(reading)]
    if sentiment and sentiment.score < _COLD and not _is_angry_at_people(reading):
        reasons.append(Reason("complaint", _COLD_TONE_WEIGHT * -sentiment.score, f"a cold tone ({sentiment.text})"))
    if any(hit.kind.name == "settled" for hit in hits):
        return weakened(reasons, _SETTLED_SHARE, "says that it was put right")
    return reasons


def complaint_topics(reading: Reading) -> list[str]:
    """What the comment complains of, by the names of `TOPICS`; empty where the words don't tell."""
    hits = reading.hits.get("complaint", ())
    told = (hit.kind.name for hit in hits if not is_negated(reading.words, hit.start))
    return sorted({name for name in told if name in TOPICS})


def _judge_wording(reading: Reading, hits: list[Hit] | tuple[()]) -> list[Reason]:
    first: dict[str, Hit] = {}
    for hit in hits:
        if hit.kind.weight and not is_negated(reading.words, hit.start):
            first.setdefault(hit.kind.name, hit)
    return [Reason("complaint", hit.kind.weight, f"{hit.kind.says}: “{reading.quote(hit)}”") for hit in first.values()]


def _judge_rating(rating: float | None) -> list[Reason]:
    weight = _LOW_RATING_WEIGHTS.get(round(max(rating, 1.0))) if rating is not None and rating <= 5 else None
    return [Reason("complaint", weight, f"rated {rating:g} of 5 stars")] if weight else []


def _judge_denied_praise(reading: Reading) -> list[Reason]:
    """ "not great", "never helpful": the first of them."""
    for hit in reading.hits.get("praise", ()):
        if hit.kind.weight and hit.kind.name != "thanks" and is_negated(reading.words, hit.start):
            return [Reason("complaint", _DENIES_PRAISE_WEIGHT, f"denies praise: “not {reading.quote(hit)}”")]
    return []


def _is_angry_at_people(reading: Reading) -> bool:
    return any(hit.kind.name in _ANGRY_KINDS for hit in reading.hits.get("abuse", ()))
