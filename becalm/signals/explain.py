"""Reasons for what trained models say, in words a moderator understands."""

from collections.abc import Sequence

from becalm.records import Reason

from .abuse import Insult, strongest
from .aim import Aim
from .promotion import promotional_words
from .reading import Reading
from .telling import TellingWords
from .word_sets import word_set

# What is less likely has no reason: it says nothing.
LEAST_EXPLAINED = 0.35
_LIKELY = 0.5
_MOST_QUOTED = 3
_CARE = {"complaint": "a complaint", "praise": "praise"}
_GRAVE = ("threat", "death_wish", "doxxing")
_STAFF, _BRAND, _GROUPS = word_set("staff"), word_set("brand"), word_set("groups")
_THEY = word_set("they")
_YOU = word_set("you")


def explain_abuse(reading: Reading, insults: Sequence[Insult], score: float, telling: TellingWords) -> list[Reason]:
    """First what it is and at whom, with the whole score; then each kind of phrase with the weight it has by itself."""
    if score < LEAST_EXPLAINED:
        return []
    parts = strongest(insults)
    return [Reason("abuse", score, _verdict(reading, insults, score, telling)), *parts]


def explain_spam(reading: Reading, lexicons: Sequence[Reason], score: float) -> list[Reason]:
    """The lexicons' reasons, and where they are silent of the wording, the words of promotion in it."""
    if score < LEAST_EXPLAINED:
        return []
    if reading.hits.keys() & {"promotion", "bait"}:
        return list(lexicons)
    if words := promotional_words(reading):
        return [*lexicons, Reason("spam", score, f"worded like promotion{_quoted(words[:_MOST_QUOTED])}")]
    return list(lexicons) or [Reason("spam", score, "sounds like promotion, though no word or link proves it")]


def explain_care(
    reading: Reading, signal: str, lexicons: Sequence[Reason], score: float, telling: TellingWords
) -> list[Reason]:
    """Of a complaint or praise: the lexicons' reasons, or where they have none, the words that tell."""
    if score < LEAST_EXPLAINED:
        return []
    if lexicons:
        return list(lexicons)
    return [Reason(signal, score, f"worded like {_CARE[signal]}{_quoted(telling.of(reading, signal))}")]


def _verdict(reading: Reading, insults: Sequence[Insult], score: float, telling: TellingWords) -> str:
    meant = sorted((one for one in insults if one.is_meant), key=_gravity, reverse=True)
    how = "abusive" if score >= _LIKELY else "perhaps abusive"
    if meant:
        return f"{how}: {meant[0].hit.kind.says}; target: {target_of(reading, meant[0])}"
    if insults:
        return f"{how}, though what is said is quoted, denied or about the writer"
    return f"{how} by its wording{_quoted(telling.of(reading, 'abuse'))}; target: {target_of(reading, None)}"


def _gravity(insult: Insult) -> tuple[bool, float]:
    return insult.kind in _GRAVE, insult.reason.score


def target_of(reading: Reading, insult: Insult | None) -> str:
    """Staff, the brand, a group of people, another customer or reader, somebody else, or nobody, by the words."""
    words = frozenset(reading.words)
    if words & _STAFF:
        return "staff"
    if words & _GROUPS:
        return "a group of people"
    if words & _BRAND:
        return "the brand"
    if insult and insult.aim is Aim.NOBODY and not words & _YOU:
        return "nobody"
    if words & _YOU or "<at>" in words:
        return "another customer or reader"
    return "somebody else" if words & _THEY else "nobody"


def _quoted(words: Sequence[str]) -> str:
    shown = [word for word in words if not any(map(str.isdigit, word))]
    return ": " + ", ".join(f"“{word[:30]}”" for word in shown) if shown else ""
