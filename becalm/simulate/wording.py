"""Sentences out of phrase books: YAML files in which every line of a name is one way to say it.

`{a|b|c}` is one of the three, `{3-9}` a number of that span, `{name}` a line of that name; they nest.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import yaml

HERE = Path(__file__).parent
LEFT_OPEN = 0.7


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Name:
    """Any line that a phrase book keeps under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several wordings."""

    wordings: "tuple[Wording, ...]"


Wording: TypeAlias = tuple[str | Span | Name | Choice, ...]
Phrases: TypeAlias = Mapping[str, tuple[Wording, ...]]

_TOKEN = re.compile(r"[{}|]|[^{}|]+")
_SPAN = re.compile(r"\d+-\d+")
_NAME = re.compile(r"[a-z_]+")
_STRAY = re.compile(r"(?<=[?!])[,.;]+(?!\.)| (?=[,.;!?](?:\s|$))")


def parse(line: str) -> Wording:
    """The wording that a line of a phrase book stands for; ValueError when its braces don't close."""
    tokens = _TOKEN.findall(line)
    wordings, end = _alternatives(tokens, 0)
    if end != len(tokens) or len(wordings) != 1:
        raise ValueError(f"unbalanced braces or a bar outside of braces: {line!r}")
    return wordings[0]


def _alternatives(tokens: list[str], at: int) -> tuple[list[Wording], int]:
    """The wordings between bars up to the brace that closes them, and where that is."""
    wordings: list[Wording] = []
    pieces: list[str | Span | Name | Choice] = []
    while at < len(tokens) and tokens[at] != "}":
        if tokens[at] == "|":
            wordings.append(tuple(pieces))
            pieces = []
        elif tokens[at] == "{":
            inner, at = _alternatives(tokens, at + 1)
            if at >= len(tokens):
                raise ValueError(f"a brace is never closed: {''.join(tokens)!r}")
            pieces.append(_braced(inner))
        else:
            pieces.append(tokens[at])
        at += 1
    wordings.append(tuple(pieces))
    return wordings, at


def _braced(wordings: list[Wording]) -> Span | Name | Choice:
    match wordings:
        case [(str() as only,)] if _SPAN.fullmatch(only):
            low, high = only.split("-")
            return Span(int(low), int(high))
        case [(str() as only,)] if _NAME.fullmatch(only):
            return Name(only)
    return Choice(tuple(wordings))


def phrases(book: Mapping[str, Any]) -> dict[str, tuple[Wording, ...]]:
    """The parsed lines of every name in a book whose values are text; other values are left out."""
    return {
        name: tuple(parse(line) for line in lines.splitlines())
        for name, lines in book.items()
        if isinstance(lines, str)
    }


@cache
def load_book(name: str) -> Mapping[str, Any]:
    """A phrase book of this folder as it is written."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    book: Mapping[str, Any] = yaml.load((HERE / f"{name}.yaml").read_text("utf-8"), loader)
    return book


@cache
def load_phrases(*names: str) -> Phrases:
    """The parsed lines of several phrase books together."""
    return {name: lines for book in names for name, lines in phrases(load_book(book)).items()}


class Writer:
    """Writes lines of its phrase books with the given dice."""

    def __init__(self, books: Phrases, dice: Random) -> None:
        self.phrases = books
        self.dice = dice

    def write(self, name: str) -> str:
        """A fresh line of this name."""
        return self.spin((Name(name),))

    def spin(self, wording: Wording) -> str:
        """The wording with everything open in it chosen."""
        out: list[str] = []
        self._spin(wording, out)
        return _tidy("".join(out))

    def _spin(self, wording: Wording, out: list[str]) -> None:
        roll = self.dice.random
        for piece in wording:
            if isinstance(piece, str):
                out.append(piece)
            elif isinstance(piece, Span):
                out.append(str(piece.low + int(roll() * (piece.high - piece.low + 1))))
            else:
                options = piece.wordings if isinstance(piece, Choice) else self.phrases[piece.name]
                self._spin(options[int(roll() * len(options))], out)

    def freeze(self, name: str) -> Wording:
        """A line of this name with names, numbers and some of the `{a|b}` chosen, and the others left to spin.

        This is how a spammer works: one pitch, handed out as a spintax template.
        """
        options = self.phrases[name]
        return self._freeze(options[int(self.dice.random() * len(options))])

    def _freeze(self, wording: Wording) -> Wording:
        pieces: list[str | Span | Name | Choice] = []
        for piece in wording:
            if isinstance(piece, Name | Span):
                pieces.append(self.spin((piece,)))
            elif isinstance(piece, Choice) and self.dice.random() < LEFT_OPEN:
                pieces.append(Choice(tuple(self._freeze(option) for option in piece.wordings)))
            elif isinstance(piece, Choice):
                pieces.extend(self._freeze(self.dice.choice(piece.wordings)))
            else:
                pieces.append(piece)
        return tuple(pieces)


def open_names(lines: Iterable[Wording]) -> set[str]:
    """The names that these wordings refer to."""
    found: set[str] = set()
    for wording in lines:
        for piece in wording:
            if isinstance(piece, Name):
                found.add(piece.name)
            elif isinstance(piece, Choice):
                found |= open_names(piece.wordings)
    return found


def _tidy(text: str) -> str:
    """Single spaces, none before a stop or a comma, and no stop after a question mark."""
    return _STRAY.sub("", " ".join(text.split()))
