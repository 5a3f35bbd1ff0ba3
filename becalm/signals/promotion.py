"""Spam in a single comment: promotion wording and links. Campaigns are found elsewhere, by likeness."""

from becalm.records import Reason

from .links import judge_links
from .phone_numbers import find_phones
from .phrases import Hit
from .reading import Reading
from .shouting import judge_shouting
from .words import is_word

PHONE_BESIDE_PROMOTION_WEIGHT = 0.4


def judge_spam(reading: Reading) -> list[Reason]:
    """Each kind of promotion once, links, and shouting, which counts beside these only."""
    reasons = _judge_wording(reading)
    if reading.links:
        reasons += judge_links(reading.links, sum(map(is_word, reading.words)))
    if not reasons:
        return []
    if any(find_phones(reading.evidence.text)):
        reasons.append(Reason("spam", PHONE_BESIDE_PROMOTION_WEIGHT, "a phone number beside the promotion"))
    return reasons + judge_shouting(reading.evidence.text)


def _judge_wording(reading: Reading) -> list[Reason]:
    first: dict[str, Hit] = {}
    for hit in reading.hits.get("promotion", ()):
        first.setdefault(hit.kind.name, hit)
    return [Reason("spam", hit.kind.weight, f"{hit.kind.says}: “{reading.quote(hit)}”") for hit in first.values()]
