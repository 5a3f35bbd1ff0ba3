"""A timeline as bars, one a line."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..wording import counted
from .timeline import Timeline

FORMATS = {"hour": "%Y-%m-%d %H:00", "day": "%a %Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
WIDEST = 48
# So many steps in a row without a comment become one line.
SILENCE = 3

Step = tuple[datetime, int]


def bars(found: Timeline, console: Console) -> Table:
    """A row for each step with its start, a bar, and its comments; the busiest has the longest bar."""
    full = "#" if console.options.ascii_only else "█"
    most = max(comments for _, comments in found.steps)
    table = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "right", "left"):
        table.add_column(justify=justify, no_wrap=True)
    for steps in _runs(found):
        if len(steps) >= SILENCE and not steps[0][1]:
            table.add_row("", "", Text(f"{counted(len(steps), found.step)} of silence", "dim"))
            continue
        for start, comments in steps:
            bar = full * max(1, round(WIDEST * comments / most)) if comments else ""
            table.add_row(f"{start:{FORMATS[found.step]}}", f"{comments:,}", Text(bar, "cyan"))
    return table


def _runs(found: Timeline) -> Iterator[list[Step]]:
    """Steps with comments and steps without, in turn."""
    for _, steps in groupby(found.steps, key=lambda step: step[1] > 0):
        yield list(steps)
