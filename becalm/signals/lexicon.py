"""Lexicons: phrases of a kind, with a weight and words for the moderator, read from the YAML files beside the code."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import product

import yaml

from .words import BREAK, is_number

_GROUP = re.compile(r"\(([^()]*)\)|([^\s()]+)")
# Without its apostrophe it would be another word ("ill", "were", "hell").
_NEEDS_APOSTROPHE = frozenset(("i'll", "we'll", "he'll", "she'll", "we're", "i'd", "we'd", "she'd"))


class AnyWord:
    """Stands in a phrase for one word, whatever it is: `<any>`."""

    def __contains__(self, word: str) -> bool:
        return word != BREAK


class AnyNumber:
    """Stands in a phrase for one word that starts with a digit: `<number>`."""

    def __contains__(self, word: str) -> bool:
        return is_number(word)


Slot = frozenset[str] | AnyWord | AnyNumber
_OPEN_SLOTS: dict[str, Slot] = {"<any>": AnyWord(), "<number>": AnyNumber()}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a phrase is evidence of: `weight` is 0..1 (valence -1..1 for sentiment), `says` is for the moderator."""

    signal: str
    name: str
    weight: float
    says: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order, each one of the words that its slot holds."""

    kind: Kind
    slots: tuple[Slot, ...]


def load_lexicon(signal: str) -> tuple[Phrase, ...]:
    """The phrases of `<signal>.yaml`: kinds, each with `weight`, `says` and `phrases`, one a line.

    `(a|b c|)` in a phrase is a choice, here also of nothing; a line of one choice is a list of words.
    `<any>`, `<number>` and the names in words.py stand for what is no fixed word. Accents and case don't matter.
    """
    document = yaml.safe_load(files(__package__).joinpath(f"{signal}.yaml").read_text("utf-8"))
    return tuple(
        Phrase(Kind(signal, name, float(entry["weight"]), entry["says"]), slots)
        for name, entry in document.items()
        for line in entry["phrases"].splitlines()
        for slots in expand(line)
    )


def expand(line: str) -> Iterator[tuple[Slot, ...]]:
    """The rows of slots that a lexicon line stands for; none for an empty line."""
    parts = [_variants(choice.split("|") if choice else [word]) for choice, word in _GROUP.findall(_plain(line))]
    for wording in product(*parts):
        if slots := tuple(slot for part in wording for slot in part):
            yield slots


def _variants(choices: Iterable[str]) -> list[tuple[Slot, ...]]:
    """Choices of one word share a slot; choices of several words, or of none, are rows of their own."""
    rows: dict[int, list[list[str]]] = defaultdict(list)
    for choice in choices:
        words = choice.split()
        rows[len(words)].append(words)
    single = [words[0] for words in rows.pop(1, [])]
    variants: list[tuple[Slot, ...]] = [(_OPEN_SLOTS[word],) for word in single if word in _OPEN_SLOTS]
    if fixed := [word for word in single if word not in _OPEN_SLOTS]:
        variants.append((_slot(fixed),))
    variants += [
        tuple(_OPEN_SLOTS.get(word) or _slot([word]) for word in words) for same in rows.values() for words in same
    ]
    return variants


def _slot(words: list[str]) -> frozenset[str]:
    bare = [word.replace("'", "") for word in words if "'" in word and word not in _NEEDS_APOSTROPHE]
    return frozenset(words + bare)


def _plain(line: str) -> str:
    """Without marks on letters, as normalised text is."""
    bare = "".join(c for c in unicodedata.normalize("NFD", line.lower()) if not unicodedata.combining(c))
    return unicodedata.normalize("NFKC", bare)
