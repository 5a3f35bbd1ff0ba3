"""Praise, the more so where it names something: worth a thank-you and an invitation to share."""

from bisect import bisect_right
from collections.abc import Sequence

from becalm.records import Reason

from .combine import weakened
from .negation import is_negated
from .phrases import Hit
from .reading import Reading

NAMED = "named_thing"
_NAMES_SOMETHING_WEIGHT = 0.3
_NEAR_WORDS = 6
_HIGH_RATING_WEIGHTS = {4: 0.25, 5: 0.4}
# "Thanks for cancelling my flight": praise beside a complaint is seldom meant.
_BESIDE_COMPLAINT_SHARE = 0.35
_STRONG_COMPLAINT = 0.4


def judge_praise(reading: Reading, complaint: float) -> list[Reason]:
    """Each kind of praise once, what it names, a high rating (of five stars); far less beside a complaint (0..1)."""
    meant = [
        hit for hit in reading.hits.get("praise", ()) if hit.kind.weight and not is_negated(reading.words, hit.start)
    ]
    reasons = _judge_wording(reading, meant) + _judge_rating(reading.evidence.rating)
    if complaint >= _STRONG_COMPLAINT:
        return weakened(reasons, _BESIDE_COMPLAINT_SHARE, "beside a complaint")
    return reasons


def praised_things(reading: Reading) -> list[str]:
    """What praise names, in the words of the comment: "delivery", "staff"; empty where it names nothing."""
    meant = [hit for hit in _hits(reading) if hit.kind.weight and not is_negated(reading.words, hit.start)]
    starts = [hit.start for hit in meant]
    things = (hit for hit in _hits(reading) if hit.kind.name == NAMED)
    near = (thing for thing in things if not meant or _is_near(thing, meant, starts))
    return list(dict.fromkeys(map(reading.quote, near)))


def _hits(reading: Reading) -> Sequence[Hit]:
    return reading.hits.get("praise", ())


def _is_near(thing: Hit, meant: Sequence[Hit], starts: Sequence[int]) -> bool:
    """Whether the last praise that starts before the thing or soon after it ends near it. `starts` are sorted."""
    place = bisect_right(starts, thing.end + _NEAR_WORDS)
    return place > 0 and meant[place - 1].end + _NEAR_WORDS >= thing.start


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
