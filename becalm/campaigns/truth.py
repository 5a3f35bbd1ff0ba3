"""Labels that people gave: which comments are spam, and what each pushes."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from ..errors import InputError

COLUMNS = ("comment_id", "label", "family")
LABELS = ("spam", "organic", "neutral")


class Label(NamedTuple):
    """What a comment is; `family` is what a spam comment pushes."""

    label: str
    family: str


Truth = dict[str, Label]


class TruthUnusable(InputError):
    """A file of labels can't be used; `line` counts from 1, and 0 is the file as a whole."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}{f':{line}' if line else ''}: {why}")
        self.path, self.line, self.why = path, line, why


def read_truth(path: Path) -> Truth:
    """Labels by comment id, from a CSV file with the columns comment_id, label and family; others are ignored.

    Raises `TruthUnusable`, also for a file without any spam, against which nothing can be measured.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            truth = _collect(path, file)
    except OSError as error:
        raise TruthUnusable(path, 0, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise TruthUnusable(path, 0, "is not UTF-8") from error
    if not any(one.label == "spam" for one in truth.values()):
        raise TruthUnusable(path, 0, "labels no comment as spam, so there is nothing to measure by")
    return truth


def _collect(path: Path, file: TextIO) -> Truth:
    truth: Truth = {}
    for line, comment_id, label in _labels(path, file):
        if truth.setdefault(comment_id, label) != label:
            raise TruthUnusable(path, line, "labels a comment that was labelled otherwise before")
    return truth


def _labels(path: Path, file: TextIO) -> Iterator[tuple[int, str, Label]]:
    rows = csv.DictReader(file, strict=True)
    try:
        missing = [f"`{name}`" for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise TruthUnusable(path, 1, f"has no column {', '.join(missing)}")
        for row in rows:
            comment_id, label, family = (row[name] or "" for name in COLUMNS)
            if not comment_id:
                raise TruthUnusable(path, rows.line_num, "has no comment_id")
            if label not in LABELS:
                raise TruthUnusable(path, rows.line_num, f"label is none of {', '.join(LABELS)}")
            if label == "spam" and not family:
                raise TruthUnusable(path, rows.line_num, "spam without a family")
            yield rows.line_num, comment_id, Label(label, family)
    except csv.Error as error:
        raise TruthUnusable(path, rows.reader.line_num, str(error)) from error
