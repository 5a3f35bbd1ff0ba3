"""Abusive language: what is said, and whom it is aimed at."""

from collections.abc import Sequence

from becalm.records import Reason

from .aim import Aim, aim_of, is_quoted, quotation_marks
from .negation import is_negated
from .phrases import Hit
from .reading import Reading

# What is left of a kind's weight, by aim. Provisional, to be replaced by trained weights.
_STRONG = {Aim.READER: 1.0, Aim.OTHER: 0.65, Aim.NOBODY: 0.4, Aim.SELF: 0.0, Aim.QUOTED: 0.15}
_MILD = {Aim.READER: 1.0, Aim.OTHER: 0.6, Aim.NOBODY: 0.25, Aim.SELF: 0.0, Aim.QUOTED: 0.1}
_SCORN = {Aim.READER: 1.0, Aim.OTHER: 0.45, Aim.NOBODY: 0.0, Aim.SELF: 0.0, Aim.QUOTED: 0.0}
_SWEARING = {Aim.READER: 1.0, Aim.OTHER: 0.3, Aim.NOBODY: 0.3, Aim.SELF: 0.3, Aim.QUOTED: 0.2}
_BY_AIM = {"strong_insult": _STRONG, "mild_insult": _MILD, "scorn": _SCORN, "swearing": _SWEARING}
# All other kinds name their target; they count in full unless they are denied or reported.
_REPORTED = 0.25
_FEWEST = 0.02
_AIMED_AT = {Aim.READER: ", aimed at a reader", Aim.OTHER: ", said of somebody", Aim.QUOTED: ", quoted"}


def judge_abuse(reading: Reading) -> list[Reason]:
    """The strongest reason of each kind of abuse; swearing at nobody stays under 0.15, quoting under 0.25."""
    strongest: dict[str, Reason] = {}
    hits = reading.hits.get("abuse", ())
    marks = quotation_marks(reading.words) if hits else []
    for hit in hits:
        reason = _judge(reading, hit, marks)
        known = strongest.get(hit.kind.name)
        if reason.score > _FEWEST and (known is None or reason.score > known.score):
            strongest[hit.kind.name] = reason
    return list(strongest.values())


def _judge(reading: Reading, hit: Hit, marks: Sequence[int]) -> Reason:
    by_aim = _BY_AIM.get(hit.kind.name)
    if by_aim is None:
        is_softened = is_negated(reading.words, hit.start) or is_quoted(reading.words, hit.start, hit.end, marks)
        share, note = (_REPORTED, ", denied or reported") if is_softened else (1.0, "")
    else:
        aim = aim_of(reading.words, hit.start, hit.end, marks)
        is_denied = hit.kind.name != "swearing" and is_negated(reading.words, hit.start)
        share, note = (0.0 if is_denied else by_aim[aim]), _AIMED_AT.get(aim, "")
    return Reason("abuse", hit.kind.weight * share, f"{hit.kind.says}{note}: “{reading.quote(hit)}”")
