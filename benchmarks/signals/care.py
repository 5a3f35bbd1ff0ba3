"""Fit and measure the signals of complaints and praise.

    python -m benchmarks.signals.care DATA [--home HOME] [--out FOLDER] [--measure]

DATA holds care/ (customers to airlines, labelled), and youtube-2013/, youtube-spam/ and abuse/davidson, which are
seldom complaints and lend what is none. Beside them stand own sentences about other trades and comments of the
simulator. Each figure of labelled texts is of texts in a fold that the model has not seen, and that of simulated ones
of models that knew one half of the phrase books and were measured on the other; what ships is fitted on all.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from random import Random

import numpy as np
from sklearn.metrics import f1_score, precision_score, recall_score, roc_auc_score

from becalm.signals.care import care_marks, score_complaint, score_praise
from becalm.signals.combine import noisy_or
from becalm.signals.complaint import judge_complaint
from becalm.signals.learned import Batch
from becalm.signals.praise import judge_praise
from becalm.signals.reading import Reading
from becalm.signals.sentiment import blend_sentiment, judge_sentiment
from becalm.signals.trained import FITTED, Floats, Pair, load_pair
from benchmarks.signals.contrast import told_by_kind
from benchmarks.signals.examples import Examples, Maker, read_rows
from benchmarks.signals.simulated import Half, said
from benchmarks.signals.training import Recipe, train_pair

FOLDS = 4
BYSTANDERS, RUDE = 6_000, 2_000
BARS = (0.4, 0.5, 0.6, 0.7)


def marks_of(reading: Reading) -> list[str]:
    return care_marks(reading, judge_sentiment(reading))


AT_HOME = ("customers", "bystanders", "trades")
COMPLAINT = Recipe(
    {"customers": 1.0, "bystanders": 0.15, "trades": 0.3, "simulated": 0.5},
    (*AT_HOME, "simulated"), mark=marks_of, freedom=3.0, units=28, caution=-0.7,
)  # fmt: skip
PRAISE = Recipe({"customers": 1.0, "trades": 2.0, "simulated": 0.7}, AT_HOME, mark=marks_of, units=28, caution=1.6)


Score = Callable[[Pair, Examples], Floats]


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
    rude = [row["text"] for row in read_rows(data / "abuse" / "davidson.jsonl.gz") if row["abusive"]]
    spam = [row["text"] for path in sorted((data / "youtube-spam").glob("*.jsonl")) for row in read_rows(path)]
    chosen = [*Random(1).sample(texts, BYSTANDERS), *spam, *Random(1).sample(rude, RUDE)]
    return maker.make("bystanders", chosen, [0] * len(chosen))


def trades(maker: Maker, kind: str, *, training: bool) -> Examples:
    told = [one for one in told_by_kind("care.yaml") if one.is_for_training is training]
    return maker.make("trades", [one.text for one in told], [int(one.side == kind) for one in told])


def simulated(maker: Maker, kind: str, half: Half = None) -> Examples:
    told = said(half=half)
    return maker.make("simulated", [one.text for one in told], [int(one.side == kind) for one in told])


def complaints(pair: Pair, examples: Examples) -> Floats:
    def scored(batch: Batch) -> Floats:
        reasons = [judge_complaint(one, judge_sentiment(one)) for one in batch.readings]
        return score_complaint(batch, [marks_of(one) for one in batch.readings], reasons, pair)

    return np.concatenate([scored(batch) for batch in examples.batches()])


def praise_beside(complaint: Pair) -> Score:
    """How praise is scored, given the model of complaints."""

    def scored(pair: Pair, batch: Batch) -> Floats:
        marks = [marks_of(one) for one in batch.readings]
        grievances = [judge_complaint(one, judge_sentiment(one)) for one in batch.readings]
        beside = score_complaint(batch, marks, grievances, complaint)
        reasons = [judge_praise(one, noisy_or(found)) for one, found in zip(batch.readings, grievances, strict=True)]
        return score_praise(batch, marks, reasons, pair, beside)

    return lambda pair, examples: np.concatenate([scored(pair, batch) for batch in examples.batches()])


def folds_of(texts: list[str]) -> np.ndarray:
    """Copies of a text stay together."""
    return np.array([blake2b(text.encode(), digest_size=1).digest()[0] % FOLDS for text in texts])


def unseen(unhappy: list[Examples], happy: list[Examples], encoder: str) -> tuple[Floats, Floats]:
    """What models of complaints and of praise say of customers' texts that neither has seen."""
    fold = folds_of(unhappy[0].texts)
    told = np.zeros((2, len(fold)))
    for one in range(FOLDS):
        kept, held = fold != one, fold == one
        complaint = train_pair([unhappy[0].only(kept), *unhappy[1:]], COMPLAINT, encoder)
        praise = train_pair([happy[0].only(kept), *happy[1:]], PRAISE, encoder)
        told[0, held] = complaints(complaint, unhappy[0].only(held))
        told[1, held] = praise_beside(complaint)(praise, happy[0].only(held))
    return told[0], told[1]


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


def measure_tone(customers: Customers, complaint: Floats, praise: Floats) -> None:
    """How the sentiment of negative, neutral and positive comments differs."""
    found = [
        blend_sentiment(one, judge_sentiment(one), float(warm), float(cold))
        for one, warm, cold in zip(customers.examples.readings, praise, complaint, strict=True)
    ]
    told = np.array([one.score if one else 0.0 for one in found])
    for tone in ("negative", "neutral", "positive"):
        of = customers.tone == tone
        print(f"sentiment of {tone}: mean {told[of].mean():.3f}, {(told[of] > 0).mean():.3f} above 0")
    clear = customers.tone != "neutral"
    print(f"  AUC of positive from negative {roc_auc_score(customers.tone[clear] == 'positive', told[clear]):.4f}")


def measure_elsewhere(maker: Maker, bystanders: Examples, complaint: Pair, praise: Pair) -> None:
    """What the shipped models say of texts that are no tweets to airlines."""
    for kind, pair, score in (("complaint", complaint, complaints), ("praise", praise, praise_beside(complaint))):
        held = trades(maker, kind, training=False)
        told = score(pair, held)
        shown = ", ".join(
            f"{bar}: {(told[held.targets == 1] >= bar).mean():.3f} / {(told[held.targets == 0] >= bar).mean():.3f}"
            for bar in BARS
        )
        print(f"{kind}, held-out templates ({held.targets.sum()} / {(1 - held.targets).sum()}), flagged from {shown}")
        told = score(pair, bystanders)
        print(f"  of bystanders: {', '.join(f'{bar}: {(told >= bar).mean():.4f}' for bar in BARS)}", flush=True)


def measure_other_half(maker: Maker, unhappy: list[Examples], happy: list[Examples]) -> None:
    """What models that knew every second line of the simulator say of what the other lines make."""
    complaint = train_pair([*unhappy, simulated(maker, "complaint", 0)], COMPLAINT, maker.fingerprint)
    praise = train_pair([*happy, simulated(maker, "praise", 0)], PRAISE, maker.fingerprint)
    held = simulated(maker, "complaint", 1)
    unhappily, happily = complaints(complaint, held), praise_beside(complaint)(praise, held)
    kinds = np.array([f"{one.side} ({one.kind})" for one in said(half=1)])
    for kind in sorted(set(kinds)):
        of = kinds == kind
        shown = ", ".join(
            f"{bar}: {(unhappily[of] >= bar).mean():.3f} / {(happily[of] >= bar).mean():.3f}" for bar in BARS
        )
        print(f"other half of the simulator, {kind}: {of.sum()}, complaint / praise {shown}", flush=True)


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
    if arguments.measure:
        measure_other_half(maker, unhappy, happy)
    unhappy, happy = [*unhappy, simulated(maker, "complaint")], [*happy, simulated(maker, "praise")]
    if not arguments.measure:
        train_pair(unhappy, COMPLAINT, maker.fingerprint).save(arguments.out, "complaint")
        train_pair(happy, PRAISE, maker.fingerprint).save(arguments.out, "praise")
    measure_elsewhere(maker, bystanders, load_pair("complaint"), load_pair("praise"))
    unhappily, happily = unseen(unhappy, happy, maker.fingerprint)
    measure("complaints of customers", unhappy[0].targets, unhappily)
    measure_reasons(customers, unhappily)
    measure("praise of customers", happy[0].targets, happily)
    measure_tone(customers, unhappily, happily)


if __name__ == "__main__":
    main()
