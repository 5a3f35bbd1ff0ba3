"""Fit and measure the signal of abuse.

    python -m benchmarks.signals.abuse DATA [--home HOME] [--out FOLDER]

DATA holds the labelled sets as abuse/, disguise/ and care/. A fifth of abuse/davidson and every second template of the
contrast set are kept from training, and so are abuse/olid-val, disguise/ and care/: they only measure.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

from becalm.signals.abuse import find_insults
from becalm.signals.learned import score_abuse
from becalm.signals.reading import Reading
from becalm.signals.trained import FITTED, Pair, load_pair
from benchmarks.signals.contrast import Sentence, sentences
from benchmarks.signals.examples import Examples, Maker, held_out, read_rows
from benchmarks.signals.training import Recipe, train_pair

HELD_SHARE = 0.2
FLAGGED = 0.5


def marks_of(reading: Reading) -> list[str]:
    return list({insult.mark for insult in find_insults(reading)})


# Tweets rated for offence by several people are nearest to what moderators judge; the other sets lend words and kinds
# that these lack.
RECIPE = Recipe(
    {"olid": 1.0, "davidson": 0.3, "hatemoji": 0.3, "convabuse": 0.3, "contrast": 2.0},
    at_home=("olid", "contrast"),
    mark=marks_of,
    caution=0.15,
)
_FILES = {
    "olid": "olid-train.jsonl.gz", "davidson": "davidson.jsonl.gz", "hatemoji": "hatemoji-train.jsonl.gz",
    "convabuse": "convabuse-train.jsonl", "olid-val": "olid-val.jsonl",
}  # fmt: skip


def read_sets(data: Path, maker: Maker) -> dict[str, Examples]:
    found = {}
    for name, file in _FILES.items():
        rows = read_rows(data / "abuse" / file)
        found[name] = maker.make(name, [row["text"] for row in rows], [row["abusive"] for row in rows])
    return found


def contrast(maker: Maker, told: list[Sentence]) -> Examples:
    return maker.make("contrast", [one.text for one in told], [one.is_abusive for one in told])


def score_with(pair: Pair) -> "Score":
    def score(examples: Examples) -> np.ndarray:
        return np.concatenate(
            [score_abuse(one, [find_insults(reading) for reading in one.readings], pair) for one in examples.batches()]
        )

    return score


Score = Callable[[Examples], np.ndarray]


def measure(data: Path, maker: Maker, sets: dict[str, Examples], held: Examples, score: Score) -> None:
    """Print each figure; `score` gives the likelihood of each text."""
    offensive = sets["olid-val"]
    scores = score(offensive)
    print(f"offensive tweets: macro F1 {f1_score(offensive.targets, scores >= FLAGGED, average='macro'):.4f}")
    print(
        "  at .4, .45, .55, .6:",
        *(f"{f1_score(offensive.targets, scores >= bar, average='macro'):.3f}" for bar in (0.4, 0.45, 0.55, 0.6)),
    )
    print(f"  AUC {roc_auc_score(offensive.targets, scores):.4f}")
    print(f"Davidson, held out: AUC {roc_auc_score(held.targets, score(held)):.4f}")
    _by_kind(maker, score)
    _disguised(data, maker, score)
    _complaints(data, maker, score)


def _by_kind(maker: Maker, score: Score) -> None:
    told = [one for one in sentences() if not one.is_for_training]
    flagged = score(contrast(maker, told)) >= FLAGGED
    for is_abusive in (False, True):
        of = np.array([one.is_abusive is is_abusive for one in told])
        print(f"contrast, {'abuse' if is_abusive else 'harmless'}: {flagged[of].mean():.3f} of {of.sum()} flagged")
        for kind in dict.fromkeys(one.kind for one in told if one.is_abusive is is_abusive):
            of_kind = np.array([one.kind == kind for one in told])
            print(f"  {kind}: {flagged[of_kind].mean():.2f} of {of_kind.sum()}")


def _disguised(data: Path, maker: Maker, score: Score) -> None:
    rows = read_rows(data / "disguise" / "noisyhate-dev.jsonl")
    clean, disguised = (
        score(maker.make(form, [row[form] for row in rows], [1] * len(rows))) >= FLAGGED
        for form in ("clean", "disguised")
    )
    print(f"disguises: recall {clean.mean():.3f} clean, {disguised.mean():.3f} disguised")


def _complaints(data: Path, maker: Maker, score: Score) -> None:
    rows = read_rows(data / "care" / "airline-dev.jsonl.gz")
    flagged = score(maker.make("airline", [row["text"] for row in rows], [0] * len(rows))) >= FLAGGED
    for tone in ("negative", "neutral", "positive"):
        of = np.array([row["sentiment"] == tone for row in rows])
        print(f"airline, {tone}: {flagged[of].mean():.4f} of {of.sum()} flagged")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("--out", type=Path, default=FITTED)
    parser.add_argument("--measure", action="store_true", help="fit nothing, measure what is shipped")
    arguments = parser.parse_args()
    maker = Maker(arguments.home)
    sets = read_sets(arguments.data, maker)
    held = held_out(sets["davidson"].texts, HELD_SHARE)
    seen = [sets["olid"], sets["davidson"].only(~held), sets["hatemoji"], sets["convabuse"]]
    told = contrast(maker, [one for one in sentences() if one.is_for_training])
    if not arguments.measure:
        train_pair([*seen, told], RECIPE, maker.fingerprint).save(arguments.out, "abuse")
    measure(arguments.data, maker, sets, sets["davidson"].only(held), score_with(load_pair("abuse")))


if __name__ == "__main__":
    main()
