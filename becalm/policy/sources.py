"""The files that a policy consists of: its own, those it extends, the template packs and the response tree."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..errors import PolicyInvalid
from .inheritance import EXTENDS, base_path, extended, inherit
from .marks import Document, Location, parse, read

DEFAULT = Path(__file__).parent / "default"
SHIPPED = DEFAULT / "policy.yaml"
# Starts each further file in the one text that is stored; no valid file holds such a line, as it has one document.
_FURTHER = re.compile(r"^--- # ([A-Za-z0-9._-]+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, as it was read."""

    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Sources:
    """`chain`: the policy's file and those it extends, the last of all last; `further`: its packs, then its tree."""

    chain: tuple[Source, ...]
    further: tuple[Source, ...]


def read_sources(path: Path) -> Sources:
    """All files of the policy at `path`: what it extends, and what it names.

    Raises `PolicyInvalid`: for a named file that is nowhere at the line that names it, and for a policy that comes back
    to itself.
    """
    chain = _chain(path)
    document = merged(chain)
    folders = tuple(dict.fromkeys((*(source.path.parent for source in chain), DEFAULT)))
    return Sources(chain, tuple(_named(document, folders, where, name) for where, name in _names(document)))


def merged(chain: tuple[Source, ...]) -> Document:
    """The first file over those that it extends."""
    *documents, whole = (parsed(source) for source in chain)
    for document in reversed(documents):
        whole = inherit(whole, document)
    return whole


def join(document: Document, further: Iterable[Source]) -> str:
    """All files as one text that stands by itself, from which `split` makes them again."""
    return "".join([document.whole, *(f"\n--- # {source.path.name}\n{source.text}" for source in further)])


def split(path: Path, document: str) -> Sources:
    """The files that were joined; only the first one's name can be `path`."""
    parts = _FURTHER.split(document)
    names, texts = [path.name, *parts[1::2]], parts[0::2]
    # `join` put one line end before each further file.
    texts = [*(text.removesuffix("\n") for text in texts[:-1]), texts[-1]]
    own, *further = (Source(path.with_name(name), text) for name, text in zip(names, texts, strict=True))
    return Sources((own,), tuple(further))


@lru_cache(maxsize=8)
def parsed(source: Source) -> Document:
    return parse(source.path, source.text)


def _chain(path: Path) -> tuple[Source, ...]:
    chain = [Source(path, read(path))]
    while found := extended(parsed(chain[-1])):
        line, name = found
        where, base = chain[-1].path, base_path(parsed(chain[-1]), name, SHIPPED)
        if any(base.resolve() == each.path.resolve() for each in chain):
            loop = " -> ".join(each.name for each in (*(source.path for source in chain), base))
            raise PolicyInvalid(where, line, EXTENDS, f"a policy can't extend itself: {loop}")
        if not base.is_file():
            raise PolicyInvalid(where, line, EXTENDS, f"there is no file {base}; write a path from here, or `shipped`")
        chain.append(Source(base, read(base)))
    return tuple(chain)


def _names(document: Document) -> list[tuple[Location, str]]:
    """What is named, as far as it is named rightly: the schema says what is wrong with the rest."""
    values: dict[str, Any] = document.values
    packs = values.get("template_packs")
    found: list[tuple[Location, Any]] = [
        (("template_packs", place), name) for place, name in enumerate(packs if isinstance(packs, list) else ())
    ]
    found.append((("response_tree",), values.get("response_tree")))
    return [(where, name) for where, name in found if isinstance(name, str) and re.fullmatch(r"[\w-][\w.-]*", name)]


def _named(document: Document, folders: Iterable[Path], location: Location, name: str) -> Source:
    for folder in folders:
        if (folder / name).is_file():
            return Source(folder / name, read(folder / name))
    why = f"there is no file `{name}` beside the policy, and becalm ships none of this name"
    raise PolicyInvalid(document.file(location), document.line(location), document.key(location), why)
