"""Abusive language: what is said, and whom it is aimed at, as the lexicon tells."""

from collections.abc import Sequence
from dataclasses import dataclass

from becalm.records import Reason

from .aim import Aim, aim_of, is_quoted, quotation_marks
from .negation import is_negated
from .phrases import Hit
from .reading import Reading

# What is left of a kind's weight, by aim.
_STRONG = {Aim.READER: 1.0, Aim.OTHER: 0.65, Aim.NOBODY: 0.4, Aim.SELF: 0.0, Aim.QUOTED: 0.15}
_MILD = {Aim.READER: 1.0, Aim.OTHER: 0.6, Aim.NOBODY: 0.25, Aim.SELF: 0.0, Aim.QUOTED: 0.1}
_SCORN = {Aim.READER: 1.0, Aim.OTHER: 0.45, Aim.NOBODY: 0.0, Aim.SELF: 0.0, Aim.QUOTED: 0.0}
_SWEARING = {Aim.READER: 1.0, Aim.OTHER: 0.3, Aim.NOBODY: 0.3, Aim.SELF: 0.3, Aim.QUOTED: 0.2}
_BY_AIM = {"strong_insult": _STRONG, "mild_insult": _MILD, "scorn": _SCORN, "swearing": _SWEARING}
# All other kinds name their target; they count in full unless they are denied or reported.
_REPORTED = 0.25
_FEWEST = 0.02
_AIMED_AT = {Aim.READER: ", aimed at a reader", Aim.OTHER: ", said of somebody", Aim.QUOTED: ", quoted"}
_SPOKEN = (Aim.READER, Aim.OTHER, Aim.NOBODY)


@dataclass(frozen=True, slots=True)
class Insult:
    """One phrase of the abuse lexicon in its place; `aim` is None for a kind that names its target itself.

    `is_meant` is False where it is denied, quoted, reported or said of the writer.
    """

    hit: Hit
    aim: Aim | None
    is_meant: bool
    reason: Reason

    @property
    def kind(self) -> str:
        return self.hit.kind.name

    @property
    def mark(self) -> str:
        """What a trained model knows it by."""
        aim = self.aim.name.lower() if self.aim else "named"
        return f"{self.kind}, {aim if self.is_meant or aim in ('self', 'quoted') else 'denied'}"


def find_insults(reading: Reading) -> list[Insult]:
    """Every phrase of the abuse lexicon, meant or not, in order of place."""
    hits = reading.hits.get("abuse", ())
    marks = quotation_marks(reading.words) if hits else []
    return [_judge(reading, hit, marks) for hit in hits]


def strongest(insults: Sequence[Insult]) -> list[Reason]:
    """The strongest reason of each kind of abuse; swearing at nobody stays under 0.15, quoting under 0.25."""
    kept: dict[str, Reason] = {}
    for insult in insults:
        known = kept.get(insult.kind)
        if insult.reason.score > _FEWEST and (known is None or insult.reason.score > known.score):
            kept[insult.kind] = insult.reason
    return list(kept.values())


def _judge(reading: Reading, hit: Hit, marks: Sequence[int]) -> Insult:
    by_aim = _BY_AIM.get(hit.kind.name)
    if by_aim is None:
        is_softened = is_negated(reading.words, hit.start) or is_quoted(reading.words, hit.start, hit.end, marks)
        share, note = (_REPORTED, ", denied or reported") if is_softened else (1.0, "")
        return Insult(hit, None, not is_softened, _reason(reading, hit, share, note))
    aim = aim_of(reading.words, hit.start, hit.end, marks)
    is_denied = hit.kind.name != "swearing" and is_negated(reading.words, hit.start)
    share = 0.0 if is_denied else by_aim[aim]
    return Insult(hit, aim, aim in _SPOKEN and not is_denied, _reason(reading, hit, share, _AIMED_AT.get(aim, "")))


def _reason(reading: Reading, hit: Hit, share: float, note: str) -> Reason:
    return Reason("abuse", hit.kind.weight * share, f"{hit.kind.says}{note}: “{reading.quote(hit)}”")
