"""becalm beside its peers: python -m benchmarks.campaigns [--only PART] [--scale] [--render]

Prints the tables, writes var/bench-campaigns.json, and renders docs/benchmarks.md from it. Parts that were measured
earlier stay in the file, so that one part can be measured anew. Seconds are from a shared machine: read the ratios,
which are of one run. Real sets are used where `BECALM_DATA` names their folder, or ../shared/data has them.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console

from becalm.settings import Settings
from benchmarks.campaigns.adversarial import measure_adversarial
from benchmarks.campaigns.beside import measure_clusters, measure_labelled
from benchmarks.campaigns.grids import grids
from benchmarks.campaigns.ours import run_becalm
from benchmarks.campaigns.page import render
from benchmarks.campaigns.scale import SIZES, measure_scale
from benchmarks.campaigns.sets import data_folder, same_text_clusters, simulated, youtube

RESULT = Path("var/bench-campaigns.json")
# None of those that the verdict was fitted on.
SEEDS = (101, 102, 103)
COMMENTS = 20_000
# Columns of a table in a file.
WIDE = 160
PACKAGES = ("becalm", "datasketch", "rensa", "semhash", "sentence-transformers", "faiss-cpu", "openvino", "numpy")

Figures = dict[str, Any]
Part = Callable[[argparse.Namespace, Path], Figures | None]


def of_youtube(_: argparse.Namespace, folder: Path) -> Figures | None:
    data = data_folder()
    given = youtube(data) if data else None
    return {"sets": [measure_labelled(given, folder)], "idle MiB": idle_mib(folder)} if given else None


def of_simulated(asked: argparse.Namespace, folder: Path) -> Figures:
    sets = [simulated(folder / f"stream-{seed}", asked.comments, seed) for seed in asked.seeds]
    measured = [measure_labelled(given, folder / given.folder.name.replace("stream", "work")) for given in sets]
    return {"sets": measured, "idle MiB": idle_mib(folder)}


def of_clusters(_: argparse.Namespace, folder: Path) -> Figures | None:
    data = data_folder()
    made = same_text_clusters(data, folder / "stream") if data else None
    return measure_clusters(*made, folder) if made else None


def of_pairs(_: argparse.Namespace, __: Path) -> Figures | None:
    """In a process of its own, so that the model's memory is not counted to the runs that follow."""
    data = data_folder()
    if not data or not (data / "disguise").is_dir():
        return None
    command = [sys.executable, "-m", "benchmarks.campaigns.pairs", str(data)]
    figures: Figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return figures


def of_adversarial(_: argparse.Namespace, folder: Path) -> Figures:
    return measure_adversarial(folder)


def of_scale(asked: argparse.Namespace, folder: Path) -> Figures:
    return measure_scale(data_folder(), folder, asked.sizes)


PARTS: Mapping[str, Part] = {
    "youtube-2013": of_youtube,
    "simulated": of_simulated,
    "ira-campaigns": of_clusters,
    "noisyhate": of_pairs,
    "adversarial": of_adversarial,
    "scale": of_scale,
}


def idle_mib(folder: Path) -> int:
    """What becalm holds when there is next to nothing to do: its libraries and the model."""
    simulated(folder / "next-to-nothing", 3, 1)
    return run_becalm(folder / "next-to-nothing", folder / "idle-home").peak_mib


def surroundings() -> Figures:
    """Where and when figures were measured."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "processor": f"{platform.machine()}, {os.cpu_count()} cores, {Settings().threads} threads",
        "packages": {name: version(name) for name in PACKAGES},
    }


def main() -> None:
    asked = arguments()
    parts: dict[str, Figures] = json.loads(RESULT.read_text("utf-8")) if RESULT.exists() else {}
    console = Console() if sys.stdout.isatty() else Console(width=WIDE)
    for name in asked.parts:
        with tempfile.TemporaryDirectory(prefix="becalm-bench-") as folder:
            figures = PARTS[name](asked, Path(folder))
        if figures is None:
            Console(stderr=True).print(f"{name}: no data here, left out")
            continue
        parts[name] = {**figures, "measured": surroundings()}
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(parts, indent=1) + "\n", encoding="utf-8")
        for grid in grids({name: parts[name]}):
            console.print(grid.as_rich(), "")
    render(parts)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=PARTS, default=[], help="measure this part (repeatable)")
    parser.add_argument("--scale", action="store_true", help="also the scale curve, which takes a quarter of an hour")
    parser.add_argument("--render", action="store_true", help="measure nothing, render the page again")
    parser.add_argument("--comments", type=int, default=COMMENTS, help="of each simulated stream")
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="of the scale curve")
    asked = parser.parse_args()
    usual = [name for name in PARTS if name != "scale" or asked.scale]
    asked.parts = [] if asked.render else asked.only or usual
    return asked


if __name__ == "__main__":
    main()
