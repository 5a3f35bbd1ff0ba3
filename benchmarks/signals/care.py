"""Fit and measure the signals of complaints and praise.

    python -m benchmarks.signals.care DATA [--home HOME] [--out FOLDER] [--measure]

DATA holds care/ (customers to airlines, labelled), youtube-2013/ and youtube-spam/, whose comments are seldom
complaints and lend what is none. Each figure of labelled texts is of texts in a fold that the model
has not seen; what ships is fitted on all.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

from becalm.signals.care import NEVER_SURE, SURE_LEXICONS, care_marks, score_care
from becalm.signals.combine import noisy_or
from becalm.signals.complaint import judge_complaint
from becalm.signals.learned import Batch
from becalm.signals.praise import judge_praise
from becalm.signals.reading import Reading
from becalm.signals.sentiment import judge_sentiment
from becalm.signals.trained import FITTED, Floats, Pair, load_pair
from benchmarks.signals.contrast import told_by_kind
from benchmarks.signals.examples import Examples, Maker, read_rows
from benchmarks.signals.training import Recipe, train_pair

FOLDS = 4
BYSTANDERS = 6_000
BARS = (0.4, 0.5, 0.6, 0.7)


def marks_of(reading: Reading) -> list[str]:
    return care_marks(reading, judge_sentiment(reading))


AT_HOME = ("customers", "bystanders", "trades")
COMPLAINT = Recipe(
    {"customers": 1.0, "bystanders": 0.1, "trades": 1.0}, AT_HOME, mark=marks_of, freedom=0.5, caution=-0.5
)
PRAISE = Recipe({"customers": 1.0, "trades": 1.0}, AT_HOME, mark=marks_of, freedom=0.5, caution=1.9)


@dataclass(frozen=True, slots=True)
class Customers:
    """Labelled comments; `tone` is negative, neutral or positive, `reason` that of the complaint."""

    examples: Examples
    tone: np.ndarray
    reason: np.ndarray

    def of(self, tone: str) -> Examples:
        return replace(self.examples, targets=(self.tone == tone).astype(int))


def read_customers(data: Path, maker: Maker) -> Customers:
    rows = read_rows(data / "care" / "airline-dev.jsonl.gz")
    made = maker.make("customers", [row["text"] for row in rows], [0] * len(rows))
    return Customers(made, np.array([row["sentiment"] for row in rows]), np.array([row["reason"] for row in rows]))


def read_bystanders(data: Path, maker: Maker) -> Examples:
    texts = [row["text"] for row in read_rows(data / "youtube-2013" / "comments.jsonl.gz")]
    spam = [row["text"] for path in sorted((data / "youtube-spam").glob("*.jsonl")) for row in read_rows(path)]
    chosen = [*Random(1).sample(texts, BYSTANDERS), *spam]
    return maker.make("bystanders", chosen, [0] * len(chosen))


def trades(maker: Maker, kind: str, *, training: bool) -> Examples:
    told = [one for one in told_by_kind("care.yaml") if one.is_for_training is training]
    return maker.make("trades", [one.text for one in told], [int(one.side == kind) for one in told])


def score_complaints(pair: Pair, examples: Examples) -> Floats:
    return _score(pair, examples, lambda reading: judge_complaint(reading, judge_sentiment(reading)), SURE_LEXICONS)


def score_praise(pair: Pair, examples: Examples) -> Floats:
    def reasons(reading: Reading) -> list:
        return judge_praise(reading, noisy_or(judge_complaint(reading, judge_sentiment(reading))))

    return _score(pair, examples, reasons, NEVER_SURE)


def _score(pair: Pair, examples: Examples, judge: Callable[[Reading], list], sure: float) -> Floats:
    def scored(batch: Batch) -> Floats:
        marks, found = [marks_of(one) for one in batch.readings], [judge(one) for one in batch.readings]
        return score_care(batch, marks, found, pair, sure=sure)

    return np.concatenate([scored(batch) for batch in examples.batches()])


def unseen(sets: list[Examples], recipe: Recipe, encoder: str, score: Callable[[Pair, Examples], Floats]) -> Floats:
    """What models say of the first set's texts that they have not seen; copies of a text stay together."""
    first, rest = sets[0], sets[1:]
    fold = np.array([int.from_bytes(text.encode()[-9:], "big") % FOLDS for text in first.texts])
    told = np.zeros(len(first.texts))
    for one in range(FOLDS):
        pair = train_pair([first.only(fold != one), *rest], recipe, encoder)
        told[fold == one] = score(pair, first.only(fold == one))
    return told


def measure(name: str, targets: np.ndarray, told: Floats) -> None:
    print(f"{name}: AUC {roc_auc_score(targets, told):.4f}")
    for bar in BARS:
        flagged = told >= bar
        print(
            f"  from {bar} on: macro F1 {f1_score(targets, flagged, average='macro'):.4f},"
            f" precision {precision_score(targets, flagged):.4f}, recall {recall_score(targets, flagged):.4f}"
        )


def measure_reasons(customers: Customers, told: Floats) -> None:
    for reason in sorted(set(customers.reason) - {""}):
        of = customers.reason == reason
        print(f"  {reason}: {of.sum()},", ", ".join(f"{(told[of] >= bar).mean():.3f}" for bar in BARS))


def measure_elsewhere(maker: Maker, bystanders: Examples, complaint: Pair, praise: Pair) -> None:
    """What the shipped models say of texts that are no tweets to airlines."""
    for name, kind, pair, score in (
        ("complaint", "complaint", complaint, score_complaints), ("praise", "praise", praise, score_praise),
    ):  # fmt: skip
        held = trades(maker, kind, training=False)
        told = score(pair, held)
        shown = ", ".join(
            f"{bar}: {(told[held.targets == 1] >= bar).mean():.3f} / {(told[held.targets == 0] >= bar).mean():.3f}"
            for bar in BARS
        )
        print(f"{name}, held-out templates ({held.targets.sum()} / {(1 - held.targets).sum()}), flagged from {shown}")
        told = score(pair, bystanders)
        print(f"  of comments under videos: {', '.join(f'{bar}: {(told >= bar).mean():.4f}' for bar in BARS)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("--out", type=Path, default=FITTED)
    parser.add_argument("--measure", action="store_true", help="fit nothing to ship")
    arguments = parser.parse_args()
    maker = Maker(arguments.home)
    customers, bystanders = read_customers(arguments.data, maker), read_bystanders(arguments.data, maker)
    unhappy = [customers.of("negative"), bystanders, trades(maker, "complaint", training=True)]
    happy = [customers.of("positive"), trades(maker, "praise", training=True)]
    if not arguments.measure:
        train_pair(unhappy, COMPLAINT, maker.fingerprint).save(arguments.out, "complaint")
        train_pair(happy, PRAISE, maker.fingerprint).save(arguments.out, "praise")
    measure_elsewhere(maker, bystanders, load_pair("complaint"), load_pair("praise"))
    told = unseen(unhappy, COMPLAINT, maker.fingerprint, score_complaints)
    measure("complaints of customers", unhappy[0].targets, told)
    measure_reasons(customers, told)
    measure("praise of customers", happy[0].targets, unseen(happy, PRAISE, maker.fingerprint, score_praise))


if __name__ == "__main__":
    main()
