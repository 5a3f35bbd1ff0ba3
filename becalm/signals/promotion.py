"""Spam in a single comment: promotion wording and links. Campaigns are found elsewhere, by likeness."""

import re
from collections.abc import Iterable
from enum import IntEnum

from becalm.records import Reason

from .combine import noisy_or
from .evidence import MaskedData
from .links import judge_links
from .phone_numbers import PHONE_NUMBER
from .phrases import Hit
from .reading import Reading
from .shouting import judge_shouting
from .word_sets import word_set
from .words import AT, MONEY, only_words

_PLATFORMS = frozenset(("youtube.com", "youtu.be", "m.youtube.com"))
# What a platform makes of "2:19".
_MOMENT = re.compile(r"[?&;]t=\d")
_DIGIT = re.compile(r"\d")
_MANY_DIGITS = 5
PHONE_BESIDE_PROMOTION_WEIGHT = 0.4
_CUES = word_set("promotional")
# Customers say these too: "call me on ...", "see the page ...", "your special offer".
_CUSTOMARY = frozenset(("call_to_link", "contact_bait", "free", "services"))


class Cue(IntEnum):
    """How much there is to call a comment spam for."""

    NONE = 0
    WEAK = 1
    STRONG = 2


def judge_promotion(reading: Reading, private_data: Iterable[MaskedData]) -> list[Reason]:
    """Each kind of promotion once, links, and phone numbers and shouting, which count beside these only."""
    reasons = _judge_wording(reading, "promotion")
    if reading.links:
        reasons += judge_links(reading.links, len(only_words(reading.words)))
    if not reasons:
        return []
    if any(data["kind"] == PHONE_NUMBER for data in private_data):
        reasons.append(Reason("spam", PHONE_BESIDE_PROMOTION_WEIGHT, "a phone number beside the promotion"))
    return reasons + judge_shouting(reading.evidence.text)


def judge_bait(reading: Reading) -> list[Reason]:
    """Each kind of bait once: wordings that are spam by themselves, and no sign of a campaign."""
    return _judge_wording(reading, "bait")


def strongest_cue(reading: Reading) -> Cue:
    """Strong: a phrase of promotion, or two words that promotion needs. Weak: a link, one such word, a mention.

    Being told to follow a link is no more than the link; a brand that is addressed in the first word is no cue.
    """
    if _kinds(reading) - {"call_to_link"} or len(promotional_words(reading)) > 1:
        return Cue.STRONG
    is_weak = reading.links or MONEY in reading.words or AT in reading.words[1:] or promotional_words(reading)
    return Cue.WEAK if is_weak else Cue.NONE


def promotional_words(reading: Reading) -> list[str]:
    """Words without which hardly anything is promoted, each once, in their order."""
    return [] if _CUES.isdisjoint(reading.words) else list(dict.fromkeys(filter(_CUES.__contains__, reading.words)))


def plain_promotion(reading: Reading) -> float:
    """The weight 0..1 of phrases that hardly any customer says, without links."""
    hits = [hit for name in ("promotion", "bait") for hit in reading.hits.get(name, ())]
    kinds = {hit.kind for hit in hits if hit.kind.name not in _CUSTOMARY}
    return noisy_or([Reason("spam", kind.weight, kind.says) for kind in kinds])


def _kinds(reading: Reading) -> set[str]:
    return {hit.kind.name for name in ("promotion", "bait") for hit in reading.hits.get(name, ())}


def promotion_marks(reading: Reading) -> list[str]:
    """What a trained model knows of the links, the lexicon's phrases and the look of a comment."""
    text, links = reading.evidence.text, reading.links
    words = len(only_words(reading.words))
    marks = _kinds(reading)
    marks |= {f"shouting {place}" for place, _ in enumerate(judge_shouting(text))}
    marks |= {f"links {min(len(links), 3)}", f"words {min(words, 60).bit_length()}"}
    marks |= {"hidden link"} if any(link.is_disguised for link in links) else set()
    marks |= {"link of the platform"} if any(link.domain in _PLATFORMS for link in links) else set()
    marks |= {"link to a moment"} if _MOMENT.search(text) else set()
    marks |= {"digits"} if len(_DIGIT.findall(text)) >= _MANY_DIGITS else set()
    return sorted(marks)


def _judge_wording(reading: Reading, lexicon: str) -> list[Reason]:
    first: dict[str, Hit] = {}
    for hit in reading.hits.get(lexicon, ()):
        first.setdefault(hit.kind.name, hit)
    return [Reason("spam", hit.kind.weight, f"{hit.kind.says}: “{reading.quote(hit)}”") for hit in first.values()]
