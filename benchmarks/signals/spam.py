"""Fit and measure the signal of spam in a single comment.

    python -m benchmarks.signals.spam DATA [--home HOME] [--out FOLDER] [--measure]

DATA holds youtube-spam/, one file a video, youtube-2013/ with its labels, care/, context/ and abuse/. What is measured
is measured on texts that the fit never saw: each video by the others, the last 30 % of each by what came before, and
of every other set the part that is kept from training. With --measure what is shipped is measured there, not fitted.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from becalm.signals.learned import score_spam
from becalm.signals.promotion import promotion_marks
from becalm.signals.trained import FITTED, Pair, load_pair
from benchmarks.signals.examples import Examples, Maker
from benchmarks.signals.spam_sets import (
    MOST_OF_A_CROWD,
    Labelled,
    lexicons,
    read_crowds,
    read_older,
    read_simulated,
    read_videos,
    read_written,
)
from benchmarks.signals.training import Recipe, train_pair

PERHAPS, FLAGGED = 0.5, 0.7
LATE_SHARE = 0.3
CROWDS = ("airline", "wikipedia", "davidson", "convabuse", "olid", "bystanders")
# Comments under three videos carry the most: they were judged one by one, and harmless ones stand beside them. All
# others say what spam is not elsewhere: at .1 each they cost the videos ten points, at .02 customers were flagged.
RECIPE = Recipe(
    {"videos": 1.0, "older": 0.05, "written": 0.2, "simulated": 0.075, **dict.fromkeys(CROWDS, 0.025)},
    at_home=("videos", "older", "written", "simulated", *CROWDS),
    mark=promotion_marks,
    freedom=30.0,
)


def score_with(pair: Pair, examples: Examples) -> np.ndarray:
    return np.concatenate([score_spam(one, [*map(lexicons, one.readings)], pair) for one in examples.batches()])


def measure_videos(videos: Examples, rows: list[dict[str, Any]], others: Sequence[Examples], encoder: str) -> None:
    """Print how often models are right about texts of a video, or of a time, that they have not seen."""
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


def _right(videos: Examples, others: Sequence[Examples], held: np.ndarray, encoder: str) -> np.ndarray:
    pair = train_pair([videos.only(~held), *others], RECIPE, encoder)
    unseen = videos.only(held)
    return np.asarray((score_with(pair, unseen) >= PERHAPS) == unseen.targets)


def measure_held(sets: Sequence[Labelled], pair: Pair) -> None:
    """Print by kind how much of what was kept from training is flagged."""
    for held in (one.held() for one in sets):
        print(f"{held.examples.name}, kept from training: flagged from {PERHAPS} and from {FLAGGED} on")
        scores, kinds = score_with(pair, held.examples), np.array(held.kinds)
        for kind in sorted(set(held.kinds)):
            of = scores[kinds == kind]
            print(f"  {kind}: {(of >= PERHAPS).mean():.4f} {(of >= FLAGGED).mean():.4f} of {len(of)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("--out", type=Path, default=FITTED)
    parser.add_argument("--measure", action="store_true", help="fit nothing, measure what is shipped on what is held")
    arguments = parser.parse_args()
    maker = Maker(arguments.home)
    videos, rows = read_videos(arguments.data, maker)
    taught = [
        read_older(arguments.data, maker, videos), read_written(maker), read_simulated(maker, arguments.home)
    ]  # fmt: skip
    crowds = [*read_crowds(arguments.data, maker, videos)]
    if arguments.measure:
        measure_held([*crowds, *taught], load_pair("spam"))
        return
    others = [one.to_fit() for one in taught] + [
        one.to_fit(MOST_OF_A_CROWD) for one in crowds if one.examples.name in CROWDS
    ]
    pair = train_pair([videos, *others], RECIPE, maker.fingerprint)
    pair.save(arguments.out, "spam")
    measure_held([*crowds, *taught], pair)
    measure_videos(videos, rows, others, maker.fingerprint)


if __name__ == "__main__":
    main()
