"""Curves fitted on examples and on a tiny home say what the fitted model says."""

import csv
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from becalm.settings import Settings
from becalm.store import Account, Batch, Comment, NeighbourPair, RawRow, Signals, Store, Text, Thread
from becalm.store.upsert import add
from benchmarks.curves import Bends, Examples, Shape, document, figures, fit_curves, log_odds
from benchmarks.fit import THRESHOLDS, _family, main
from embeddings import additive
from embeddings.additive import AdditiveModel, Curve, load_model
from embeddings.kinship import KINSHIP
from embeddings.verdict import EVIDENCE, KIN
from embeddings.words import WordIndex

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KINDS = {
    "smooth": lambda dice, count: dice.normal(size=count),
    "piled low": lambda dice, count: np.where(dice.random(count) < 0.7, 0, dice.exponential(size=count)),
    "piled high": lambda dice, count: np.where(dice.random(count) < 0.7, 1, dice.random(count)),
    "piled between": lambda dice, count: np.where(dice.random(count) < 0.6, 0.5, dice.random(count)),
    "yes or no": lambda dice, count: (dice.random(count) < 0.3).astype(float),
    "constant": lambda dice, count: np.ones(count),
    "large": lambda dice, count: dice.normal(size=count) * 1_000 + 5_000,
}


def examples(count: int = 400) -> Examples:
    dice = np.random.default_rng(1)
    features = np.column_stack([make(dice, count) for make in KINDS.values()])
    targets = features[:, 0] + features[:, 1] - features[:, 3] + dice.normal(size=count) > 0.5
    return Examples(tuple(KINDS), features, targets, dice.uniform(0.5, 3, count), np.arange(count) % 20)


@pytest.mark.parametrize("bends", [0, 1, 2, 4])
def test_a_document_gives_the_odds_of_the_fitted_model(bends: int) -> None:
    known = examples()
    pipeline = make_pipeline(StandardScaler(), Bends(bends), LogisticRegression(max_iter=5_000))
    pipeline.fit(known.features, known.targets, logisticregression__sample_weight=known.weights)
    written = document(pipeline, known.names)
    beyond = np.random.default_rng(2).normal(size=known.features.shape) * 9
    for rows in (known.features, beyond, known.features + 1e4):
        assert log_odds(written, known.names, rows) == pytest.approx(pipeline.decision_function(rows), abs=0.01)
    curves = {
        name: Curve(np.array(curve["knots"]), np.array(curve["values"])) for name, curve in written["features"].items()
    }
    model = AdditiveModel(written["intercept"], curves, 0.5)
    assert model.log_odds(known.names, beyond) == pytest.approx(log_odds(written, known.names, beyond))
    assert all((np.diff(curve.knots) > 0).all() for curve in curves.values())


def test_five_folds_tell_what_is_learnt_from_what_is_not() -> None:
    known = examples()
    guesses, written = fit_curves(known, Shape(2, 0.3))
    assert written["features"].keys() == set(KINDS)
    assert guesses[known.targets].mean() > guesses[~known.targets].mean() + 0.2
    by_chance = Examples(known.names, known.features, known.targets[::-1], known.weights, known.folds)
    nothing, _ = fit_curves(by_chance, Shape(2, 0.3))
    assert abs(nothing[by_chance.targets].mean() - nothing[~by_chance.targets].mean()) < 0.05


def test_figures_weigh_the_examples() -> None:
    targets, guesses = np.array([True, True, False, False]), np.array([0.9, 0.1, 0.9, 0.1])
    known = Examples((), np.empty((4, 0)), targets, np.array([3.0, 1.0, 1.0, 9.0]), np.arange(4))
    assert figures(known, guesses, 0.5) == "2 of 4; five-fold precision 0.750, recall 0.750"
    assert figures(known, guesses, 0.95) == "2 of 4; five-fold precision 0.000, recall 0.000"


def test_examples_of_two_sets_share_no_fold() -> None:
    part = (np.zeros((2, 1)), np.array([True, False]), np.ones(2), ["a", "b"])
    stacked = Examples.stack(("x",), [part, part])
    assert len(stacked.features) == len(set(stacked.folds.tolist())) == 4


@pytest.mark.parametrize(
    ("votes", "family"),
    [
        ({"a": 2, "b": 3, "": 1}, "b"),
        ({"a": 2, "": 2}, ""),
        ({"a": 1, "?": 9}, "a"),
        ({"?": 9}, "?"),
        ({}, "?"),
    ],
)
def test_a_group_is_what_most_of_its_labelled_comments_are(votes: dict[str, int], family: str) -> None:
    assert _family(Counter(votes)) == family


SYLLABLES = [one + other for one in "bdfgklmnprst" for other in "aeiou"]


def texts_of_home() -> tuple[list[str], list[str], list[tuple[int, int]]]:
    """Texts, the family of each ("" for organic) and ties: eight pushes of two templates, and twenty groups of talk."""
    dice = np.random.default_rng(3)

    def words(count: int) -> str:
        return " ".join("".join(dice.choice(SYLLABLES, 3)) for _ in range(count))

    texts: list[str] = []
    families: list[str] = []
    ties = []
    common = words(30).split()
    for number in range(36):
        is_push = number < 16
        name = f"coach{chr(97 + number // 2)}fx"
        template = " ".join([words(2), *dice.choice(common, 3)] if is_push else dice.choice(common, 8))
        first = len(texts)
        texts += [f"{template} {f'{name} {name}pro {name}.example' if is_push else ''} {words(1)}" for _ in range(3)]
        families += [name if is_push else ""] * 3
        ties += [(first, first + 1), (first, first + 2), (first + 1, first + 2)]
    texts += [f"{words(4)} coach{chr(97 + number)}fx" for number in range(8)]
    families += [f"coach{chr(97 + number)}fx" for number in range(8)]
    texts += [f"{' '.join(dice.choice(common, 6))} coach{chr(97 + number)}fx" for number in range(8)]
    families += [""] * 8
    return texts, families, ties


@pytest.fixture
def home(tmp_path: Path) -> tuple[Path, Path]:
    """A home of its own making, and the labels of its comments."""
    texts, families, ties = texts_of_home()
    settings, ids = Settings(home=tmp_path / "home"), range(len(texts))
    where = {"platform": "clipshare", "channel": "lantern-tea"}
    with Store.open(settings.store_url) as store, store.writing() as session:
        batch = {"id": 1, "run_id": "r", "source": "a.jsonl", "first_line": 1, "rows": 1, "collected_at": NOW}
        add(session, Batch, [batch])
        add(session, Thread, [{"id": 1, "thread_id": "t1", **where}])
        add(session, Account, [{"id": one, "platform": "clipshare", "author_id": f"a{one}"} for one in ids])
        add(session, RawRow, [{"id": one, "batch_id": 1, "line": one, "payload": "{}"} for one in ids])
        add(session, Text, [{"id": one, "normalised": texts[one], "script": "Latin"} for one in ids])
        refers = [{"thread_id": 1, "account_id": one, "text_id": one, "raw_row_id": one} for one in ids]
        said = [
            {"comment_id": f"c{one}", "text": "T", "published_at": NOW + timedelta(hours=one), "raw": {}} for one in ids
        ]
        add(session, Comment, [{"id": one, **where, **refers[one], **said[one], "is_brand": False} for one in ids])
        scores = dict.fromkeys(("spam", "abuse", "off_topic", "complaint", "praise", "sentiment"), 0.0)
        lists = {"keywords": [], "private_data": [], "reasons": [], "scorer": "1"}
        add(session, Signals, [{"comment_id": one, "scored_text_id": one, **scores, **lists} for one in ids])
        tie = {"characters": 0.8, "meaning": None, "channel": "characters"}
        add(session, NeighbourPair, [{"first_id": one, "second_id": other, **tie} for one, other in ties])
    words = WordIndex(settings.index_folder / "words.npz")
    words.add(np.arange(len(texts)), texts)
    words.save()
    with (tmp_path / "truth.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["comment_id", "label", "family"])
        writer.writerows([f"c{one}", "spam", family] for one, family in enumerate(families) if family)
    return settings.home, tmp_path / "truth.csv"


def test_a_tiny_home_is_fitted_and_its_models_can_be_loaded(
    home: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fit", ":".join(map(str, home)), "--out", str(tmp_path)])
    main()
    assert capsys.readouterr().out.count("five-fold precision") == 3
    monkeypatch.setattr(additive, "FITTED", tmp_path)
    models = {name: load_model.__wrapped__(name) for name in THRESHOLDS}
    assert {name: model.threshold for name, model in models.items()} == THRESHOLDS
    assert models["verdict"].curves.keys() == set(EVIDENCE)
    assert models["kinship"].curves.keys() == models["adoption"].curves.keys() == set(KINSHIP)
    assert (np.diff(models["verdict"].curves[KIN].values) >= 0).all()
    # Links are what pushes here have and talk has not.
    verdict = models["verdict"]
    low, high = (verdict.contributions(dict.fromkeys(EVIDENCE, 0.0) | {"addresses": share}) for share in (0.0, 1.0))
    assert high["addresses"] > low["addresses"]


def test_models_that_are_not_asked_for_stand_as_they_were(
    home: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = ["--only", "kinship", "adoption"]
    monkeypatch.setattr(sys, "argv", ["fit", ":".join(map(str, home)), "--out", str(tmp_path), *only])
    main()
    assert {path.stem for path in tmp_path.glob("*.json")} == {"kinship", "adoption"}
