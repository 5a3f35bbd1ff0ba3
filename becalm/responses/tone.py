"""The tone of a text before it is sent: calm, respectful, and promising nothing that the policy does not allow."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import regex

from ..policy.promises import Promise
from .tone_lexicon import ToneLexicon, load_tone

# A run of words in capitals; with a digit or a dash it would be a code.
_CAPITALS = regex.compile(r"(?<![\w.@/-])\p{Lu}{2,}(?:[\s']+\p{Lu}+)*(?![\w@/-])")
_EXCLAMATIONS = regex.compile(r"!(?:[^.?!⟦]{0,60}!)+|[!?]{2,}")
_LOUD = "reads as shouting; say it in a normal voice"


class Span(NamedTuple):
    """A part of a text, by characters; `end` is past its last."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Objection:
    """Words that should not be sent, where they stand, of which kind they are and why."""

    kind: str
    words: str
    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Tone:
    """What is objected to, in order of place. `is_known`: whether there is a lexicon of the language."""

    objections: tuple[Objection, ...]
    is_known: bool

    @property
    def is_fine(self) -> bool:
        return not self.objections


def check_tone(text: str, language: str, promises: Collection[Promise] = (), quoted: Collection[Span] = ()) -> Tone:
    """What a reader could take as sarcasm, blame, shouting, a threat, an insult, or a promise not among `promises`.

    Words wholly within a span of `quoted` are not ours and are let be. In a language without a lexicon only shouting
    is seen.
    """
    lexicon = load_tone(language)
    found = [*_shouting(text), *(_wordings(text, lexicon, promises) if lexicon else ())]
    ours = [each for each in found if not any(span.holds(each.span) for span in quoted)]
    return Tone(tuple(_outermost(ours)), lexicon is not None)


def _wordings(text: str, lexicon: ToneLexicon, promises: Collection[Promise]) -> Iterator[Objection]:
    found = [(kind, Span(start, end)) for kind, start, end in lexicon.find(text)]
    fine = [span for kind, span in found if kind.is_fine]
    for kind, span in found:
        is_hidden = any(each.holds(span) for each in fine)
        if kind.name not in promises and not is_hidden:
            yield Objection(kind.name, text[span.start : span.end], span, kind.why)


def _shouting(text: str) -> Iterator[Objection]:
    for found in _EXCLAMATIONS.finditer(text):
        yield Objection("shouting", found[0], Span(*found.span()), "more than one exclamation mark is too loud")
    for found in _CAPITALS.finditer(text):
        words = found[0].split()
        # One short word may be an acronym, and so may two.
        if max(map(len, words)) >= 5 or len(words) > 2 or (len(words) == 2 and len(found[0]) > 8):
            yield Objection("shouting", found[0], Span(*found.span()), _LOUD)


def _outermost(found: list[Objection]) -> list[Objection]:
    """Each place once: of two wordings of one kind, the one that holds the other."""
    kept: list[Objection] = []
    for each in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not any(other.kind == each.kind and other.span.holds(each.span) for other in kept):
            kept.append(each)
    return kept
