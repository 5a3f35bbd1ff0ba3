"""The verdict's threshold moved over labelled data: what each would have flagged, and how well."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.text import Text
from sqlalchemy.orm import Session

from ..screen import columned, print_parts, screen
from ..store import Comment
from ..store.upsert import known
from .score import Score, score
from .truth import Truth, TruthUnusable

Swept = Sequence[tuple[float, Score]]

MEASURES = {
    "recall": "recall",
    "precision": "precision",
    "strict_precision": "strict precision",
    "strict_f1": "strict F1",
    "bcubed_precision": "B³ precision",
    "bcubed_recall": "B³ recall",
    "bcubed_f1": "B³ F1",
}


def labelled_in_store(session: Session, truth: Truth, path: Path) -> int:
    """How many of the labelled comments the store holds; raises `TruthUnusable` where it is none."""
    found = len(known(session, Comment.comment_id, list(truth)))
    if not found:
        raise TruthUnusable(path, 0, "none of its comments are in this store")
    return found


def score_sweep(assignments: Iterable[tuple[float, Mapping[str, str]]], truth: Truth) -> Swept:
    """The score of each threshold; `assignments` are (threshold, campaign id by comment id)."""
    return [(threshold, score(truth, assigned)) for threshold, assigned in assignments]


def swept_record(swept: tuple[float, Score]) -> dict[str, float]:
    """A threshold with its figures, for JSON."""
    threshold, figures = swept
    measures = {name: round(getattr(figures, name), 4) for name in MEASURES}
    return {"threshold": threshold, "flagged": figures.flagged, **measures}


def print_sweep(swept: Swept) -> None:
    """A line for each threshold, the best of each measure in bold."""
    console = screen()
    table = columned(console)
    for name in ("threshold", "flagged", *MEASURES.values()):
        table.add_column(name, justify="right")
    best = {name: max(getattr(figures, name) for _, figures in swept) for name in MEASURES}
    for threshold, figures in swept:
        values = ((name, getattr(figures, name)) for name in MEASURES)
        cells = (Text(f"{value:.3f}", "bold green" if value == best[name] else "") for name, value in values)
        table.add_row(f"{threshold:g}", f"{figures.flagged:,}", *cells)
    print_parts(console, [table])
