"""Sentences by kind, made of templates: what looks like abuse and is none, and plain abuse to tell it from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random

import yaml

TEXTS_A_TEMPLATE = 12
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`is_for_training` goes by the template, so that a held-out text is of a wording that no fit has seen."""

    text: str
    kind: str
    is_abusive: bool
    is_for_training: bool


def sentences(seed: int = 1) -> list[Sentence]:
    """Every kind's templates, each filled up to twelve times; the same for the same seed, no text twice."""
    document = yaml.safe_load(files(__package__).joinpath("contrast.yaml").read_text("utf-8"))
    found = {
        one.text: one
        for side, is_abusive in (("harmless", False), ("abusive", True))
        for kind, templates in document[side].items()
        for one in _of_kind(kind, templates, document["slots"], is_abusive, Random(f"{seed} {kind}"))
    }
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the kinds of one `side` of a file of templates."""

    text: str
    side: str
    kind: str
    is_for_training: bool


def told_by_kind(file: str, seed: int = 1) -> list[Told]:
    """Sentences of all sides of another file of templates, each text once."""
    document = yaml.safe_load(files(__package__).joinpath(file).read_text("utf-8"))
    slots = document.pop("slots")
    found = {
        one.text: Told(one.text, side, kind, one.is_for_training)
        for side, kinds in document.items()
        for kind, templates in kinds.items()
        for one in _of_kind(kind, templates, slots, False, Random(f"{seed} {side} {kind}"))
    }
    return list(found.values())


def _of_kind(
    kind: str, templates: Sequence[str], slots: Mapping[str, Sequence[str]], is_abusive: bool, luck: Random
) -> Iterator[Sentence]:
    for place, template in enumerate(templates):
        for _ in range(TEXTS_A_TEMPLATE):
            text = _SLOT.sub(lambda found: luck.choice(slots[found[1]]), template)
            yield Sentence(text[0].upper() + text[1:], kind, is_abusive, place % 2 == 0)
