"""Sets of words that several signals need, read once from the YAML file beside the code."""

from functools import cache
from importlib.resources import files

import yaml


def word_set(name: str) -> frozenset[str]:
    """The words under `name` in word_sets.yaml."""
    return frozenset(_sets()[name].split())


@cache
def _sets() -> dict[str, str]:
    document: dict[str, str] = yaml.safe_load(files(__package__).joinpath("word_sets.yaml").read_text("utf-8"))
    return document
