"""The tables and plots of docs/benchmarks.md, made from the figures of the last run."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.campaigns.grid import Grid
from benchmarks.campaigns.grids import METRICS, grids, measured
from benchmarks.campaigns.pooled import averaged, by_tool, pool

DOCS = Path(__file__).resolve().parents[2] / "docs"
OURS, THEIRS = "#1f6f8b", "#b8bfc6"

Figures = Mapping[str, Any]


def render(parts: Mapping[str, Figures], docs: Path = DOCS) -> None:
    """Put the tables between their marks in benchmarks.md, and draw the plots beside it."""
    page = docs / "benchmarks.md"
    page.write_text(filled(page.read_text("utf-8"), [*grids(parts), measured(parts)]), encoding="utf-8")
    pictures = docs / "pictures"
    pictures.mkdir(exist_ok=True)
    if "youtube-2013" in parts:
        draw_quality(parts["youtube-2013"], pictures / "bench-quality.svg")
    if "simulated" in parts:
        draw_disguises(parts["simulated"], pictures / "bench-disguises.svg")
    if "scale" in parts:
        draw_scale(parts["scale"], pictures / "bench-scale.svg")


def filled(page: str, tables: Iterable[Grid]) -> str:
    """`page` with each table between `<!-- table NAME -->` and `<!-- end -->`; tables without such a place are left."""
    for table in tables:
        place = re.compile(rf"(<!-- table {re.escape(table.name)} -->\n).*?(<!-- end -->)", re.DOTALL)
        body = f"{table.title}\n\n{table.as_markdown()}\n"
        page = place.sub(lambda found, body=body: found[1] + body + found[2], page)
    return page


def draw_quality(part: Figures, path: Path) -> None:
    """Strict F1 and B-cubed F1 of each tool, side by side."""
    means = {tool: averaged(rows) for tool, rows in by_tool(part).items()}
    tools = list(means)[::-1]
    figure, panels = _figure(1, 2, (9, 4.2), sharey=True)
    for panel, metric in zip(panels, METRICS[2:], strict=True):
        values = [means[tool][metric] for tool in tools]
        bars = panel.barh(tools, values, color=[OURS if tool == "becalm" else THEIRS for tool in tools])
        panel.bar_label(bars, fmt="%.2f", padding=3, fontsize=8)
        panel.set(title=metric.replace("B3", "B-cubed"), xlim=(0, 1.12))
    _save(figure, path)


def draw_disguises(part: Figures, path: Path) -> None:
    """Recall by disguise: becalm, and the best of the peers for that disguise."""
    pooled = {tool: pool([row["disguises"] for row in rows]) for tool, rows in by_tool(part).items()}
    ours = pooled.pop("becalm")
    worn = [one for one in ours if one != "no spam"]
    recall = {tool: [found[one]["hits"] / max(1, found[one]["spam"]) for one in worn] for tool, found in pooled.items()}
    figure, (panel,) = _figure(1, 1, (9, 3.6))
    places = range(len(worn))
    panel.bar([place - 0.2 for place in places], [ours[one]["hits"] / max(1, ours[one]["spam"]) for one in worn], 0.4,
              color=OURS, label="becalm")  # fmt: skip
    panel.bar([place + 0.2 for place in places], [max(values) for values in zip(*recall.values(), strict=True)], 0.4,
              color=THEIRS, label="the best peer for it")  # fmt: skip
    panel.set_xticks(places, [one.replace("_", " ") for one in worn], rotation=20, ha="right")
    panel.set(title="Recall by disguise, simulated streams", ylim=(0, 1.05))
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    _save(figure, path)


def draw_scale(part: Figures, path: Path) -> None:
    """Milliseconds a comment and peak memory over the number of comments."""
    comments = [row["comments"] for row in part["rows"]]
    figure, (cost, memory) = _figure(1, 2, (9, 3.2))
    for key, label, colour in (("work seconds", "whole run", THEIRS), ("finding seconds", "finding campaigns", OURS)):
        spent = [1000 * row[key] / row["comments"] for row in part["rows"]]
        cost.plot(comments, spent, marker="o", color=colour, label=label)
    cost.set(title="Milliseconds a comment", xscale="log", xlabel="comments")
    cost.set_ylim(bottom=0)
    cost.legend()
    memory.plot(comments, [row["peak MiB"] / 1024 for row in part["rows"]], marker="o", color=OURS)
    memory.set(title="Peak memory, GiB", xscale="log", xlabel="comments")
    memory.set_ylim(bottom=0)
    _save(figure, path)


def _figure(rows: int, columns: int, inches: tuple[float, float], **options: Any) -> tuple[Any, Any]:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    # Equal figures give an equal file, letter by letter.
    mpl.rcParams.update({"svg.hashsalt": "becalm", "axes.spines.top": False, "axes.spines.right": False})
    figure = Figure(figsize=inches, layout="constrained")
    return figure, figure.subplots(rows, columns, squeeze=False, **options)[0]


def _save(figure: Any, path: Path) -> None:
    figure.savefig(path, metadata={"Date": None})
    # Matplotlib ends some lines with a space.
    path.write_text("\n".join(line.rstrip() for line in path.read_text("utf-8").splitlines()) + "\n", encoding="utf-8")
