"""A progress bar where somebody watches, silence elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Bars for work that takes a moment would only flicker.
WORTH_SHOWING = 2_000


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A function to call with each number of things done; draws on standard error if that is a terminal.

    `total` None: nobody knows yet how many there are.
    """
    if (total is not None and total < WORTH_SHOWING) or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(title, total=total)
        yield lambda done: bars.advance(bar, done)
