"""The closing table of a run: what came in, what became of it, and how long it took."""

from collections.abc import Mapping
from typing import Any

from rich.box import ROUNDED
from rich.console import Console
from rich.table import Table

Figures = Mapping[str, Any]


def print_closing(figures: Figures, *, startup: float, whole: float, console: Console | None = None) -> None:
    """`figures` as the job `run` returns them, seconds of the start and of all the work; framed on a terminal."""
    console = console or Console()
    table = Table(show_header=False, box=ROUNDED if console.is_terminal else None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for row in _rows(figures, startup, whole):
        table.add_row(*row)
    console.print(table)


def _rows(figures: Figures, startup: float, whole: float) -> list[tuple[str, str, str]]:
    counts = figures["counts"]
    seconds = figures["seconds"]
    rows = [("rows in", _number(counts.get("rows", 0)), "")]
    rows += [(f"  {name}", _number(counts.get(name, 0)), "") for name in ("stored", "changed", "known")]
    rows.append(("  quarantined", _number(counts.get("quarantined", 0)), _listed(counts.get("quarantined by", {}))))
    rows.append(
        ("distinct texts", _number(counts.get("texts", 0)), f"{_number(counts.get('embedded', 0))} embedded now")
    )
    rows += [(f"groups: {name}", _number(number), "") for name, number in counts.get("groups", {}).items()]
    rows += [(f"cases: {name}", _number(number), "") for name, number in counts.get("cases", {}).items()]
    rows += [(f"actions: {state}", _number(number), "") for state, number in counts.get("outbox", {}).items()]
    rows += [(f"notices: {state}", _number(number), "") for state, number in counts.get("notices", {}).items()]
    rows += [(f"seconds: {stage}", f"{spent:.2f}", "") for stage, spent in seconds.items()]
    rows.append(("seconds in all", f"{whole:.2f}", f"after {startup:.2f} to start up"))
    rows.append(("peak memory", f"{_number(figures['peak_memory_mib'])} MiB", ""))
    return rows


def _listed(reasons: Mapping[str, int]) -> str:
    return "; ".join(f"{reason}: {_number(count)}" for reason, count in reasons.items())


def _number(value: int) -> str:
    return f"{value:,}"
