"""What customers of the fictional brand write, by what it is: comments of the simulator that no test stream holds.

A half of the phrase books can be kept out, every second line of each name, so that what is measured is worded
otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from becalm.simulate.books import Books
from becalm.simulate.voice import draw_voice, speak
from becalm.simulate.wording import Phrases, Wording, Writer, open_names

# How many of each name of the phrase books are written, and what kind they are.
COUNTS: Mapping[str, tuple[int, str]] = {
    "complaint": (1800, "complaint"),
    "again_first": (300, "complaint"),
    "again_more": (700, "complaint"),
    "praise": (2400, "praise"),
    "sorted_out": (150, "praise"),
    "question": (1500, "question"),
    "small_talk": (1200, "talk"),
    "reply": (900, "reply"),
    "off_topic": (700, "elsewhere"),
}
Half = int | None


@dataclass(frozen=True, slots=True)
class Said:
    """`side` is complaint, praise or neither."""

    text: str
    side: str
    kind: str


def said(seed: int = 1, half: Half = None) -> list[Said]:
    """English comments, each text once, the same for the same seed; with `half` 0 or 1 of every second line only."""
    dice = Random(f"{seed} {half}")
    books = Books(dice)
    found = {one.text: one for name in COUNTS for one in _of_name(name, books, dice, half)}
    return list(found.values())


def _of_name(name: str, books: Books, dice: Random, half: Half) -> Iterator[Said]:
    count, kind = COUNTS[name]
    for _ in range(count):
        product = dice.choice(books.products)
        phrases = _halved(books.writer(product).phrases, half)
        wording = dice.choice(phrases[name])
        side = _side(kind, wording)
        if side:
            facts = {"order": str(dice.randrange(100_000, 1_000_000)), "problem": _problem(phrases, dice)}
            given: Phrases = {**phrases, **{key: ((fact,),) for key, fact in facts.items()}}
            mood = {"complaint": "complaint", "praise": "praise"}.get(side, "")
            yield Said(speak(Writer(given, dice).spin(wording), draw_voice(dice, (), 0.0), mood, dice), side, kind)


def _problem(phrases: Phrases, dice: Random) -> str:
    return Writer(phrases, dice).write(dice.choice(("trouble", "fault")))


def _side(kind: str, wording: Wording) -> str:
    """Whoever answers "same with mine" complains; who answers that all is fine may praise: nobody could say."""
    if kind != "reply":
        return kind if kind in ("complaint", "praise") else "neither"
    names = open_names([wording])
    return "complaint" if "wrong" in names else "" if "fine" in names else "neither"


def _halved(phrases: Phrases, half: Half) -> Phrases:
    if half is None:
        return phrases
    return {name: lines[half::2] or lines for name, lines in phrases.items()}
