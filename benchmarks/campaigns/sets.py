"""The sets that campaigns are measured on: labelled real ones where they are at hand, and simulated ones anywhere."""

import csv
import gzip
import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from benchmarks.campaigns.disguises import Truth
from benchmarks.runs import BECALM

BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[3] / "shared" / "data"
SIMULATED_DAYS = 30

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A folder that `becalm run` takes, and what is true of its comments."""

    name: str
    folder: Path
    truth: Mapping[str, Truth]


def data_folder() -> Path | None:
    """`BECALM_DATA`, or `../shared/data` beside the checkout, if there is such a folder."""
    folder = Path(os.environ.get("BECALM_DATA", BESIDE_THE_CHECKOUT))
    return folder if folder.is_dir() else None


def youtube(data: Path) -> LabelledSet | None:
    folder = data / "youtube-2013"
    return LabelledSet("youtube-2013", folder, read_truth(folder / "truth.csv")) if folder.is_dir() else None


def simulated(folder: Path, comments: int, seed: int) -> LabelledSet:
    """The stream of a seed, written into `folder` by becalm itself."""
    command = [BECALM, "simulate", "--out", folder, "--comments", comments, "--days", SIMULATED_DAYS, "--seed", seed]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return LabelledSet(f"simulated, seed {seed}", folder, read_truth(folder / "truth.csv"))


def same_text_clusters(data: Path, folder: Path) -> tuple[LabelledSet, Mapping[str, str]] | None:
    """Posts of troll accounts in same-text clusters, as comments under one thread a day; and each one's cluster.

    No field of the input says which cluster a comment is of.
    """
    source = data / "accounts" / "ira-campaigns-dev.jsonl.gz"
    if not source.exists():
        return None
    posts = read_lines(source)
    folder.mkdir(parents=True, exist_ok=True)
    write_lines(folder / "comments.jsonl", (_as_comment(number, post) for number, post in enumerate(posts)))
    clusters = {f"p{number}": post["cluster"] for number, post in enumerate(posts)}
    return LabelledSet("ira-campaigns", folder, {}), clusters


def _as_comment(number: int, post: Row) -> Row:
    return {
        "comment_id": f"p{number}",
        "platform": "twitter",
        "channel": "timeline",
        "thread_id": f"day-{post['published_at'][:10]}",
        "author_id": post["account"],
        "text": post["text"],
        "published_at": post["published_at"],
    }


def disguised_pairs(data: Path) -> list[tuple[str, str]]:
    """Clean texts, each with the disguised form that a person gave it."""
    source = data / "disguise" / "noisyhate-dev.jsonl"
    return [(row["clean"], row["disguised"]) for row in read_lines(source)] if source.exists() else []


def read_truth(path: Path) -> dict[str, Truth]:
    with path.open(newline="", encoding="utf-8") as file:
        return {
            row["comment_id"]: Truth(row["label"], row["family"], row.get("kind", ""), row.get("disguise", ""))
            for row in csv.DictReader(file)
        }


def lines_of(path: Path) -> IO[str]:
    """The file, open; .gz too."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def read_lines(path: Path) -> list[Row]:
    with lines_of(path) as file:
        return [json.loads(line) for line in file if line.strip()]


def write_lines(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
