"""Fit and measure the signal of spam in a single comment.

    python -m benchmarks.signals.spam DATA [--home HOME] [--out FOLDER]

DATA holds youtube-spam/, one file a video, youtube-2013/ with its labels, and care/, where customers write to a brand.
What is measured is measured on models that never saw the texts: each video by the others, the last 30 % of each by what
came before, and a fifth of the customers by the rest.
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
from becalm.signals.private_data import find_private_data
from becalm.signals.promotion import judge_bait, judge_promotion, promotion_marks
from becalm.signals.reading import Reading
from becalm.signals.trained import FITTED, Pair
from benchmarks.signals.examples import Examples, Maker, held_out, read_rows
from benchmarks.signals.training import Recipe, train_pair

FLAGGED, REMOVED = 0.5, 0.7  # the latter is where the shipped policy acts
LATE_SHARE = 0.3
LET_PASS = 0.3
BYSTANDERS = 6_000
HELD_CUSTOMERS = 0.2
# Customers stand at home, for a brand's page is where the scores are read; more weight costs spam under videos.
RECIPE = Recipe(
    {"videos": 1.0, "older": 0.003, "customers": 0.02}, at_home=("videos", "customers"), mark=promotion_marks,
    freedom=30.0, caution=0.3,
)  # fmt: skip


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


def read_customers(data: Path, maker: Maker) -> Examples:
    """People who write to a company, of whom none is a spammer."""
    texts = list(dict.fromkeys(row["text"] for row in read_rows(data / "care" / "airline-dev.jsonl.gz")))
    return maker.make("customers", texts, [0] * len(texts))


def _lexicons(reading: Reading) -> list[Reason]:
    return [*judge_promotion(reading, find_private_data(reading.evidence.text)), *judge_bait(reading)]


def score_with(pair: Pair, examples: Examples) -> np.ndarray:
    return np.concatenate([score_spam(one, [*map(_lexicons, one.readings)], pair) for one in examples.batches()])


def measure(videos: Examples, rows: list[dict[str, Any]], older: Examples, customers: Examples, encoder: str) -> None:
    """Print how often models are right about texts of a video, of a time or of customers that they have not seen."""
    is_held = held_out(customers.texts, HELD_CUSTOMERS)
    others = [older, customers.only(~is_held)]
    names = np.array([row["video"] for row in rows])
    right = np.zeros(len(names), bool)
    for name in dict.fromkeys(names.tolist()):
        right[names == name] = _right(videos, others, names == name, encoder)
        print(f"without {name}: accuracy {right[names == name].mean():.4f}")
    print(f"leave one video out: accuracy {right.mean():.4f}")
    late = np.zeros(len(names), bool)
    for name in dict.fromkeys(names.tolist()):
        places = np.flatnonzero(names == name)
        late[places[round(len(places) * (1 - LATE_SHARE)) :]] = True
    print(f"the last {LATE_SHARE:.0%} of each: accuracy {_right(videos, others, late, encoder).mean():.4f}")
    scores = score_with(train_pair([videos, *others], RECIPE, encoder), customers.only(is_held))
    print(f"customers: flagged {(scores >= FLAGGED).mean():.4f}, removed {(scores >= REMOVED).mean():.4f}")


def _right(videos: Examples, others: list[Examples], held: np.ndarray, encoder: str) -> np.ndarray:
    pair = train_pair([videos.only(~held), *others], RECIPE, encoder)
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
    customers = read_customers(arguments.data, maker)
    train_pair([videos, older, customers], RECIPE, maker.fingerprint).save(arguments.out, "spam")
    measure(videos, rows, older, customers, maker.fingerprint)


if __name__ == "__main__":
    main()
