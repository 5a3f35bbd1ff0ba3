"""Which files of a path are comments, and which are threads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import SourceUnusable
from .rows import SUFFIXES, require_format

THREADS = "threads"
REPORTS, APPEALS = "reports", "appeals"
COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to take in, threads apart."""

    comments: Sequence[Path]
    threads: Sequence[Path]


@dataclass(frozen=True, slots=True)
class Filings:
    """Files of reports by users, and of appeals by those who were acted on."""

    reports: Sequence[Path]
    appeals: Sequence[Path]


def find_filings(path: Path) -> Filings:
    """The files of a folder that are named `reports*` and `appeals*`, in the order of their names; of a file none."""
    found = _data_files(path) if path.is_dir() else []
    reports, appeals = ([file for file in found if file.name.startswith(name)] for name in (REPORTS, APPEALS))
    return Filings(reports, appeals)


def find_inputs(path: Path, threads: Path | None = None) -> Inputs:
    """The files of `path`, a file or a folder, in the order of their names.

    In a folder, files named `threads*` are threads, and those named `reports*` or `appeals*` are neither. Where there
    are files named `comments*`, only these are comments (a simulated stream lies beside its truth), else all others.
    Raises `SourceUnusable` where there is nothing to read.
    """
    for given in (path, threads) if threads is not None else (path,):
        if not _exists(given):
            raise SourceUnusable(given, "there is no such file or folder")
    found = _data_files(path)
    if path.is_dir():
        found = [file for file in found if not file.name.startswith((REPORTS, APPEALS))]
    beside = [file for file in found if file.name.startswith(THREADS)] if path.is_dir() else []
    others = [file for file in found if file not in beside]
    comments = [file for file in others if file.name.startswith(COMMENTS)] if path.is_dir() else others
    if not (comments or others):
        raise SourceUnusable(path, f"no comments in it; files should end in {', '.join(SUFFIXES)}")
    return Inputs(comments or others, _data_files(threads) if threads else beside)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise SourceUnusable(path, f"can't be looked up ({error.strerror})") from error


def _data_files(path: Path) -> list[Path]:
    if not path.is_dir():
        require_format(path)
        return [path]
    try:
        files = list(path.iterdir())
    except OSError as error:
        raise SourceUnusable(path, f"can't be listed ({error.strerror})") from error
    return sorted(file for file in files if file.is_file() and file.name.lower().endswith(SUFFIXES))
