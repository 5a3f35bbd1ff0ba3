"""Labelled spam and customers' talk from several places, each with what is kept from training."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from becalm.records import Reason
from becalm.signals.combine import noisy_or
from becalm.signals.private_data import find_private_data
from becalm.signals.promotion import judge_bait, judge_promotion
from becalm.signals.reading import Reading
from becalm.simulate import simulate
from benchmarks.signals.examples import Examples, Maker, held_out, read_rows
from benchmarks.signals.written import written

HELD_SHARE = 0.2
# A text of another set that is so like one that is tested is kept from training.
NEAR = 0.9
LET_PASS = 0.3
BYSTANDERS = 6_000
MOST_OF_A_CROWD = 1_500
SIMULATED = 5_000
TRAINING_SEEDS, TEST_SEEDS = (11, 12, 13), (201, 202, 203)
# Simulated campaigns that no fit sees, and those whose single comments look like anybody's.
UNSEEN_KINDS = frozenset(("recovery", "counterfeit", "gift_codes", "job", "dating"))
UNTOLD_KINDS = frozenset(("fake_review", "smear", "astroturf", "boycott", "agenda", "flood"))
_CROWDS = {
    "airline": "care/airline-dev.jsonl.gz", "wikipedia": "context/wikipedia-talk-dev.jsonl.gz",
    "davidson": "abuse/davidson.jsonl.gz", "convabuse": "abuse/convabuse-train.jsonl",
    "olid": "abuse/olid-train.jsonl.gz", "olid-val": "abuse/olid-val.jsonl",
}  # fmt: skip
_ONLY_MEASURES = frozenset(("olid-val",))


@dataclass(frozen=True, slots=True)
class Labelled:
    """`examples` with the kind of each, and which are kept from training."""

    examples: Examples
    kinds: list[str]
    is_held: np.ndarray = field(repr=False)

    def to_fit(self, most: int | None = None) -> Examples:
        places = np.flatnonzero(~self.is_held)
        if most and len(places) > most:
            places = np.random.default_rng(0).choice(places, most, replace=False)
        return self.examples.only(np.isin(np.arange(len(self.kinds)), places))

    def held(self) -> "Labelled":
        kinds = [self.kinds[place] for place in np.flatnonzero(self.is_held)]
        return Labelled(self.examples.only(self.is_held), kinds, np.ones(len(kinds), bool))


def lexicons(reading: Reading) -> list[Reason]:
    """All that the lexicons find of spam."""
    return [*judge_promotion(reading, find_private_data(reading.evidence.text)), *judge_bait(reading)]


def read_videos(data: Path, maker: Maker) -> tuple[Examples, list[dict[str, Any]]]:
    """Comments under three videos, each in order of time; their rows, with `video`."""
    rows = [
        {**row, "video": path.stem}
        for path in sorted((data / "youtube-spam").glob("*.jsonl"))
        for row in sorted(read_rows(path), key=lambda row: row["published_at"])
    ]
    return maker.make("videos", [row["text"] for row in rows], [row["spam"] for row in rows]), rows


def read_older(data: Path, maker: Maker, videos: Examples) -> Labelled:
    """Labelled near-duplicates, each wording once, without those like a text of `videos`; half of all families held.

    Harmless ones have no family: they are held by how they begin.
    """
    with (data / "youtube-2013" / "truth.csv").open(newline="", encoding="utf-8") as file:
        told = {row["comment_id"]: row for row in csv.DictReader(file)}
    rows = read_rows(data / "youtube-2013" / "comments.jsonl.gz")
    by_text = {
        row["text"]: label
        for row in rows
        if (label := told.get(row["comment_id"])) and label["label"] != "neutral" and row["text"] not in videos.texts
    }
    made = maker.make("older", list(by_text), [int(label["label"] == "spam") for label in by_text.values()])
    is_far = (made.vectors @ videos.vectors.T).max(1) < NEAR
    far = [label for label, kept in zip(by_text.values(), is_far, strict=True) if kept]
    made = made.only(is_far)
    families = [label["family"] or text[:12].lower() for label, text in zip(far, made.texts, strict=True)]
    return Labelled(made, [label["label"] for label in far], held_out(families, 0.5))


def read_crowds(data: Path, maker: Maker, videos: Examples) -> Iterator[Labelled]:
    """What people say who promote nothing: customers, editors, tweeters, and comments that nobody labelled."""
    for name, file in _CROWDS.items():
        texts = list(dict.fromkeys(row["text"] for row in read_rows(data / file) if not row.get("abusive")))
        is_held = np.ones(len(texts), bool) if name in _ONLY_MEASURES else held_out(texts, HELD_SHARE)
        yield Labelled(maker.make(name, texts, [0] * len(texts)), [name] * len(texts), is_held)
    yield _bystanders(data, maker, videos)


def _bystanders(data: Path, maker: Maker, videos: Examples) -> Labelled:
    """Unlabelled, so that some are spam; what the lexicons don't let pass is left out."""
    with (data / "youtube-2013" / "truth.csv").open(newline="", encoding="utf-8") as file:
        told = {row["comment_id"] for row in csv.DictReader(file)}
    rows = read_rows(data / "youtube-2013" / "comments.jsonl.gz")
    drawn = Random(0).sample([row["text"] for row in rows if row["comment_id"] not in told], BYSTANDERS)
    texts = [text for text in dict.fromkeys(drawn) if text not in videos.texts]
    made = maker.make("bystanders", texts, [0] * len(texts))
    made = made.only(np.array([noisy_or(lexicons(reading)) < LET_PASS for reading in made.readings]))
    return Labelled(made, ["bystanders"] * len(made.texts), held_out(made.texts, HELD_SHARE))


def read_written(maker: Maker) -> Labelled:
    told = written()
    made = maker.make("written", [one.text for one in told], [int(one.is_spam) for one in told])
    kinds = [f"{'spam' if one.is_spam else 'customers'}: {one.kind}" for one in told]
    return Labelled(made, kinds, np.array([not one.is_for_training for one in told]))


def read_simulated(maker: Maker, home: Path) -> Labelled:
    """Simulated streams, each text once; those of the test seeds, and kinds of spam that no fit sees, are held."""
    parts = [*map(partial(_stream, home), TRAINING_SEEDS), *map(partial(_stream, home), TEST_SEEDS)]
    texts, rows, is_held = [], [], []
    for place, part in enumerate(parts):
        is_test = place >= len(TRAINING_SEEDS)
        kept = {text: row for text, row in part.items() if is_test or _is_to_fit(row)}
        texts += list(kept)
        rows += list(kept.values())
        is_held += [is_test] * len(kept)
    made = maker.make("simulated", texts, [int(row["label"] == "spam") for row in rows])
    return Labelled(made, [f"{row['label']}: {row['kind']}" for row in rows], np.array(is_held))


def _is_to_fit(row: dict[str, str]) -> bool:
    return row["label"] != "neutral" and row["kind"] not in UNSEEN_KINDS | UNTOLD_KINDS


def _stream(home: Path, seed: int) -> dict[str, dict[str, str]]:
    made = simulate(home / "simulated" / str(seed), SIMULATED, seed=seed)
    with made.truth_file.open(newline="", encoding="utf-8") as file:
        truth = {row["comment_id"]: row for row in csv.DictReader(file)}
    return {row["text"]: truth[row["comment_id"]] for row in read_rows(made.comments_file) if not row["is_brand"]}
