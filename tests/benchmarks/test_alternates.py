"""What is measured and fitted about alternates."""

import numpy as np
import pytest

from becalm.simulate.world import make_world
from benchmarks.alternates import reciprocal_ranks
from benchmarks.bans import like_name
from benchmarks.rising import Question, as_odds, climbed, document, fit_rising
from benchmarks.writers import Known
from embeddings.additive import AdditiveModel, Curve
from embeddings.carried import Carried, name_parts
from embeddings.writers import Said, gather

KNOTS = {"name": (0.0, 0.5, 1.0), "noise": (0.0, 1.0)}


def test_the_rank_is_that_of_the_first_right_account() -> None:
    ranked = {"a": ["x", "b", "c"], "b": ["y"], "c": ["a"]}
    assert reciprocal_ranks(ranked, {"a": {"b", "c"}, "b": {"a", "c"}, "c": {"a", "b"}}).tolist() == [0.5, 0, 1]


def test_partners_are_those_of_one_writer() -> None:
    known = Known("k", [], {"a": "w", "b": "w", "c": "v"})
    assert known.partners() == {"a": {"b"}, "b": {"a"}}


def questions(count: int = 300) -> list[Question]:
    dice = np.random.default_rng(1)
    found = []
    for number in range(count):
        features = dice.random((9, 2))
        features[0, 0] = 0.5 + dice.random() / 2
        found.append(Question(climbed(features, KNOTS), np.arange(9) + 10 * number, number))
    return found


def test_the_fit_learns_what_tells_and_never_falls() -> None:
    asked = questions()
    name_low, name_high, noise = fit_rising(asked, 0.001, np.zeros(3))
    assert name_low > 1
    assert noise < 0.3
    assert min(name_low, name_high, noise) >= 0
    assert (fit_rising(asked, 0.001, np.array([0.0, 0.0, 0.7]))[2]) >= 0.7


def test_a_document_gives_the_odds_of_the_fit() -> None:
    asked = questions()
    values = fit_rising(asked, 0.001, np.zeros(3))
    scale, intercept = as_odds(asked, values, 100)
    written = document(values, KNOTS, scale, intercept)
    curves = {name: Curve(np.array(one["knots"]), np.array(one["values"])) for name, one in written["features"].items()}
    features = np.random.default_rng(2).uniform(-1, 2, (50, 2))
    odds = AdditiveModel(written["intercept"], curves, 0.5).log_odds(tuple(KNOTS), features)
    assert odds == pytest.approx(climbed(features, KNOTS) @ values * scale + intercept, abs=0.01)


def test_what_is_left_out_is_left_out() -> None:
    kept = questions(1)[0].without(np.array([0, 1, 2]))
    assert kept.owners.tolist() == [0, 3, 4, 5, 6, 7, 8]
    assert len(kept.rows) == 7


def test_names_after_a_ban_are_like_the_old_one() -> None:
    world = make_world(100, 5, 3)
    for _ in range(20):
        writers = gather([Said("a", "x", "Grumbleweed"), Said("b", "x", like_name(world, "Grumbleweed"))])
        rows = Carried(
            [*writers, *gather([Said(f"c{n}", "x", name) for n, name in enumerate(("Tina", "Omar"))])],
            name_parts,
            alone=True,
        ).rows
        assert (rows @ rows.T).toarray()[0, 1] > 0.4
