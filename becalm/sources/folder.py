"""Which files of a path are comments, and which are threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import SourceUnusable
from .rows import SUFFIXES

THREADS = "threads"
COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to take in, threads apart."""

    comments: Sequence[Path]
    threads: Sequence[Path]


def find_inputs(path: Path, threads: Path | None = None) -> Inputs:
    """The files of `path`, a file or a folder, in the order of their names.

    In a folder, files named `threads*` are threads; where there are files named `comments*`, only these are
    comments (a simulated stream lies beside its truth), else all others are.
    Raises `SourceUnusable` where there is nothing to read.
    """
    if not path.exists():
        raise SourceUnusable(path, "there is no such file or folder")
    if threads is not None and not threads.exists():
        raise SourceUnusable(threads, "there is no such file or folder")
    found = _data_files(path)
    beside = [file for file in found if file.name.startswith(THREADS)] if path.is_dir() else []
    others = [file for file in found if file not in beside]
    comments = [file for file in others if file.name.startswith(COMMENTS)] if path.is_dir() else others
    if not (comments or others):
        raise SourceUnusable(path, f"no comments in it; files should end in {', '.join(SUFFIXES)}")
    return Inputs(comments or others, _data_files(threads) if threads else beside)


def _data_files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.is_file() and file.name.lower().endswith(SUFFIXES))
