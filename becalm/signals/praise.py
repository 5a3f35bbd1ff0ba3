"""Praise, the more so where it names something: worth a thank-you and an invitation to share."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from operator import itemgetter

from becalm.records import Reason

from .combine import weakened
from .negation import is_negated
from .phrases import Hit
from .reading import Reading

NAMED = "named_thing"
Span = tuple[int, int]
_NAMES_SOMETHING_WEIGHT = 0.3
_NEAR_WORDS = 6
_HIGH_RATING_WEIGHTS = {4: 0.25, 5: 0.4}
# "Thanks for cancelling my flight": praise beside a complaint is seldom meant.
_BESIDE_COMPLAINT_SHARE = 0.35
_STRONG_COMPLAINT = 0.4


def judge_praise(reading: Reading, complaint: float) -> list[Reason]:
    """Each kind of praise once, what it names, a high rating (of five stars); far less beside a complaint (0..1)."""
    meant = meant_praise(reading)
    reasons = _judge_wording(reading, meant) + _judge_rating(reading.evidence.rating)
    if complaint >= _STRONG_COMPLAINT:
        return weakened(reasons, _BESIDE_COMPLAINT_SHARE, "beside a complaint")
    return reasons


def meant_praise(reading: Reading) -> list[Hit]:
    """The lexicon's words of praise that are not denied, in their order."""
    return [hit for hit in _hits(reading) if hit.kind.weight and not is_negated(reading.words, hit.start)]


def praised_things(reading: Reading, telling: Collection[str]) -> list[str]:
    """What praise names, in the words of the comment: "delivery", "staff"; empty where it names nothing.

    A thing is named near a word of praise, or where the lexicon knows none in the comment, near another word that tells
    (`telling`, those that speak the most for what a trained model says), and then neither near what it complains of nor
    denied ("no manual").
    """
    things = [hit for hit in _hits(reading) if hit.kind.name == NAMED]
    meant = meant_praise(reading)
    if meant or not things:
        praise = _spans(meant)
        named = [thing for thing in things if _is_near(thing, praise)]
    else:
        told = {place for place, word in enumerate(reading.words) if word in telling}
        sour = _spans([hit for hit in reading.hits.get("complaint", ()) if _complains(reading, hit)])
        owned = [thing for thing in things if not is_negated(reading.words, thing.start)]
        named = [thing for thing in owned if _is_beside(thing, told) and not _is_near(thing, sour)]
    return list(dict.fromkeys(map(reading.quote, named)))


def _hits(reading: Reading) -> Sequence[Hit]:
    return reading.hits.get("praise", ())


def _complains(reading: Reading, hit: Hit) -> bool:
    return bool(hit.kind.weight) and not is_negated(reading.words, hit.start)


def _spans(hits: Sequence[Hit]) -> list[Span]:
    return [(hit.start, hit.end) for hit in hits]


def _is_beside(thing: Hit, places: Collection[int]) -> bool:
    """Not inside: that a thing is often praised does not make it praised here."""
    around = (*range(thing.start - _NEAR_WORDS, thing.start), *range(thing.end, thing.end + _NEAR_WORDS))
    return any(place in places for place in around)


def _is_near(thing: Hit, spans: Sequence[Span]) -> bool:
    """Whether the last span that starts before the thing or soon after it ends near it. `spans` are sorted."""
    place = bisect_right(spans, thing.end + _NEAR_WORDS, key=itemgetter(0))
    return place > 0 and spans[place - 1][1] + _NEAR_WORDS >= thing.start


def _judge_wording(reading: Reading, meant: list[Hit]) -> list[Reason]:
    first: dict[str, Hit] = {}
    for hit in meant:
        first.setdefault(hit.kind.name, hit)
    reasons = [Reason("praise", hit.kind.weight, f"{hit.kind.says}: “{reading.quote(hit)}”") for hit in first.values()]
    if thing := _thing_near(reading, meant):
        reasons.append(Reason("praise", _NAMES_SOMETHING_WEIGHT, f"names what is good: “{reading.quote(thing)}”"))
    return reasons


def _thing_near(reading: Reading, meant: list[Hit]) -> Hit | None:
    """The first thing named within six words of praise. Both lists stand in order of place: one pass."""
    things = [hit for hit in reading.hits.get("praise", ()) if hit.kind.name == NAMED]
    position = 0
    for thing in things:
        while position < len(meant) and meant[position].end + _NEAR_WORDS < thing.start:
            position += 1
        if position < len(meant) and meant[position].start <= thing.end + _NEAR_WORDS:
            return thing
    return None


def _judge_rating(rating: float | None) -> list[Reason]:
    weight = _HIGH_RATING_WEIGHTS.get(round(rating)) if rating is not None and rating <= 5 else None
    return [Reason("praise", weight, f"rated {rating:g} of 5 stars")] if weight else []
