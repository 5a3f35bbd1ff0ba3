"""Each file of a home, and how erasure reaches it: the one place to look, and to add to.

The first pattern that a path (from the home) fits says what becomes of it. A new kind of file needs a line before the
last one, or a test fails (`tests/becalm/erasure/test_files.py`).
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from html import escape
from pathlib import Path

import orjson

from ..files import replacing
from .mentions import Mentions


class Reach(StrEnum):
    """What erasure does about a file."""

    STORE = "store"  # rows go, and the file is made anew without their bytes
    CACHE = "cache"  # removed; the next run makes it anew
    WRITTEN = "written"  # written anew from the store
    SCRUBBED = "scrubbed"  # what it says of the person is struck out; figures stay
    NOTHING = "nothing"  # nothing about who comments is in it
    THEIRS = "theirs"  # not becalm's own: named where it still tells of the person, and left alone


FILES: Mapping[str, tuple[Reach, str]] = {
    "becalm.db*": (Reach.STORE, "SQLite with its write-ahead log"),
    "becalm.lock": (Reach.NOTHING, "empty"),
    "index/**": (Reach.CACHE, "vectors, bands and words of texts, and their late rows"),
    "published/queues/**": (Reach.WRITTEN, "open cases"),
    "published/statements.jsonl": (Reach.NOTHING, "statements of reasons, checked to hold nothing personal"),
    "published/*.jsonl": (Reach.WRITTEN, "assignments, campaigns, signals, accounts, rings"),
    "published/guidelines/**": (Reach.NOTHING, "the brand's own words"),
    "published/**": (Reach.SCRUBBED, "reviews and packs, with examples"),
    "outbox/**": (Reach.SCRUBBED, "what the file connector wrote"),
    "checks/**": (Reach.NOTHING, "counts of expectations"),
    "prefect/**": (Reach.NOTHING, "counts and paths"),
    "**": (Reach.THEIRS, "the inbox, backups and exports that people put here"),
}
# More than this at once is no text that anybody wrote.
MOST_BYTES = 2**28


@dataclass(frozen=True, slots=True)
class Found:
    """A file with what becomes of it."""

    path: Path
    reach: Reach


def reach_of(name: str) -> Reach:
    """What becomes of the file of this name, as a path from the home with slashes."""
    return next(reach for pattern, (reach, _) in FILES.items() if fits(name, pattern))


def fits(name: str, pattern: str) -> bool:
    """Whether a path fits: `**` at the end stands for anything below, `*` for what lies in one folder."""
    if pattern.endswith("**"):
        return name.startswith(pattern.removesuffix("**"))
    return name.count("/") == pattern.count("/") and fnmatch(name, pattern)


def files_of(home: Path) -> Iterator[Found]:
    """Every file there is."""
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield Found(path, reach_of(path.relative_to(home).as_posix()))


def scrub_files(home: Path, mentions: Mentions) -> int:
    """Strike the person out of files that are not written anew; how many were changed."""
    replacing_ = _spellings(mentions)
    return sum(_scrub(found.path, replacing_) for found in files_of(home) if found.reach == Reach.SCRUBBED)


def telling(home: Path, mentions: Mentions, reaches: Iterable[Reach]) -> list[Path]:
    """Files of these kinds in which the person still stands."""
    spelled, wanted = _spellings(mentions), set(reaches)
    return [one.path for one in files_of(home) if one.reach in wanted and _scrubbed(one.path, spelled) is not None]


def drop_caches(home: Path) -> int:
    """Remove what the next run makes anew; how many files there were."""
    gone = [found.path for found in files_of(home) if found.reach == Reach.CACHE]
    for folder in {home / path.relative_to(home).parts[0] for path in gone}:
        shutil.rmtree(folder)
    return len(gone)


def _spellings(mentions: Mentions) -> Mentions:
    """The same phrases as HTML and JSON spell them."""
    phrases = mentions.phrases
    in_json = (orjson.dumps(one).decode()[1:-1] for one in phrases)
    return Mentions({*phrases, *in_json, *map(escape, phrases), *(escape(one, quote=False) for one in phrases)})


def _scrub(path: Path, mentions: Mentions) -> bool:
    scrubbed = _scrubbed(path, mentions)
    if scrubbed is not None:
        with replacing(path) as file:
            file.write(scrubbed.encode())
    return scrubbed is not None


def _scrubbed(path: Path, mentions: Mentions) -> str | None:
    """The text of a file without mentions; None where there are none, or where it is no text."""
    if path.stat().st_size > MOST_BYTES:
        return None
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        return None
    scrubbed = mentions.scrub(text)
    return None if scrubbed == text else scrubbed
