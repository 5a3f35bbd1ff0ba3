"""How the cost of a comment grows with the comments there are."""

import shutil
import subprocess
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from becalm.settings import Settings
from becalm.store import Comment, Text
from benchmarks.campaigns.ours import Ours, count, run_becalm
from benchmarks.campaigns.sets import SIMULATED_DAYS, lines_of
from benchmarks.runs import BECALM

SIZES = (10_000, 30_000, 100_000, 300_000)
ON_TOP = 1_000
SEED = 7

Figures = dict[str, Any]


def measure_scale(data: Path | None, folder: Path, sizes: Sequence[int] = SIZES) -> Figures:
    """A fresh run for each size, and the same 1,000 comments on top of the second size and of the last.

    Sizes are of one stream, from its start; its last 1,000 comments are those put on top, so no run has them.
    """
    stream = stream_of(data, folder, max(sizes))
    rows, tops = [], []
    for size in sizes:
        home = folder / f"home-{size}"
        ran = run_becalm(beginning(stream, folder, size), home)
        rows.append(of_size(ran))
        if size in (sizes[min(1, len(sizes) - 1)], sizes[-1]):
            tops.append(on_top(ending(stream, folder), home, rows[-1]["comments"]))
        shutil.rmtree(home)
    return {
        "stream": "simulated" if folder in stream.parents else stream.name.split(".")[0],
        "rows": rows,
        "on top": tops,
        **ratios(rows, tops),
    }


def ratios(rows: Sequence[Figures], tops: Sequence[Figures]) -> Figures:
    """The largest run against the second, a comment; and 1,000 comments on top of either."""
    small, large = rows[min(1, len(rows) - 1)], rows[-1]
    comments, texts = large["comments"] - small["comments"], large["texts"] - small["texts"]
    return {
        "a comment, whole run": per_comment(large, "work seconds") / per_comment(small, "work seconds"),
        "a comment, finding": per_comment(large, "finding seconds") / per_comment(small, "finding seconds"),
        "on top, whole run": tops[-1]["work seconds"] / tops[0]["work seconds"],
        "on top, finding": tops[-1]["finding seconds"] / tops[0]["finding seconds"],
        "bytes of memory a text": (large["peak MiB"] - small["peak MiB"]) * 2**20 / texts if comments else 0.0,
    }


def per_comment(row: Figures, what: str) -> float:
    return float(row[what] / row["comments"])


def of_size(ran: Ours) -> Figures:
    texts = count(ran.home, Text)
    settings = Settings(home=ran.home)
    index = sum(file.stat().st_size for file in settings.index_folder.iterdir())
    return {
        "comments": count(ran.home, Comment),
        "texts": texts,
        "work seconds": ran.work_seconds,
        "encoding seconds": ran.encoding_seconds,
        "finding seconds": ran.finding_seconds,
        "stages": ran.seconds,
        "peak MiB": ran.peak_mib,
        "index bytes a text": index / texts,
        "store bytes a text": (ran.home / "becalm.db").stat().st_size / texts,
    }


def on_top(more: Path, home: Path, size: int) -> Figures:
    ran = run_becalm(more, home)
    return {"on": size, "work seconds": ran.work_seconds, "finding seconds": ran.finding_seconds, "stages": ran.seconds}


def stream_of(data: Path | None, folder: Path, comments: int) -> Path:
    """The large real stream where it is at hand, else a simulated one."""
    real = data / "scale" / "ira-stream-300k.jsonl.gz" if data else None
    if real and real.exists():
        return real
    out = folder / "stream"
    command = [BECALM, "simulate", "--out", out, "--comments", comments, "--days", SIMULATED_DAYS, "--seed", SEED]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return out / "comments.jsonl"


def beginning(stream: Path, folder: Path, comments: int) -> Path:
    """A folder with the first comments, but for those that are put on top later."""
    with lines_of(stream) as lines:
        available = sum(1 for _ in lines) - ON_TOP
    with lines_of(stream) as lines:
        return _written(folder / f"first-{comments}", islice(lines, min(comments, available)))


def ending(stream: Path, folder: Path) -> Path:
    with lines_of(stream) as lines:
        return _written(folder / "on-top", deque(lines, ON_TOP))


def _written(folder: Path, lines: Iterable[str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "comments.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(lines)
    return folder
