import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.records import Channel
from embeddings.features import FEATURES, CommentFacts, TextFacts, describe
from embeddings.groups import Group, Member

DAY = 86_400.0
TEXTS = {
    1: TextFacts("buy the new lamp at our stand today", None, 0.8, 0.0, True),
    2: TextFacts("buy the new lamp at our stand tonight", np.array([1, 0], np.float32), 0.6, 0.2, False),
    3: TextFacts("buy a new lamp at the stand today", np.array([0, 1], np.float32), 0.7, 0.1, False),
    4: TextFacts("", None, 0.0, 0.0, False),
}


def group(*ids: int) -> Group:
    return Group(tuple(Member(one, 1.0 if at == 0 else 0.8, Channel.CHARACTERS) for at, one in enumerate(ids)))


def comments(*rows: tuple[int, int, int, float]) -> CommentFacts:
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return CommentFacts(*columns[:3], columns[3].astype(float))


FACTS = comments((2, 7, 1, 3 * DAY), (1, 7, 1, DAY), (3, 8, 2, 2 * DAY), (1, 7, 3, 5 * DAY), (4, 9, 9, 9 * DAY))


def test_counts_are_those_of_the_groups_own_comments():
    (one,) = describe([group(1, 2, 3)], FACTS, TEXTS)
    assert (one.comments, one.texts, one.accounts, one.threads) == (4, 3, 2, 3)
    assert (one.first_seen, one.last_seen) == (DAY, 5 * DAY)
    assert one["busiest_account_share"] == 0.75
    assert one["links"] == pytest.approx(1 / 3)
    assert one["promotion"] == pytest.approx(0.7)
    assert one.complaint == pytest.approx(0.1)
    assert one["log_span"] == pytest.approx(np.log1p(4 * DAY))
    assert one["log_gap"] == pytest.approx(np.log1p(DAY))


def test_tightness_is_likeness_to_the_medoid_and_whole_for_one_text():
    alone, several = describe([group(4), group(1, 2)], FACTS, TEXTS)
    assert alone["tightness"] == 1
    assert 0.4 < several["tightness"] < 1


def test_meaning_is_closeness_to_the_centre_and_whole_where_it_is_unknown():
    near, unknown = describe([group(2, 3), group(1)], FACTS, TEXTS)
    assert near["meaning"] == pytest.approx(2**-0.5)
    assert unknown["meaning"] == 1


def test_no_groups_have_no_descriptions():
    assert describe([], FACTS, TEXTS) == []


row = st.tuples(st.integers(1, 4), st.integers(1, 5), st.integers(1, 5), st.floats(0, 4e9))


@given(st.lists(row, min_size=1, max_size=30))
def test_features_are_finite_whatever_comes(rows):
    facts = comments(*rows)
    ids = sorted(set(facts.text_id.tolist()))
    (one,) = describe([group(*ids)], facts, TEXTS)
    assert one.features.shape == (len(FEATURES),)
    assert np.isfinite(one.features).all()


@given(st.lists(row, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_comments_is_irrelevant(rows, dice):
    shuffled = list(rows)
    dice.shuffle(shuffled)
    ids = sorted({one[0] for one in rows})
    (one,) = describe([group(*ids)], comments(*rows), TEXTS)
    (other,) = describe([group(*ids)], comments(*shuffled), TEXTS)
    assert np.array_equal(one.features, other.features)
