import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.additive import AdditiveModel, Curve, likelihood, load_model, path_of
from embeddings.features import FEATURES
from embeddings.kinship import KINSHIP
from embeddings.verdict import EVIDENCE, KIN

CURVE = Curve(np.array([0.0, 1.0, 4.0]), np.array([-1.0, 2.0, 0.5]))
SHIPPED = {"verdict": EVIDENCE, "kinship": KINSHIP, "adoption": KINSHIP}

numbers = st.floats(-1e9, 1e9)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    knots = sorted(draw(st.sets(st.integers(-50, 50), min_size=1, max_size=6)))
    values = draw(st.lists(st.floats(-9, 9), min_size=len(knots), max_size=len(knots)))
    return Curve(np.array(knots, float), np.array(values))


models = st.builds(
    AdditiveModel,
    st.floats(-9, 9),
    st.dictionaries(st.sampled_from("abcd"), curves()),
    st.floats(0, 1),
)


def test_a_curve_is_straight_between_its_knots():
    assert CURVE(np.array([0, 0.5, 1, 2, 4])).tolist() == [-1, 0.5, 2, 1.5, 0.5]


@given(curves(), numbers)
def test_beyond_its_knots_a_curve_is_level(curve, beyond):
    below, above = min(curve.knots[0], beyond), max(curve.knots[-1], beyond)
    assert curve(np.array([below, above])).tolist() == [curve.values[0], curve.values[-1]]


@given(models, st.lists(st.tuples(numbers, numbers, numbers, numbers), max_size=5))
def test_contributions_sum_to_the_log_odds(model, rows):
    together = model.log_odds("abcd", np.array(rows, float).reshape(-1, 4))
    alone = [model.contributions(dict(zip("abcd", row, strict=True))) for row in rows]
    assert together == pytest.approx([model.intercept + sum(one.values()) for one in alone])
    assert all(one.keys() == model.curves.keys() for one in alone)


@given(models, st.lists(numbers, min_size=4, max_size=4))
def test_the_order_of_columns_and_others_beside_them_are_irrelevant(model, row):
    features = np.array([row])
    turned = model.log_odds("dcbae", np.array([[*row[::-1], 7.0]]))
    assert turned == pytest.approx(model.log_odds("abcd", features))


@given(st.lists(st.floats(-1e300, 1e300), max_size=9).map(sorted))
def test_a_likelihood_lies_between_none_and_one_and_rises_with_the_odds(odds):
    found = likelihood(np.array(odds, float))
    assert ((found > 0) & (found < 1)).all()
    assert (np.diff(found) >= 0).all()


def test_even_odds_are_a_likelihood_of_one_half():
    assert likelihood(np.array([0.0, np.log(3)])) == pytest.approx([0.5, 0.75])


@pytest.mark.parametrize(("name", "known"), SHIPPED.items())
def test_shipped_models_have_curves_for_what_they_look_at_and_for_nothing_else(name, known):
    model = load_model(name)
    assert model.curves.keys() == set(known)
    assert 0 < model.threshold < 1
    assert np.isfinite(model.intercept)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_curves_are_whole(name):
    for curve in load_model(name).curves.values():
        assert len(curve.knots) == len(curve.values) >= 1
        assert (np.diff(curve.knots) > 0).all()
        assert np.isfinite(curve.values).all()


def test_a_verdict_has_no_curve_that_lowers_the_odds_for_more_kin():
    assert (np.diff(load_model("verdict").curves[KIN].values) >= 0).all()
    assert KIN not in FEATURES


def test_a_model_is_what_its_file_says():
    document = json.loads(path_of("verdict").read_text("utf-8"))
    model = load_model("verdict")
    assert (model.intercept, model.threshold) == (document["intercept"], document["threshold"])
    assert {name: curve.values.tolist() for name, curve in model.curves.items()} == {
        name: curve["values"] for name, curve in document["features"].items()
    }
