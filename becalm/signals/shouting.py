"""Capitals and piled-up marks: loud, which is weak evidence only."""

import re
from collections.abc import Iterator

from becalm.records import Reason

_LOUD_WORDS = re.compile(r"(?<![\w/.])[A-ZÀ-ÖØ-ÞА-Я]{3,}(?![\w/])")
_LETTERS = re.compile(r"[^\W\d_]")
_PILED_MARKS = re.compile(r"[!?]{4}")
_FEWEST_LOUD_LETTERS = 12
_LOUD_SHARE = 0.6

CAPITALS_WEIGHT = 0.15
MARKS_WEIGHT = 0.08


def judge_shouting(text: str) -> list[Reason]:
    """Weak reasons for spam in how raw `text` is typed: mostly capitals (12 letters or more), four ! or ? in a row."""
    return list(_judge(text))


def _judge(text: str) -> Iterator[Reason]:
    loud = sum(map(len, _LOUD_WORDS.findall(text)))
    if loud >= _FEWEST_LOUD_LETTERS and loud >= _LOUD_SHARE * len(_LETTERS.findall(text)):
        yield Reason("spam", CAPITALS_WEIGHT, "written mostly in capitals")
    if _PILED_MARKS.search(text):
        yield Reason("spam", MARKS_WEIGHT, "piled-up exclamation or question marks")
