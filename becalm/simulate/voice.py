"""How one account writes: its case, its stops, its slips of the finger, its pictures."""

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from becalm.simulate.wording import load_book

MOODS = {
    "happy": ("😍", "❤️", "😊", "🙌", "👏", "☕", "✨", "😄", "💛", "🥰"),
    "cross": ("😡", "😤", "🙄", "👎", "😠", "😞", "🤬", "💔"),
    "plain": ("😂", "🤔", "😅", "🙃", "👀", "🤷", "🙈", "😉", "🐈"),
}
MOOD_OF = {"praise": "happy", "complaint": "cross", "repeated_complaint": "cross", "troll": "cross", "abuse": "cross"}
_SENTENCE = re.compile(r"(^|[.!?] +)([a-z])")


@dataclass(frozen=True, slots=True)
class Voice:
    """`slips` is the chance of a typing error a comment, `pictures` that of an emoji at its end."""

    case: str
    slips: float
    pictures: float
    chatty: bool
    language: str


def draw_voice(dice: Random, languages: tuple[str, ...], foreign: float) -> Voice:
    """A voice as people have them; `foreign` is the share of people who don't write English."""
    roll = dice.random()
    case = "tidy" if roll < 0.46 else "plain" if roll < 0.68 else "lower" if roll < 0.97 else "caps"
    language = languages[int(dice.random() * len(languages))] if dice.random() < foreign else "en"
    return Voice(case, dice.random() ** 3 * 0.7, dice.random() ** 3 * 0.6, dice.random() < 0.3, language)


def speak(text: str, voice: Voice, kind: str, dice: Random) -> str:
    """`text` as this voice would have typed it."""
    roll = dice.random
    if voice.language == "en":
        if voice.chatty and voice.case == "lower":
            text = _shorten(text)
        if roll() < voice.slips:
            text = _slip(text, dice)
        text = _cased(text, voice.case)
        text = _ended(text, voice.case, roll())
    if roll() < voice.pictures:
        faces = MOODS[MOOD_OF.get(kind, "plain")]
        text = f"{text} {faces[int(roll() * len(faces))] * (1 + int(roll() ** 3 * 4))}"
    return text


def _cased(text: str, case: str) -> str:
    if case == "tidy":
        return _SENTENCE.sub(lambda found: found[1] + found[2].upper(), text)
    if case == "lower":
        return text.lower()
    return text.upper() if case == "caps" else text[:1].upper() + text[1:]


def _ended(text: str, case: str, roll: float) -> str:
    if not text[-1:].isalnum():
        return text
    if case == "tidy":
        return text + ("." if roll < 0.75 else "!" if roll < 0.95 else "")
    return text + "!!" if roll > 0.93 else text


@cache
def _short_forms() -> dict[str, str]:
    return dict(line.split("=") for line in load_book("names")["slang"].splitlines())


def _shorten(text: str) -> str:
    short = _short_forms()
    return " ".join(short.get(word, word) for word in text.split(" "))


def _slip(text: str, dice: Random) -> str:
    """One or two words with a letter swapped, dropped or doubled; never in numbers, links or addresses."""
    words = text.split(" ")
    for _ in range(1 + int(dice.random() * 2)):
        at = int(dice.random() * len(words))
        word = words[at]
        if len(word) > 3 and word.isalpha():
            spot, kind = 1 + int(dice.random() * (len(word) - 2)), dice.random()
            if kind < 0.45:
                words[at] = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
            elif kind < 0.8:
                words[at] = word[:spot] + word[spot + 1 :]
            else:
                words[at] = word[:spot] + word[spot] + word[spot:]
    return " ".join(words)
