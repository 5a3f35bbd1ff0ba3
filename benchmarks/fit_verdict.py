"""Fit the numbers of the verdict on labelled groups.

    python benchmarks/fit_verdict.py HOME TRUTH [HOME TRUTH ...] [--out embeddings/verdict.json]

HOME is a home that has been through `becalm run`, TRUTH the labels of its comments (comment_id, label with spam,
organic or neutral). Groups are labelled by their majority, unlisted comments count as organic, neutral ones not at
all; a group weighs as the square root of its labelled comments. Printed: five-fold figures; written: the fit on all.
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sqlalchemy import select

from becalm.settings import Settings
from becalm.store import Comment, Model, Store
from embeddings.features import FEATURES
from embeddings.verdict import FITTED
from tasks.describe import described_groups

# Stronger or weaker regularisation (0.1 to 1) moves the five-fold F1 by less than 0.005.
REGULARISATION = 0.3
# A customer taken for a spammer weighs more than a spammer missed; 0.5 to 0.65 give the same F1 within 0.01.
THRESHOLD = 0.6


def labelled_groups(home: Path, truth: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features (groups, features), whether most comments are spam, and the weight of each group."""
    with truth.open(newline="", encoding="utf-8") as file:
        labels = {row["comment_id"]: row["label"] for row in csv.DictReader(file)}
    with Store.open(Settings(home=home).store_url) as store, store.reading() as session:
        model = session.scalars(select(Model.id).order_by(Model.id.desc())).first()
        by_text: dict[int, list[str]] = {}
        for text_id, comment_id in session.execute(select(Comment.text_id, Comment.comment_id)):
            by_text.setdefault(text_id, []).append(labels.get(comment_id, "organic"))
        described = described_groups(session, model)
    features, targets, weights = [], [], []
    for found, description in described:
        votes = [label for text_id in found.text_ids for label in by_text[text_id] if label != "neutral"]
        if votes and description.complaint < 0.5:
            features.append(description.features)
            targets.append(votes.count("spam") > len(votes) / 2)
            weights.append(len(votes) ** 0.5)
    return np.array(features), np.array(targets), np.array(weights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="HOME TRUTH")
    parser.add_argument("--out", type=Path, default=FITTED)
    arguments = parser.parse_args()
    pairs = list(zip(arguments.sets[::2], arguments.sets[1::2], strict=True))
    parts = [labelled_groups(home, truth) for home, truth in pairs]
    features, targets, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, max_iter=5_000))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    guesses = cross_val_predict(
        pipeline, features, targets, cv=folds, params={"logisticregression__sample_weight": weights}
    )
    print(f"{len(targets)} groups, {targets.sum()} of them spam; {figures(targets, guesses, weights)}")
    pipeline.fit(features, targets, logisticregression__sample_weight=weights)
    scaler, fitted = pipeline[0], pipeline[1]
    table = {
        name: {"mean": round(mean, 5), "scale": round(scale, 5), "weight": round(weight, 5)}
        for name, mean, scale, weight in zip(FEATURES, scaler.mean_, scaler.scale_, fitted.coef_[0], strict=True)
    }
    document = {"threshold": THRESHOLD, "intercept": round(float(fitted.intercept_[0]), 5), "features": table}
    arguments.out.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def figures(targets: np.ndarray, guesses: np.ndarray, weights: np.ndarray) -> str:
    """Five-fold precision and recall, groups weighing as they do in the fit."""
    hits = weights[targets & guesses].sum()
    precision, recall = hits / max(weights[guesses].sum(), 1e-9), hits / max(weights[targets].sum(), 1e-9)
    return f"five-fold precision {precision:.3f}, recall {recall:.3f}"


if __name__ == "__main__":
    main()
