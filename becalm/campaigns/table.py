"""The list of campaigns as a table: as many columns as fit, one line each."""

from collections.abc import Mapping, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .listing import Listed, Listing
from .screen import columned, cut, print_parts, screen
from .visible import visible

NUMBERS = ("score", "comments", "accounts", "threads")
# What a narrow window does without, in this order, until the message has room.
SPARED = ("first", "threads", "score", "markers", "accounts", "last")
ROOM_FOR_MESSAGE = 32
MESSAGE_CELLS, MARKER_CELLS = 80, 26
PLAIN_WIDTH = 1_000
STYLES = {
    "campaign": "red", "flood": "yellow", "new": "bold green", "growing": "green", "dormant": "dim", "past": "dim",
}  # fmt: skip

Row = Mapping[str, str]


def print_list(listing: Listing) -> None:
    """The table on standard output, a line on what it holds on standard error."""
    console = screen(PLAIN_WIDTH)
    rows = [_row(one, one.short_id if console.is_terminal else one.campaign.id) for one in listing.shown]
    if rows:
        print_parts(console, [_table(console, rows)])
    shown = f"{len(rows):,} of {listing.found:,}" if len(rows) < listing.found else f"{listing.found:,}"
    newest = f"; newest comment {listing.newest:%Y-%m-%d %H:%M} UTC" if listing.newest else ""
    click.echo(f"{shown} campaigns and floods{newest}", err=True)


def _row(listed: Listed, name: str) -> Row:
    one = listed.campaign
    return {
        "id": name,
        "verdict": one.verdict,
        "score": f"{one.score:.2f}",
        "comments": f"{one.comments:,}",
        "accounts": f"{one.accounts:,}",
        "threads": f"{one.threads:,}",
        "first": f"{one.first_seen:%Y-%m-%d}",
        "last": f"{one.last_seen:%Y-%m-%d}",
        "state": listed.state,
        "markers": _in_short([str(marker["value"]) for marker in listed.masked.markers]),
        "message": visible(listed.masked.message),
    }


def _in_short(markers: Sequence[str]) -> str:
    more = f" +{len(markers) - 1}" if len(markers) > 1 else ""
    return cut(visible(markers[0]), MARKER_CELLS - len(more)) + more if markers else ""


def _table(console: Console, rows: Sequence[Row]) -> Table:
    table = columned(console)
    names, room = _columns(rows, console.width)
    for name in names:
        table.add_column(name, justify="right" if name in NUMBERS else "left", no_wrap=True)
    for row in rows:
        cells = {**row, "message": cut(row["message"], room)}
        table.add_row(*(Text(cells[name], _style(name, cells[name])) for name in names))
    return table


def _columns(rows: Sequence[Row], width: int) -> tuple[list[str], int]:
    """The columns that fit, and the room that they leave to the message."""
    names = list(rows[0])
    widths = {name: max(len(name), *(Text(row[name]).cell_len for row in rows)) for name in names}
    room = 0
    for spared in (None, *SPARED):
        names = [name for name in names if name != spared]
        room = width - sum(widths[name] + 2 for name in names if name != "message")
        if room >= ROOM_FOR_MESSAGE:
            break
    return names, max(len("message"), min(room, MESSAGE_CELLS if width == PLAIN_WIDTH else room))


def _style(name: str, value: str) -> str:
    if name == "id":
        return "bold"
    return "cyan" if name == "markers" else STYLES.get(value, "") if name in ("verdict", "state") else ""
