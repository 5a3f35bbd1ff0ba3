"""All lexicons laid over a text in one pass."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .lexicon import Kind, Phrase, Slot
from .word_sets import word_set
from .words import AT, BREAK, LINK, MONEY

_COMMON = word_set("common")
_SIGNS = frozenset((BREAK, LINK, AT, MONEY))


class Hit(NamedTuple):
    """A phrase of a lexicon in a text, by word positions: `start` is its first word, `end` is past its last.

    A tuple, because several are made for each comment, and a frozen dataclass takes three times as long to make.
    """

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A phrase of several words as it is looked up: `others` are its slots but the anchor, by distance from it."""

    kind: Kind
    before: int
    after: int
    others: tuple[tuple[int, Slot], ...]


class PhraseIndex:
    """Phrases by their rarest-looking word, so that a text costs one look-up a word and little more."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._single: dict[str, list[Kind]] = defaultdict(list)
        self._rows: dict[str, list[_Row]] = defaultdict(list)
        for phrase in phrases:
            self._add(phrase)
        self._anchors = frozenset(self._single) | frozenset(self._rows)

    def _add(self, phrase: Phrase) -> None:
        anchor, words = _anchor(phrase)
        others = tuple((place - anchor, slot) for place, slot in enumerate(phrase.slots) if place != anchor)
        row = _Row(phrase.kind, anchor, len(phrase.slots) - anchor, others)
        for word in words:
            if others:
                self._rows[word].append(row)
            else:
                self._single[word].append(phrase.kind)

    def find(self, words: tuple[str, ...]) -> dict[str, list[Hit]]:
        """What stands in `words`, by signal, in order of place; a longer phrase hides those of its signal inside it."""
        anchors = self._anchors
        if anchors.isdisjoint(words):
            return {}
        by_signal: dict[str, list[Hit]] = {}
        for position, word in enumerate(words):
            if word in anchors:
                for kind in self._single.get(word, ()):
                    by_signal.setdefault(kind.signal, []).append(Hit(kind, position, position + 1))
                for hit in self._rows_at(words, position, word) if word in self._rows else ():
                    by_signal.setdefault(hit.kind.signal, []).append(hit)
        return {signal: hits if len(hits) == 1 else _outermost(hits) for signal, hits in by_signal.items()}

    def _rows_at(self, words: tuple[str, ...], position: int, word: str) -> Iterator[Hit]:
        room = len(words) - position
        for row in self._rows[word]:
            if row.before <= position and row.after <= room:
                for distance, slot in row.others:
                    if words[position + distance] not in slot:
                        break
                else:
                    yield Hit(row.kind, position - row.before, position + row.after)


def _anchor(phrase: Phrase) -> tuple[int, frozenset[str]]:
    """The place of the slot whose words are the longest and least common, and these words."""
    fixed = [(place, slot) for place, slot in enumerate(phrase.slots) if isinstance(slot, frozenset)]
    return max(fixed, key=lambda one: (one[1].isdisjoint(_SIGNS), one[1].isdisjoint(_COMMON), min(map(len, one[1]))))


def _outermost(hits: list[Hit]) -> list[Hit]:
    """Without hits that lie inside a longer one. Both ends ascend in the result."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.end > kept[-1].end or (hit.start, hit.end) == (kept[-1].start, kept[-1].end):
            kept.append(hit)
    return kept
