"""Figures of several sets as those of one."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

Figures = Mapping[str, Any]


def by_tool(part: Figures) -> dict[str, list[Figures]]:
    """The rows of each tool, one a set."""
    tools: dict[str, list[Figures]] = {}
    for given in part["sets"]:
        for row in given["rows"]:
            tools.setdefault(row["tool"], []).append(row)
    return tools


def averaged(rows: Sequence[Figures]) -> dict[str, float]:
    """The mean of each number that all of the rows have."""
    shared = [name for name in rows[0] if all(isinstance(row.get(name), int | float) for row in rows)]
    return {name: fmean(row[name] for row in rows) for name in shared}


def pool(parts: Sequence[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    """Counts added up over the seeds."""
    names = sorted({name for part in parts for name in part})
    columns = ("spam", "hits", "organic")
    return {name: {one: sum(part.get(name, {}).get(one, 0) for part in parts) for one in columns} for name in names}
