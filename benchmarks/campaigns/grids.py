"""The tables, from the figures: those of the terminal and of the page are the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.campaigns.grid import Grid
from benchmarks.campaigns.pooled import averaged, by_tool, pool

Figures = Mapping[str, Any]
METRICS = ("recall", "precision", "strict F1", "B3 F1")


def grids(parts: Mapping[str, Figures]) -> Iterator[Grid]:
    """Every table that there are figures for."""
    makers = {
        "youtube-2013": (beside_peers, of_becalm),
        "simulated": (beside_peers, disguises, precision_by_disguise),
        "ira-campaigns": (clusters,),
        "noisyhate": (pairs,),
        "adversarial": (adversarial,),
        "scale": (scale, on_top),
    }
    for name, made in makers.items():
        if name in parts:
            yield from (maker(name, parts[name]) for maker in made)


def beside_peers(name: str, part: Figures) -> Grid:
    columns = ("tool", *METRICS, "finding, s", "with encoding, s", "beside becalm", "peak MiB", "above its data")
    means = {tool: averaged(rows) for tool, rows in by_tool(part).items()}
    ours = next(iter(means.values()))["seconds"]
    idle = part["idle MiB"]
    rows = tuple(_tool(tool, row, ours, row.get("loaded MiB", idle)) for tool, row in means.items())
    sets, given = part["sets"], part["sets"][0]
    title = f"{name}: {given['comments']:,} comments, {given['texts']:,} distinct texts"
    return Grid(name, title + (f"; means over {len(sets)} seeds" if len(sets) > 1 else ""), columns, rows)


def _tool(tool: str, row: Mapping[str, float], ours: float, loaded: float) -> tuple[str, ...]:
    whole = row["seconds"] + row["encoding seconds"]
    seconds = (f"{row['seconds']:.2f}", f"{whole:.1f}", f"{row['seconds'] / ours:.2f}x")
    memory = (f"{row['peak MiB']:,.0f}", f"{row['peak MiB'] - loaded:,.0f}")
    return (tool, *(share(row[metric]) for metric in METRICS), *seconds, *memory)


def of_becalm(name: str, part: Figures) -> Grid:
    """What the issue of speed hangs on, and where comments were missed."""
    given = part["sets"][0]
    row = given["rows"][0]
    lines = [
        ("bare encoding of the distinct texts", f"{given['bare encoding seconds']:.1f} s"),
        ("finding campaigns / bare encoding", f"{row['finding / bare encoding']:.2f}"),
        ("everything but encoding / bare encoding", f"{row['all but encoding / bare encoding']:.2f}"),
    ]
    lines += [(f"seconds of {stage}", f"{seconds:.2f}") for stage, seconds in given["stages"].items() if seconds]
    lines += [(f"missed: {kind}", f"{count:,}") for kind, count in given["worst"]["missed"]]
    lines += [(f"wrong: {kind}", f"{count:,}") for kind, count in given["worst"]["wrong"]]
    return Grid(f"{name}-becalm", f"{name}: becalm's own run", ("figure", "measured"), tuple(lines))


def disguises(name: str, part: Figures) -> Grid:
    """Recall for each disguise, of all seeds together."""
    pooled = {tool: pool([row["disguises"] for row in rows]) for tool, rows in by_tool(part).items()}
    worn = [one for one in next(iter(pooled.values())) if one != "no spam"]
    counts = next(iter(pooled.values()))
    rows = [("spam comments", *(f"{counts[one]['spam']:,}" for one in worn))]
    rows += [
        (tool, *(share(found[one]["hits"] / max(1, found[one]["spam"])) for one in worn))
        for tool, found in pooled.items()
    ]
    columns = ("tool", *(one.replace("_", " ") for one in worn))
    return Grid(f"{name}-disguises", f"{name}: recall by disguise", columns, tuple(rows))


def precision_by_disguise(name: str, part: Figures) -> Grid:
    """becalm's, by the disguise that most spam of a campaign wears; `no spam` are campaigns that are wholly wrong."""
    found = pool([given["rows"][0]["disguises"] for given in part["sets"]])
    rows = tuple(
        (
            one,
            *(f"{counts[column]:,}" for column in ("spam", "hits", "organic")),
            share(counts["hits"] / max(1, counts["spam"])) if counts["spam"] else "-",
            share(counts["hits"] / max(1, counts["hits"] + counts["organic"])),
        )
        for one, counts in found.items()
    )
    columns = ("disguise", "spam", "found", "organic with it", "recall", "precision")
    return Grid(f"{name}-becalm", f"{name}: becalm by disguise", columns, rows)


def clusters(name: str, part: Figures) -> Grid:
    metrics = ("B3 precision", "B3 recall", "B3 F1")
    rows = tuple((row["tool"], *(share(row[metric]) for metric in metrics)) for row in part["rows"])
    title = f"{name}: {part['comments']:,} posts in {part['clusters']:,} clusters, every post counts"
    return Grid(name, title, ("tool", *metrics), rows)


def pairs(name: str, part: Figures) -> Grid:
    columns = ("channel", "recall, clean strangers", "recall, disguised strangers")
    rows = tuple((row["channel"], *(share(row[column]) for column in columns[1:])) for row in part["rows"])
    return Grid(name, f"{name}: {part['pairs']:,} pairs, recall at 1 % false positives", columns, rows)


def adversarial(name: str, part: Figures) -> Grid:
    columns = ("input", "ended", "encoding, s", "finding, s", "whole run, s", "peak MiB", "largest campaign")
    keys = ("encoding seconds", "finding seconds", "work seconds", "peak MiB", "largest campaign")
    rows = tuple((row["input"], row["ended"], *(_number(row.get(key)) for key in keys)) for row in part["rows"])
    return Grid(name, "inputs made to break it", columns, rows)


def scale(name: str, part: Figures) -> Grid:
    columns = ("comments", "texts", "encoding, s", "finding, s", "whole run, s", "finding, ms a comment",
               "whole, ms a comment", "peak MiB", "index, bytes a text", "store, bytes a text")  # fmt: skip
    keys = ("texts", "encoding seconds", "finding seconds", "work seconds")
    rows = tuple(
        (
            f"{row['comments']:,}",
            *(_number(row[key]) for key in keys),
            *(f"{1000 * row[key] / row['comments']:.3f}" for key in ("finding seconds", "work seconds")),
            *(f"{row[key]:,.0f}" for key in ("peak MiB", "index bytes a text", "store bytes a text")),
        )
        for row in part["rows"]
    )
    return Grid(name, f"the cost of a comment as they grow in number ({part['stream']})", columns, rows)


def on_top(name: str, part: Figures) -> Grid:
    small, large = part["rows"][min(1, len(part["rows"]) - 1)]["comments"], part["rows"][-1]["comments"]
    rows = [
        (
            f"1,000 comments on top of {row['on']:,}",
            f"{row['work seconds']:.1f} s, finding {row['finding seconds']:.2f}",
        )
        for row in part["on top"]
    ]
    rows += [
        (f"{what}: {large:,} / {small:,}", f"{part[what]:.2f}")
        for what in ("a comment, whole run", "a comment, finding", "on top, whole run", "on top, finding")
    ]
    rows.append((f"memory from {small:,} to {large:,}", f"{part['bytes of memory a text']:,.0f} bytes a text"))
    return Grid(f"{name}-on-top", "growth", ("figure", "measured"), tuple(rows))


def measured(parts: Mapping[str, Figures]) -> Grid:
    """Where and when the parts were measured, those of one day and machine in one row."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for name, part in parts.items():
        made = part["measured"]
        packages = ", ".join(f"{package} {version}" for package, version in made["packages"].items())
        rows.setdefault((made["day"], f"Python {made['python']}, {made['processor']}", packages), []).append(name)
    columns = ("part", "day", "machine", "with")
    return Grid("measured", "where and when", columns, tuple((", ".join(names), *row) for row, names in rows.items()))


def share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if value < 1 else "1"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
