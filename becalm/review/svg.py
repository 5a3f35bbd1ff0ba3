"""Drawing with matplotlib, and making its SVG fit to stand in a page among others."""

import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Stand-ins that matplotlib can draw with; each becomes a variable of the page's style sheet.
COLOURS = {
    "campaign": "#010101",
    "flood": "#020202",
    "case": "#030303",
    "cleared": "#040404",
    "pending": "#050505",
    "ink": "#060606",
    "line": "#070707",
}
WIDTH_INCHES = 12  # 864 units of the drawing, about the pixels of the page's column
MARGIN_INCHES = (0.5, 0.3, 0.1, 0.1)  # left, bottom, right, top
TICKS_AT_MOST = 8
NO_METADATA = ("Date", "Creator", "Format", "Type")
# Text stays text, and the same figures give the same bytes.
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "becalm",
    "font.family": "DejaVu Sans",  # comes with matplotlib, so sizes are measured alike everywhere
    "font.size": 12,
    "text.color": COLOURS["ink"],
    "xtick.color": COLOURS["ink"],
    "ytick.color": COLOURS["ink"],
    "axes.edgecolor": COLOURS["line"],
    "grid.color": COLOURS["line"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
}


def render(name: str, draw: Callable[["Axes"], None], height_inches: float, title: str, text: str) -> str:
    """The SVG element that `draw` makes, named `title` and told as `text` to who can't see it.

    `name` keeps its ids apart from those of other drawings. No comment text may be drawn: fonts lack its characters.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, height_inches))
        left, bottom, right, top = MARGIN_INCHES
        width = 1 - (left + right) / WIDTH_INCHES
        axes = figure.add_axes((left / WIDTH_INCHES, bottom / height_inches, width, 1 - (bottom + top) / height_inches))
        axes.set_axisbelow(True)
        axes.patch.set_visible(False)
        draw(axes)
        out = io.StringIO()
        FigureCanvasSVG(figure)
        figure.savefig(out, format="svg", transparent=True, metadata=dict.fromkeys(NO_METADATA))
    return _fit(out.getvalue(), name, title, text)


def scale(axes: "Axes", highest: int) -> None:
    """Quiet horizontal lines at whole numbers, from zero."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_ylim(0, max(highest, 1) * 1.04)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.grid(axis="y", linewidth=0.7)


def date_ticks(axes: "Axes", days: Sequence[date]) -> None:
    """Names under some of the steps that start on `days`; with the year where they span more than one."""
    every = max(1, -(-len(days) // TICKS_AT_MOST))
    has_years = days[0].year != days[-1].year
    labels = [f"{day:%b %Y}" if has_years else f"{day.day} {day:%b}" for day in days[::every]]
    axes.set_xticks(range(0, len(days), every), labels)
    axes.set_xlim(-0.6, len(days) - 0.4)


def _fit(document: str, name: str, title: str, text: str) -> str:
    drawing = document[document.index("<svg") :]
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", drawing, flags=re.DOTALL)
    drawing = re.sub(r"font-family: [^;\"]*", "font-family: inherit", drawing)
    drawing = _scope_ids(drawing, name)
    for colour, stand_in in COLOURS.items():
        drawing = drawing.replace(stand_in, f"var(--{colour})")
    view = re.search(r'viewBox="[^"]*"', drawing)
    body = drawing[drawing.index(">") + 1 :]
    return (
        f'<svg class="plot" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'{view.group() if view else ""} role="img" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(text)}</desc>{body}'
    )


def _scope_ids(drawing: str, name: str) -> str:
    """Ids that something refers to get `name` in front; the others go."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', drawing))
    drawing = re.sub(r' id="([^"]*)"', lambda id: f' id="{name}-{id[1]}"' if id[1] in used else "", drawing)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", drawing)
