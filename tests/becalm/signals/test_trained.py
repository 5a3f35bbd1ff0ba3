import numpy as np
import pytest

from becalm.signals.pieces import BUCKETS_LOG2, find_pieces
from becalm.signals.trained import FITTED, Network, TrainedModel, likelihood, load_pair, trained_on


@pytest.fixture
def model():
    luck = np.random.default_rng(0)
    pieces = luck.normal(size=1 << BUCKETS_LOG2).astype(np.float32)
    network = Network(*(luck.normal(size=size).astype(np.float32) for size in ((4, 3), 3, 3, 4)))
    return TrainedModel(-0.5, pieces, {"insult": 1.5, "doubt": -1.0}, network, "an encoder")


def test_marks_pieces_and_vectors_all_add_to_the_log_odds(model):
    pieces, vectors = find_pieces(["you idiot", "you idiot"]), np.ones((2, 4), np.float32)
    bare, marked = model.log_odds(pieces, [[], ["insult", "unheard of"]], None)
    assert marked - bare == pytest.approx(1.5)
    with_vectors = model.log_odds(pieces, [[], []], vectors)
    assert with_vectors - bare == pytest.approx(model.network(vectors))
    assert bare == pytest.approx(-0.5 + pieces.weigh(model.pieces)[0])


def test_a_saved_model_says_nearly_the_same(model, tmp_path):
    model.save(tmp_path / "model.npz")
    again = TrainedModel.read(tmp_path / "model.npz")
    given = find_pieces(["you idiot", "what a lovely day"]), [["insult"], []], np.ones((2, 4), np.float32)
    assert again.log_odds(*given) == pytest.approx(model.log_odds(*given), abs=0.1)
    assert again.encoder == "an encoder"


def test_what_is_shipped_is_small_and_of_one_encoder():
    assert sum(path.stat().st_size for path in FITTED.glob("*.npz")) < 1_200_000
    assert trained_on(load_pair("abuse").by_all.encoder)
    assert not trained_on("another encoder")


def test_likelihoods_stay_in_range():
    assert likelihood(np.array([-1e9, 0.0, 1e9])) == pytest.approx([0, 0.5, 1], abs=1e-9)
