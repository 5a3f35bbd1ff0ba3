"""The files that a policy consists of: its own, the template packs and the response tree that it names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..errors import PolicyInvalid
from .marks import Document, Location, parse, read

DEFAULT = Path(__file__).parent / "default"
# Starts each further file in the one text that is stored; no valid file holds such a line, as it has one document.
_FURTHER = re.compile(r"^--- # ([A-Za-z0-9._-]+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, as it was read."""

    path: Path
    text: str


def read_sources(path: Path) -> tuple[Source, ...]:
    """The policy's file first, then those it names, from its folder or else from the shipped one.

    Raises `PolicyInvalid`, for a named file that is nowhere at the line that names it.
    """
    own = Source(path, read(path))
    return (own, *(_named(own, location, name) for location, name in _names(own)))


def join(sources: Iterable[Source]) -> str:
    """All files as one text, from which `split` makes them again."""
    own, *further = sources
    return "".join([own.text, *(f"\n--- # {source.path.name}\n{source.text}" for source in further)])


def split(path: Path, document: str) -> tuple[Source, ...]:
    """The files that were joined; only the first one's name can be `path`."""
    parts = _FURTHER.split(document)
    names, texts = [path.name, *parts[1::2]], parts[0::2]
    # `join` put one line end before each further file.
    texts = [*(text.removesuffix("\n") for text in texts[:-1]), texts[-1]]
    return tuple(Source(path.with_name(name), text) for name, text in zip(names, texts, strict=True))


@lru_cache(maxsize=8)  # the policy is asked for by every stage of a run, and YAML takes its time
def parsed(source: Source) -> Document:
    return parse(source.path, source.text)


def _names(own: Source) -> list[tuple[Location, str]]:
    """What the file names, as far as it names it rightly: the schema says what is wrong with the rest."""
    values: dict[str, Any] = parsed(own).values
    packs = values.get("template_packs")
    found: list[tuple[Location, Any]] = [
        (("template_packs", place), name) for place, name in enumerate(packs if isinstance(packs, list) else ())
    ]
    found.append((("response_tree",), values.get("response_tree")))
    return [(where, name) for where, name in found if isinstance(name, str) and re.fullmatch(r"[\w-][\w.-]*", name)]


def _named(own: Source, location: Location, name: str) -> Source:
    for folder in (own.path.parent, DEFAULT):
        if (folder / name).is_file():
            return Source(folder / name, read(folder / name))
    document = parsed(own)
    why = f"there is no file `{name}` beside the policy, and becalm ships none of this name"
    raise PolicyInvalid(own.path, document.line(location), document.key(location), why)
