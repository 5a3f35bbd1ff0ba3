"""The form of a text in which disguised copies are equal or close; what people see stays untouched beside it."""

import re
import unicodedata

import regex

from embeddings.lookalikes import LEET_DIGITS, undo_leet, undo_lookalikes

# Format characters, fillers that show nothing, variation selectors and tags.
_INVISIBLE = regex.compile(
    r"[\p{Cf}\p{Cs}\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e0fff"
    r"\U0001f3fb-\U0001f3ff]+"
)
_CONTROL = regex.compile(r"[\p{Cc}\p{Z}]+")
_MARKS_ON_LATIN = regex.compile(r"(\p{Latin})\p{M}+")
# Scripts that write with marks need up to four on a letter (Devanagari, Myanmar, Khmer); of the marks that go on any
# letter, honest texts pile two.
_PILED_MARKS = regex.compile(r"(\p{M}{4})\p{M}+")
_PILED_COMMON_MARKS = regex.compile(r"([\p{M}&&\p{Inherited}]{2})[\p{M}&&\p{Inherited}]+", regex.V1)
_LONE_MARKS = regex.compile(r"(?<![\p{L}\p{M}\p{N}])\p{M}+")
# Four or more single letters with the same sign between each: "f r e e", "f.r.e.e", "f-r-e-e"; inside, digits pass for
# letters: "f-r-3-e".
_APART = r"[ .\-_*~|,•·]{1,2}"
SPACED = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])\p{{L}}(?:({_APART})[\p{{L}}{LEET_DIGITS}])(?:\1[\p{{L}}{LEET_DIGITS}])+\1\p{{L}}(?![\p{{L}}\p{{N}}])"
)
# Of three letters only what belongs to a link: "w w w", "site . c o m". Both begin with a sign that is soon looked up.
_SPACED_WWW = re.compile(r"w(?<!\ww)([ .\-_*]{1,2})w\1w\b")
_ENDING_APART = r"\. ?(c o ?m|co m|n e ?t|ne t|o r ?g)\b"
_HAS_ENDING_APART = re.compile(_ENDING_APART)
_SPACED_ENDING = re.compile(rf"(?<=\w) ?{_ENDING_APART}")
# The last two run over every text: Python's own engine is twice as fast on them.
_STRETCHED_LETTER = re.compile(r"(?!\bwww\b)([^\W\d_])\1{2,}")
_REPEATED_SIGN = re.compile(r"([^\w\s/])\1+")


def normalise(text: str) -> str:
    """`text` without its disguises, in lower case, words one space apart.

    Undone: compatibility forms (NFKC), invisible characters, look-alike letters of other scripts, accents and piled
    marks on Latin letters, letters spaced out, digits for letters inside words, stretched letters, repeated signs.
    Never empty for a text that shows anything: what nothing survives of is kept as it came.
    """
    plain = text if text.isascii() else _INVISIBLE.sub("", text)
    plain = plain if plain.isprintable() else _CONTROL.sub(" ", plain)
    plain = plain if plain.isascii() else _undo_unicode(plain)
    plain = _undo_words(plain.lower())
    plain = _STRETCHED_LETTER.sub(r"\1\1", plain)
    plain = _REPEATED_SIGN.sub(r"\1", plain)
    return " ".join(plain.split()) or text.strip()


def _undo_unicode(text: str) -> str:
    # Piles go first: Unicode sorts the marks of a letter, which takes quadratic time in their number.
    unpiled = _PILED_MARKS.sub(r"\1", text)
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", unpiled))
    bare = _PILED_COMMON_MARKS.sub(r"\1", _MARKS_ON_LATIN.sub(r"\1", bare))
    bare = _LONE_MARKS.sub("", bare)
    return undo_lookalikes(unicodedata.normalize("NFC", bare))


def _undo_words(text: str) -> str:
    """Letters joined and digits read as letters, until nothing changes: one disguise may hide another."""
    while (undone := undo_leet(_join_spaced(text))) != text:
        text = undone
    return text


def _joined(found: regex.Match[str]) -> str:
    """The letters of `found` in one word, unless it is digits for the most part: "a 4 x 4"."""
    word = found[0].replace(found[1], "")
    return word if 2 * sum(map(str.isdigit, word)) < len(word) else found[0]


def _join_spaced(text: str) -> str:
    joined = SPACED.sub(_joined, text)
    joined = _SPACED_WWW.sub("www", joined)
    if not _HAS_ENDING_APART.search(joined):
        return joined
    return _SPACED_ENDING.sub(lambda found: f".{found.group(1).replace(' ', '')}", joined)


_SCRIPTS = (
    "Latin", "Cyrillic", "Arabic", "Han", "Hiragana", "Katakana", "Hangul", "Thai", "Greek", "Hebrew", "Devanagari",
)  # fmt: skip
_LETTERS = regex.compile(r"\p{L}")
_OF_SCRIPT = {script: regex.compile(rf"\p{{{script}}}") for script in _SCRIPTS}


def main_script(text: str) -> str:
    """The writing system of at least half the letters of `text`: `Latin`, `Thai`, ...; else `other`, or `none`."""
    if text.isascii():
        return "Latin" if _LETTERS.search(text) else "none"
    letters = len(_LETTERS.findall(text))
    if not letters:
        return "none"
    return next((script for script in _SCRIPTS if 2 * len(_OF_SCRIPT[script].findall(text)) >= letters), "other")
