"""What is made of a peer's answer."""

import numpy as np

from benchmarks.campaigns.ours import Distinct
from benchmarks.campaigns.peers import bigrams, components, flagged
from benchmarks.campaigns.static_model import principal, weigh


def test_words_next_to_each_other_are_bigrams_and_a_lone_word_is_itself() -> None:
    assert bigrams("cheap watches here") == ["cheap watches", "watches here"]
    assert bigrams("cheap") == ["cheap"]
    assert bigrams("") == []


def test_rows_near_each_other_by_way_of_others_share_a_label() -> None:
    labels = components([[0, 1], [1, 2], [2], [3], []])
    assert labels[0] == labels[1] == labels[2]
    assert len({labels[0], labels[3], labels[4]}) == 3


def test_a_group_counts_by_its_comments_and_not_by_its_texts() -> None:
    rows = {"a": 0, "b": 0, "c": 0, "d": 1, "e": 2, "f": 3}
    assert set(flagged(np.array([7, 7, 5, 6]), rows)) == {"a", "b", "c", "d"}
    assert set(flagged(np.array([1, 2, 3, 4]), rows, at_least=3)) == {"a", "b", "c"}


def test_short_texts_go_with_their_comments_and_the_others_are_numbered_anew() -> None:
    distinct = Distinct(["short", "a long enough text"], {"a": 0, "b": 1, "c": 1})
    assert distinct.of_length(10) == Distinct(["a long enough text"], {"b": 0, "c": 0})


def test_principal_components_keep_distances_when_nothing_is_cut() -> None:
    vectors = np.random.default_rng(1).normal(size=(20, 5)).astype(np.float32)
    turned = principal(vectors, 5)
    before, after = (np.linalg.norm(one[:, None] - one[None], axis=2) for one in (vectors, turned))
    assert np.allclose(before, after, atol=1e-4)
    assert np.var(turned, axis=0).argmax() == 0


def test_frequent_tokens_weigh_less() -> None:
    lengths = np.linalg.norm(weigh(np.ones((100, 4), np.float32), np.arange(1, 101)), axis=1)
    assert (np.diff(lengths) > 0).all()
