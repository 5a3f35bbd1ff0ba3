"""Fit and measure the signal of being off topic.

    python -m benchmarks.signals.off_topic DATA [--home HOME] [--out FOLDER]

DATA holds context/ (comments with the comment they answer) and youtube-2013/ (comments under threads with a title).
Every figure is of comments, parents and threads that the model it is measured on has not seen.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from becalm.signals.context import CAUTION, MOST_OF_CONTEXT
from becalm.signals.pieces import BUCKETS_LOG2, find_pieces
from becalm.signals.relation import Company, RelationModel, Side, Weights
from becalm.signals.trained import FITTED, likelihood
from becalm.signals.words import split_words
from benchmarks.signals.examples import Examples, Maker, read_rows
from benchmarks.signals.turning import turn_towards

FOLDS, INNER_FOLDS = 5, 3
STRANGERS = 4
COMMENTS, COMPANY = 12_000, 32
LEAST_WORDS = 5
RESTRAINT = 0.3


@dataclass(frozen=True, slots=True)
class Pairs:
    """Comments with a context each: `belongs` is 1 where it is their own, `group` keeps what must not be parted."""

    comments: np.ndarray  # places in `said`
    contexts: np.ndarray  # places in `around`
    belongs: np.ndarray
    group: np.ndarray  # of the comment
    context_group: np.ndarray

    def folds(self, folds: int) -> list[tuple[np.ndarray, np.ndarray]]:
        """Which pairs to fit on and which to measure on; no group of the ones is met in the others."""
        found = []
        for _, test in GroupKFold(folds).split(self.group, groups=self.group):
            held = np.unique(self.group[test])
            is_test = np.isin(self.group, held)
            found.append((~is_test & ~np.isin(self.context_group, held), is_test))
        return found


def side(examples: Examples, most: int | None = None) -> Side:
    """`most` characters of each text count; vectors are of all of it."""
    words = [split_words(reading.plain[:most]) for reading in examples.readings]
    pieces = find_pieces([reading.plain[:most] for reading in examples.readings])
    return Side(examples.vectors, pieces, np.array(list(map(len, words)), float))


def rarity_of(sides: list[Side]) -> np.ndarray:
    """The logarithm of how many texts there are to one that holds a piece."""
    texts = sum(one.pieces.texts for one in sides)
    held = sum(np.bincount(one.pieces.buckets, minlength=1 << BUCKETS_LOG2) for one in sides)
    return np.minimum(np.log(texts / np.maximum(held, 1)), 12).astype(np.float32)


def strangers(own: np.ndarray, groups: np.ndarray, luck: np.random.Generator) -> Pairs:
    """Each comment with its own context and with `STRANGERS` others; `groups` are those of the contexts."""
    count = len(own)
    comments = np.tile(np.arange(count), STRANGERS + 1)
    contexts = np.concatenate([own, *(luck.permutation(own) for _ in range(STRANGERS))])
    group, context_group = groups[own[comments]], groups[contexts]
    is_fair = (np.arange(len(comments)) < count) | (group != context_group)
    return Pairs(
        comments[is_fair], contexts[is_fair], (group == context_group)[is_fair].astype(int), group[is_fair],
        context_group[is_fair],
    )  # fmt: skip


def fit_weights(features: np.ndarray, belongs: np.ndarray) -> Weights:
    """A logistic regression as if half of all pairs belonged together; features are scaled for the fit only."""
    middle, spread = features.mean(0), features.std(0) + 1e-9
    fitted = LogisticRegression(class_weight="balanced", max_iter=2_000).fit((features - middle) / spread, belongs)
    each = fitted.coef_[0] / spread
    return Weights(float(fitted.intercept_[0] - middle @ each), each)


def take(one: Side, places: np.ndarray) -> Side:
    """The side of these places, with pieces in their order."""
    order = np.argsort(one.pieces.rows, kind="stable")
    starts = np.searchsorted(one.pieces.rows[order], np.arange(one.pieces.texts + 1))
    kept = [order[starts[place] : starts[place + 1]] for place in places]
    rows = np.repeat(np.arange(len(places)), [len(part) for part in kept])
    chosen = np.concatenate(kept) if kept else np.empty(0, int)
    pieces = replace(
        one.pieces, texts=len(places), rows=rows, buckets=one.pieces.buckets[chosen], values=one.pieces.values[chosen]
    )
    return Side(one.vectors[places], pieces, one.words[places])


class Answers:
    """Comments beside the comment that they answer."""

    def __init__(self, data: Path, maker: Maker) -> None:
        rows = read_rows(data / "context" / "wikipedia-talk-dev.jsonl.gz")
        texts, parents = [row["text"] for row in rows], [row["parent"] for row in rows]
        self.said, self.around = (
            side(maker.make("answers", part, [1] * len(rows)), most)
            for part, most in ((texts, None), (parents, MOST_OF_CONTEXT))
        )
        first = {parent: place for place, parent in reversed(list(enumerate(parents)))}
        self.pairs = strangers(
            np.arange(len(rows)), np.array([first[parent] for parent in parents]), np.random.default_rng(0)
        )
        self.rarity = rarity_of([self.said, self.around])

    def turned(self, model: RelationModel, kept: np.ndarray) -> RelationModel:
        """`model` with the turn that brings these pairs nearer."""
        own = kept & (self.pairs.belongs == 1)
        told = self.said.vectors[self.pairs.comments[own]], self.around.vectors[self.pairs.contexts[own]]
        return replace(model, turn=turn_towards(*told, model.centre, self.pairs.group[own], RESTRAINT))

    def features(self, model: RelationModel, kept: np.ndarray) -> np.ndarray:
        said = take(self.said, self.pairs.comments[kept])
        return model.of_texts(said, self.around, self.pairs.contexts[kept])

    def fit(self, model: RelationModel, kept: np.ndarray) -> RelationModel:
        """Turn and weights; the weights are fitted on features that a turn of other pairs gave."""
        inner = Pairs(*(getattr(self.pairs, name)[kept] for name in Pairs.__slots__))
        features = np.zeros((kept.sum(), 16))
        places = np.flatnonzero(kept)
        for seen, unseen in inner.folds(INNER_FOLDS):
            is_seen, is_unseen = np.zeros_like(kept), np.zeros_like(kept)
            is_seen[places[seen]], is_unseen[places[unseen]] = True, True
            features[unseen] = self.features(self.turned(model, is_seen), is_unseen)
        return replace(self.turned(model, kept), answer=fit_weights(features, inner.belongs))

    def measure(self, model: RelationModel) -> np.ndarray:
        """Print AUCs over held-out parents; returns the log-odds of each pair."""
        told = np.zeros(len(self.pairs.belongs))
        for seen, unseen in self.pairs.folds(FOLDS):
            fitted = self.fit(model, seen)
            told[unseen] = fitted.answer(self.features(fitted, unseen))
        everything = np.ones(len(told), bool)
        plain = self.features(model, everything)[:, 1]
        print(f"answers: AUC {roc_auc_score(self.pairs.belongs, told):.4f}, by plain cosine", end=" ")
        print(f"{roc_auc_score(self.pairs.belongs, plain):.4f}, {len(told)} pairs")
        return told


class Videos:
    """Comments of five words and more under videos, beside the title and text of the video and other comments there."""

    def __init__(self, data: Path, maker: Maker) -> None:
        folder = data / "youtube-2013"
        threads, rows = read_rows(folder / "threads.jsonl"), read_rows(folder / "comments.jsonl.gz")
        rows = [row for row in Random(0).sample(rows, COMMENTS) if len(row["text"].split()) >= LEAST_WORDS]
        place = {thread["thread_id"]: number for number, thread in enumerate(threads)}
        made = maker.make("videos", [row["text"] for row in rows], [1] * len(rows))
        self.said = side(made)
        titles = [f"{thread['title']} {thread['text']}" for thread in threads]
        self.around = side(maker.make("titles", titles, [1] * len(titles)), MOST_OF_CONTEXT)
        self.pairs = strangers(
            np.array([place[row["thread_id"]] for row in rows]), np.arange(len(threads)), np.random.default_rng(0)
        )
        own = self.pairs.contexts[self.pairs.belongs == 1]
        self.company = self._company(own, len(threads))

    def _company(self, own: np.ndarray, threads: int) -> np.ndarray:
        """For each pair the mean of the first comments of the thread, without the comment itself."""
        first = [np.flatnonzero(own == thread)[:COMPANY].tolist() for thread in range(threads)]
        company = [Company.of({place: self.said.vectors[place] for place in places}) for places in first]
        nobody = np.zeros(self.said.vectors.shape[1], np.float32)
        told = []
        for comment, thread in zip(self.pairs.comments.tolist(), self.pairs.contexts.tolist(), strict=True):
            there = company[thread]
            amid = there.without(comment, self.said.vectors[comment]) if there else None
            told.append(nobody if amid is None else amid)
        return np.array(told)

    def features(self, model: RelationModel) -> dict[str, np.ndarray]:
        said = take(self.said, self.pairs.comments)
        title, company = model.of_texts(said, self.around, self.pairs.contexts), model.of_company(said, self.company)
        return {"title": title, "company": company, "together": np.hstack([title, company])}

    def fit(self, model: RelationModel) -> RelationModel:
        features = self.features(model)
        return replace(model, **{name: fit_weights(part, self.pairs.belongs) for name, part in features.items()})

    def measure(self, model: RelationModel) -> dict[str, np.ndarray]:
        """Print AUCs over held-out threads; returns the log-odds of each pair by what was looked at."""
        belongs, found = self.pairs.belongs, {}
        for name, part in self.features(model).items():
            found[name] = np.zeros(len(belongs))
            for seen, unseen in self.pairs.folds(FOLDS):
                found[name][unseen] = fit_weights(part[seen], belongs[seen])(part[unseen])
            print(f"videos, by {name}: AUC {roc_auc_score(belongs, found[name]):.4f}")
        features = self.features(model)
        print(f"  title by plain cosine {roc_auc_score(belongs, features['title'][:, 1]):.4f},", end=" ")
        print(f"as if it were a comment answered {roc_auc_score(belongs, model.answer(features['title'])):.4f}")
        return found


Told = Callable[[np.ndarray], np.ndarray]


def flagged(name: str, belongs: np.ndarray, told: np.ndarray) -> None:
    for bar in (0.5, 0.8):
        off = likelihood(-told - CAUTION) >= bar
        own, others = off[belongs == 1].mean(), off[belongs == 0].mean()
        print(f"{name}, {bar:.2f}: {own:.3f} of own, {others:.3f} of others flagged")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, default=Path("var"))
    parser.add_argument("--out", type=Path, default=FITTED)
    arguments = parser.parse_args()
    maker = Maker(arguments.home)
    answers, videos = Answers(arguments.data, maker), Videos(arguments.data, maker)
    centre = np.concatenate([answers.said.vectors, answers.around.vectors]).mean(0)
    nothing = Weights(0.0, np.zeros(16))
    rarity = rarity_of([answers.said, answers.around])
    model = RelationModel(maker.fingerprint, centre, np.eye(len(centre), dtype=np.float32), rarity, *[nothing] * 4)
    flagged("answers", answers.pairs.belongs, answers.measure(model))
    model = answers.fit(model, np.ones(len(answers.pairs.belongs), bool))
    for name, told in videos.measure(model).items():
        flagged(f"videos by {name}", videos.pairs.belongs, told)
    videos.fit(model).save(arguments.out / "relation.npz")


if __name__ == "__main__":
    main()
