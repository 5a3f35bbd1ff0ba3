"""Tables and plots of the page, from figures of no run at all."""

from pathlib import Path
from typing import Any

from benchmarks.campaigns.grid import Grid
from benchmarks.campaigns.grids import grids, measured, share
from benchmarks.campaigns.page import filled, render

COUNTS = {"leet": {"spam": 4, "hits": 3, "organic": 1}, "no spam": {"spam": 0, "hits": 0, "organic": 2}}


def tool(name: str, recall: float) -> dict[str, Any]:
    scores = {"recall": recall, "precision": 1.0, "strict F1": 0.9, "B3 F1": 0.8, "disguises": COUNTS}
    ratios = {"finding / bare encoding": 0.2, "all but encoding / bare encoding": 0.4}
    memory = {} if name == "becalm" else {"loaded MiB": 100.0}
    return {"tool": name, **scores, "seconds": 2.0, "encoding seconds": 8.0, "peak MiB": 900.0, **ratios, **memory}


def labelled(recall: float) -> dict[str, Any]:
    rows = [tool("becalm", recall), tool("a peer", 0.5)]
    worst = {"missed": [("scam", 3)], "wrong": []}
    figures = {"comments": 1000, "texts": 900, "bare encoding seconds": 5.0, "stages": {"index": 1.0}, "worst": worst}
    return {**figures, "rows": rows}


def size(comments: int) -> dict[str, Any]:
    seconds = {"work seconds": 10.0, "encoding seconds": 6.0, "finding seconds": 2.0}
    memory = {"peak MiB": 700, "index bytes a text": 2_500.0, "store bytes a text": 4_000.0}
    return {"comments": comments, "texts": comments, **seconds, **memory}


GROWTH = (
    "a comment, whole run",
    "a comment, finding",
    "on top, whole run",
    "on top, finding",
    "bytes of memory a text",
)
PARTS: dict[str, dict[str, Any]] = {
    "youtube-2013": {"sets": [labelled(0.9)], "idle MiB": 600},
    "simulated": {"sets": [labelled(0.8), labelled(1.0)], "idle MiB": 600},
    "ira-campaigns": {
        "comments": 6, "clusters": 2, "rows": [{"tool": "becalm", "B3 precision": 1.0, "B3 recall": 0.5, "B3 F1": 0.67}]
    },
    "noisyhate": {
        "pairs": 6, "rows": [{"channel": "a", "recall, clean strangers": 0.5, "recall, disguised strangers": 0.6}]
    },
    "adversarial": {"rows": [{"input": "all alike", "ended": "not done after 1800 s"}]},
    "scale": {
        "stream": "simulated", "rows": [size(1_000), size(3_000), size(9_000)], **dict.fromkeys(GROWTH, 1.1),
        "on top": [{"on": 3_000, "work seconds": 3.0, "finding seconds": 1.0}] * 2,
    },
}  # fmt: skip

for part in PARTS.values():
    part["measured"] = {"day": "2026-01-02", "python": "3.11", "processor": "2 cores", "packages": {"becalm": "0.1"}}


def named(name: str) -> Grid:
    return next(grid for grid in grids(PARTS) if grid.name == name)


def test_every_table_has_as_many_cells_in_a_row_as_columns() -> None:
    for grid in grids(PARTS):
        assert grid.rows
        assert {len(row) for row in grid.rows} == {len(grid.columns)}
        assert grid.as_rich().row_count == len(grid.rows)


def test_seeds_are_averaged_and_their_disguises_added_up() -> None:
    becalm = named("simulated").rows[0]
    assert becalm[:2] == ("becalm", ".900")
    assert named("simulated-disguises").rows[1] == ("becalm", ".750")
    assert named("simulated-becalm").rows == (
        ("leet", "8", "6", "2", ".750", ".750"), ("no spam", "0", "0", "4", "-", ".000"),
    )  # fmt: skip


def test_a_run_that_did_not_end_has_empty_cells() -> None:
    assert named("adversarial").rows[0][:3] == ("all alike", "not done after 1800 s", "")


def test_a_table_takes_its_place_on_the_page_and_leaves_the_rest() -> None:
    page = "before\n<!-- table one -->\nold\n<!-- end -->\nbetween\n<!-- table two -->\nkept\n<!-- end -->\n"
    grid = Grid("one", "a title", ("name", "number"), (("x", "1"),))
    made = filled(page, [grid, Grid("three", "", ("a",), ())])
    assert made == page.replace("old", "a title\n\n| name | number |\n| --- | ---: |\n| x | 1 |")
    assert filled(made, [grid]) == made


def test_the_same_figures_give_the_same_page_and_pictures(tmp_path: Path) -> None:
    (tmp_path / "benchmarks.md").write_text("<!-- table scale -->\n<!-- end -->\n")
    render(PARTS, tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    render(PARTS, tmp_path)
    assert first == {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert set(first) == {"benchmarks.md", "bench-quality.svg", "bench-disguises.svg", "bench-scale.svg"}
    assert b"3,000" in first["benchmarks.md"]


def test_parts_of_one_day_and_machine_share_a_row() -> None:
    assert [row[0] for row in measured(PARTS).rows] == [", ".join(PARTS)]
    other = {**PARTS["scale"], "measured": {**PARTS["scale"]["measured"], "day": "2026-01-03"}}
    assert len(measured({**PARTS, "scale": other}).rows) == 2


def test_shares_are_told_to_three_places() -> None:
    assert [share(value) for value in (0.0, 0.12345, 1.0)] == [".000", ".123", "1"]
