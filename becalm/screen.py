"""What prints: colours and the width of the window on a terminal, plain lines elsewhere, safe JSON anywhere."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import click
import orjson
import regex
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len, set_cell_size
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .visible import NAMED, visible

# Columns of a page where no window sets the width.
PLAIN_WIDTH = 100
INDENT = (0, 0, 0, 2)

# What JSON lets through and terminals might act on stands inside its strings only, and can be escaped there.
_ACTING = regex.compile(r"[\p{Cc}\p{Cf}--\n]", regex.V1)


def screen(plain_width: int = PLAIN_WIDTH) -> Console:
    """The terminal, or a page of `plain_width` columns where the output is no terminal."""
    console = Console(markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        console.width = plain_width
    return console


def columned(console: Console) -> Table:
    """A table with a rule under its head on a terminal, and nothing but columns elsewhere."""
    # The box puts a blank between columns, and no box none: either way two stand there.
    box, padding = (SIMPLE_HEAD, (0, 1, 0, 0)) if console.is_terminal else (None, (0, 2, 0, 0))
    return Table(box=box, padding=padding, pad_edge=False, show_edge=False, header_style="bold")


def print_parts(console: Console, parts: Iterable[RenderableType]) -> None:
    """One below the other; raises `BrokenPipeError` when the reader is gone."""
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    printed = captured.get()
    if not console.is_terminal:
        printed = "".join(f"{line.rstrip()}\n" for line in printed.splitlines())
    click.echo(printed.encode(console.encoding, "replace").decode(console.encoding), nl=False)


def print_records(records: Iterable[Mapping[str, Any]]) -> None:
    """Each record as one line of JSON, in which acting and hidden characters are escaped."""
    for record in records:
        line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE).decode()
        sys.stdout.buffer.write(_ACTING.sub(_escaped, line).encode())
    sys.stdout.buffer.flush()


def shown(text: str) -> Text:
    """`text` made visible, with what was hidden in another colour."""
    line = Text(visible(text))
    line.highlight_regex(NAMED, "magenta")
    return line


def section(title: str, body: RenderableType) -> Iterator[RenderableType]:
    """A part of a page, under its title, which may hold what strangers wrote."""
    yield Text.assemble("\n", shown(title), style="bold")
    yield Padding(body, INDENT)


def rows_of(rows: Iterable[tuple[str, ...]], numbers: int = 1) -> Table:
    """Columns, the first few of `numbers`; what strangers wrote is made visible."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(numbers):
        table.add_column(justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*(shown(cell) for cell in row))
    return table


def cut(text: str, cells: int) -> str:
    """`text` in at most `cells` columns of a terminal, with an ellipsis where it was longer."""
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + "…"


def _escaped(found: "regex.Match[str]") -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
