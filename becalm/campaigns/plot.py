"""A sweep as a picture: precision against recall, and every measure against the threshold."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from ..files import replacing
from .sweep import MEASURES, Swept

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("png", "svg")
SIZE_INCHES = (12, 5)
LABELS_AT_MOST = 12
# The same figures give the same bytes.
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "becalm",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",  # comes with matplotlib
    "axes.grid": True,
    "grid.alpha": 0.3,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
AGAINST_RECALL = ("precision", "strict_precision")
AGAINST_THRESHOLD = ("recall", "strict_precision", "strict_f1", "bcubed_f1")
COLOURS = {"precision": "C0", "strict_precision": "C1", "recall": "C2", "strict_f1": "C3", "bcubed_f1": "C4"}


def require_drawable(path: Path) -> None:
    """Raises `InputError` for a file that is neither .png nor .svg."""
    if path.suffix.lower().removeprefix(".") not in FORMATS:
        raise InputError(f"{path}: a plot is .png or .svg")


def draw_sweep(path: Path, swept: Swept) -> None:
    """Write the picture; thresholds at which nothing is flagged have no precision, and no point."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE), replacing(path) as file:
        figure = Figure(figsize=SIZE_INCHES, layout="constrained")
        _draw(figure, [one for one in swept if one[1].flagged])
        form = path.suffix.lower().removeprefix(".")
        picture = io.BytesIO()
        figure.savefig(picture, format=form, dpi=150, metadata={"Date": None} if form == "svg" else {})
        file.write(picture.getvalue())


def _draw(figure: "Figure", swept: Swept) -> None:
    against_recall, against_threshold = figure.subplots(1, 2)
    _lines(against_recall, [figures.recall for _, figures in swept], swept, AGAINST_RECALL)
    for threshold, figures in swept[:: max(1, -(-len(swept) // LABELS_AT_MOST))]:
        place = (figures.recall, figures.strict_precision)
        against_recall.annotate(f"{threshold:g}", place, (-5, -9), textcoords="offset points", ha="right", fontsize=8)
    _finish(against_recall, "recall", "precision, with the thresholds")
    _lines(against_threshold, [threshold for threshold, _ in swept], swept, AGAINST_THRESHOLD)
    _finish(against_threshold, "threshold of the verdict", "")


def _lines(axes: "Axes", across: Sequence[float], swept: Swept, names: Iterable[str]) -> None:
    for name in names:
        heights = [getattr(figures, name) for _, figures in swept]
        axes.plot(across, heights, marker="o", markersize=4, color=COLOURS[name], label=MEASURES[name])


def _finish(axes: "Axes", x: str, y: str) -> None:
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.legend(frameon=False)
