"""Customers' comments and spam of brands' pages, by kind, made of templates that are written for this."""

import re
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any

import yaml

TEXTS_A_TEMPLATE = 12
_MEASURES = 3
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Written:
    """`is_for_training` goes by the template, so that a held-out text is of a wording that no fit has seen."""

    text: str
    kind: str
    is_spam: bool
    is_for_training: bool


def written(seed: int = 1) -> list[Written]:
    """Every template filled up to twelve times; the same for the same seed, no text twice."""
    document: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("promotion.yaml").read_text("utf-8"))
    made = {}
    for side in ("customers", "spam"):
        for kind, templates in document[side].items():
            luck = Random(f"{seed} {side} {kind}")
            for place, template in enumerate(templates):
                is_for_training = place % _MEASURES != _MEASURES - 1
                for _ in range(TEXTS_A_TEMPLATE):
                    text = _fill(template, document["slots"], luck)
                    made[text] = Written(text, kind, side == "spam", is_for_training)
    return list(made.values())


def _fill(template: str, slots: dict[str, list[str]], luck: Random) -> str:
    text = _SLOT.sub(lambda found: luck.choice(slots[found[1]]), template)
    return text[0].upper() + text[1:] if luck.random() < 0.5 else text
