"""Letters that look like ASCII letters, and the disguises made of them."""

import json
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import regex

# Look-alikes by shape that the Unicode table files elsewhere: it compares capitals with small capitals.
_BY_SHAPE = dict(zip("вкмнтғτκηυμβ", "bkmhtftknuub", strict=True))
LEET_DIGITS = "013457"
_LEET = str.maketrans(f"{LEET_DIGITS}@$!|", "oieastasil")
# The other way round: what passes for a Cyrillic letter.
_IN_CYRILLIC = str.maketrans("aceiopxykmtABCEHKMOPTXY", "асеіорхукмтАВСЕНКМОРТХУ")

# Digits too: the zeros of a dozen scripts look like an "o".
_FOREIGN = regex.compile(r"[[\p{L}\p{N}]--[\p{Latin}\p{Common}]]", regex.V1)
_LATIN_LETTER = regex.compile(r"\p{Latin}")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")
_LATIN_BESIDE_CYRILLIC = regex.compile(r"\p{Latin}\p{Cyrillic}|\p{Cyrillic}\p{Latin}")
_LEET_INSIDE = regex.compile(rf"(?<=\p{{L}})[{LEET_DIGITS}@$!|]+(?=\p{{L}})")
# Letters and digits only, three signs at least: "n0w", "7h15", "w45"; but for numbers with a unit: "45s", "10k", "3rd".
_LEET_WORD = regex.compile(
    rf"[^\p{{L}}\p{{N}}]*(?!\p{{N}}+\p{{L}}{{1,2}}(?!\p{{L}}|\p{{N}}))(?=[\p{{L}}{LEET_DIGITS}]{{3}})"
    rf"(?=\p{{L}}*[{LEET_DIGITS}])(?=[{LEET_DIGITS}]*\p{{L}})[\p{{L}}{LEET_DIGITS}]+[^\p{{L}}\p{{N}}]*"
)
_LEET_DIGIT, _LETTER = regex.compile(rf"[{LEET_DIGITS}]"), regex.compile(r"\p{L}")
# Two words with digits between their letters, and a fifth of all with digits, are no accident.
_FEWEST_LEET_WORDS, _FEWEST_LEET_SHARE = 2, 0.2
# A sign at the end of a word ends a sentence; inside or before it, it belongs to an address.
_ADDRESS = regex.compile(r"[./:\\#]\w|^@")


@cache
def lookalikes() -> dict[int, str]:
    """Code point to the ASCII letter or digit it looks like; from Unicode's confusables (UTS 39) and letter names."""
    table: dict[int, str] = {ord(shape): letter for shape, letter in _BY_SHAPE.items()}
    data = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    for character, twins in data.items():
        plain = [twin["c"] for twin in twins if len(twin["c"]) == 1 and twin["c"].isascii() and twin["c"].isalnum()]
        if len(character) == 1 and not character.isascii() and plain:
            table.setdefault(ord(character), plain[0])
    table.update(_small_capitals())
    return table


def _small_capitals() -> dict[int, str]:
    """Small capitals, squared and circled letters: their Unicode name ends in the letter."""
    prefixes = (
        "LATIN LETTER SMALL CAPITAL",
        "NEGATIVE SQUARED LATIN CAPITAL LETTER",
        "NEGATIVE CIRCLED LATIN CAPITAL LETTER",
    )
    table = {}
    for point in (*range(0x1D00, 0x1D80), *range(0x0250, 0x02B0), *range(0x1F130, 0x1F190), 0xA730, 0xA731):
        words = unicodedata.name(chr(point), "").rsplit(" ", 1)
        if len(words) == 2 and words[0] in prefixes and len(words[1]) == 1:
            table[point] = words[1].lower()
    return table


def undo_lookalikes(text: str) -> str:
    """Words that mix Latin letters with look-alikes of other scripts, in one script; honest words as they are.

    A word of look-alikes only ("сосо") is Latin where the text around it is Latin, and stays where it is not. In a
    Cyrillic text Latin letters are the disguise.
    """
    if not _FOREIGN.search(text):
        return text.translate(lookalikes()) if not text.isascii() else text
    words = text.split(" ")
    if _is_cyrillic(words):
        words = _in_cyrillic(words)
    foreign = [bool(_FOREIGN.search(word)) for word in words]
    latin = [bool(_LATIN_LETTER.search(word)) for word in words]
    mostly_latin = sum(latin) > sum(one and not other for one, other in zip(foreign, latin, strict=True))
    return " ".join(
        _undo_word(word, is_mixed=has_latin, in_latin=mostly_latin) if has_foreign else word.translate(lookalikes())
        for word, has_foreign, has_latin in zip(words, foreign, latin, strict=True)
    )


def _undo_word(word: str, *, is_mixed: bool, in_latin: bool) -> str:
    translated = word.translate(lookalikes())
    is_fully_latin = not _FOREIGN.search(translated)
    return translated if is_fully_latin and (is_mixed or in_latin) else word


def _is_cyrillic(words: Sequence[str]) -> bool:
    """Whether more words hold a letter that only Cyrillic has than one that only Latin has."""
    in_cyrillic = [word for word in words if _CYRILLIC.search(word)]
    cyrillic = sum(bool(_CYRILLIC.search(word.translate(lookalikes()))) for word in in_cyrillic)
    return cyrillic > sum(bool(_LATIN_LETTER.search(word.translate(_IN_CYRILLIC))) for word in words)


def _in_cyrillic(words: Sequence[str]) -> list[str]:
    """The words that can be, in Cyrillic letters only; where no word mixes both scripts, all as they are."""
    translated = [word.translate(_IN_CYRILLIC) for word in words]
    can_be = [not _LATIN_LETTER.search(word) for word in translated]
    mixed = [bool(_LATIN_BESIDE_CYRILLIC.search(word)) for word in words]
    if not any(one and other for one, other in zip(mixed, can_be, strict=True)):
        return list(words)
    return [new if possible else old for old, new, possible in zip(words, translated, can_be, strict=True)]


def undo_leet(text: str) -> str:
    """Digits and signs between letters read as letters: "v1d30" is "video"; "mp3", "45s" and addresses stay.

    Where several words are written so, digits at the borders of words are letters too: "th3 v3lv3t br1dg3".
    """
    if not _LEET_INSIDE.search(text):
        return text
    words = text.split(" ")
    in_leet = [bool(_LEET_INSIDE.search(word)) and not _ADDRESS.search(word) for word in words]
    if sum(in_leet) >= _FEWEST_LEET_WORDS:
        may_be = [one or _may_be_leet(word) for one, word in zip(in_leet, words, strict=True)]
        in_leet = may_be if sum(may_be) >= _FEWEST_LEET_SHARE * len(words) else in_leet
    return " ".join(_undo_leet_word(word) if one else word for one, word in zip(in_leet, words, strict=True))


def _may_be_leet(word: str) -> bool:
    """Digits beside as many letters or more, or in a whole word of both; "10k" is a number."""
    digits = len(_LEET_DIGIT.findall(word))
    is_leet = 0 < digits <= len(_LETTER.findall(word)) or _LEET_WORD.fullmatch(word)
    return bool(is_leet) and not _ADDRESS.search(word)


def _undo_leet_word(word: str) -> str:
    """The whole word decoded, but for the exclamation marks behind it."""
    body = word.rstrip("!")
    return body.translate(_LEET) + word[len(body) :]
