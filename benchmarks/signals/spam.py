"""Fit and measure the signal of spam in a single comment.

    python -m benchmarks.signals.spam DATA [--home HOME] [--out FOLDER]

DATA holds youtube-spam/, one file a video, and youtube-2013/ with its labels. What is measured on youtube-spam is
measured on models that never saw the texts: each video by the others, and the last 30 % of each by what came before.
"""

import argparse
import csv
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from becalm.records import Reason
from becalm.signals.combine import noisy_or
from becalm.signals.learned import score_spam
from becalm.signals.promotion import judge_bait, judge_spam, promotion_marks
from becalm.signals.reading import Reading
from becalm.signals.trained import FITTED, Pair
from benchmarks.signals.examples import Examples, Maker, read_rows
from benchmarks.signals.training import Recipe, train_pair

FLAGGED = 0.5
LATE_SHARE = 0.3
LET_PASS = 0.3
BYSTANDERS = 6_000
RECIPE = Recipe({"videos": 1.0, "older": 0.003}, at_home=("videos",), mark=promotion_marks, freedom=30.0, caution=0.3)


def read_videos(data: Path, maker: Maker) -> tuple[Examples, list[dict[str, Any]]]:
    rows = [
        {**row, "video": path.stem}
        for path in sorted((data / "youtube-spam").glob("*.jsonl"))
        for row in sorted(read_rows(path), key=lambda row: row["published_at"])
    ]
    return maker.make("videos", [row["text"] for row in rows], [row["spam"] for row in rows]), rows


def read_older(data: Path, maker: Maker, without: set[str]) -> Examples:
    """Labelled near-duplicates, each wording once, beside comments that nobody labelled and the lexicons let pass.

    `without` are texts that stand in the other set too.
    """
    with (data / "youtube-2013" / "truth.csv").open(newline="", encoding="utf-8") as file:
        labels = {row["comment_id"]: row["label"] for row in csv.DictReader(file)}
    rows = read_rows(data / "youtube-2013" / "comments.jsonl.gz")
    labelled = {
        row["text"]: int(label == "spam")
        for row in rows
        if (label := labels.get(row["comment_id"], "neutral")) != "neutral"
    }
    bystanders = Random(0).sample([row["text"] for row in rows if row["comment_id"] not in labels], BYSTANDERS)
    texts = dict.fromkeys(bystanders, 0) | labelled
    texts = {text: label for text, label in texts.items() if text not in without}
    made = maker.make("older", list(texts), list(texts.values()))
    passed = [
        text in labelled or noisy_or(_lexicons(one)) < LET_PASS for text, one in zip(texts, made.readings, strict=True)
    ]
    return made.only(np.array(passed))


def _lexicons(reading: Reading) -> list[Reason]:
    return [*judge_spam(reading), *judge_bait(reading)]


def score_with(pair: Pair, examples: Examples) -> np.ndarray:
    return np.concatenate([score_spam(one, [*map(_lexicons, one.readings)], pair) for one in examples.batches()])


def measure(videos: Examples, rows: list[dict[str, Any]], older: Examples, encoder: str) -> None:
    """Print how often models are right about texts of a video, or of a time, that they have not seen."""
    names = np.array([row["video"] for row in rows])
    right = np.zeros(len(names), bool)
    for name in dict.fromkeys(names.tolist()):
        right[names == name] = _right(videos, older, names == name, encoder)
        print(f"without {name}: accuracy {right[names == name].mean():.4f}")
    print(f"leave one video out: accuracy {right.mean():.4f}")
    late = np.zeros(len(names), bool)
    for name in dict.fromkeys(names.tolist()):
        places = np.flatnonzero(names == name)
        late[places[round(len(places) * (1 - LATE_SHARE)) :]] = True
    print(f"the last {LATE_SHARE:.0%} of each: accuracy {_right(videos, older, late, encoder).mean():.4f}")


def _right(videos: Examples, older: Examples, held: np.ndarray, encoder: str) -> np.ndarray:
    pair = train_pair([videos.only(~held), older], RECIPE, encoder)
    unseen = videos.only(held)
    return (score_with(pair, unseen) >= FLAGGED) == unseen.targets


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("--out", type=Path, default=FITTED)
    arguments = parser.parse_args()
    maker = Maker(arguments.home)
    videos, rows = read_videos(arguments.data, maker)
    older = read_older(arguments.data, maker, set(videos.texts))
    train_pair([videos, older], RECIPE, maker.fingerprint).save(arguments.out, "spam")
    measure(videos, rows, older, maker.fingerprint)


if __name__ == "__main__":
    main()
