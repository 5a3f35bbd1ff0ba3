import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from embeddings.linkage import Pair, link

COUNT = 9
pair = st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda ends: ends[0] < ends[1])
similarities = st.dictionaries(pair, st.floats(0.01, 1), max_size=36)
ruled = st.frozensets(pair, max_size=5)
least = st.sampled_from([0.2, 0.35, 0.5, 0.8])


def triples(known: dict[Pair, float]) -> list[tuple[int, int, float]]:
    return [(one, other, similarity) for (one, other), similarity in known.items()]


def partition(labels: list[int]) -> set[frozenset[int]]:
    return {frozenset(one for one, at in enumerate(labels) if at == label) for label in labels}


@pytest.mark.parametrize("seed", range(60))
def test_without_rulings_it_is_average_linkage(seed):
    dice = np.random.default_rng(seed)
    count, density, at_least = int(dice.integers(2, 40)), dice.uniform(0.05, 0.9), dice.uniform(0.05, 0.7)
    likeness = np.triu(dice.random((count, count)) * (dice.random((count, count)) < density), 1)
    pairs = [(int(one), int(other), float(likeness[one, other])) for one, other in np.argwhere(likeness > 0)]
    distances = squareform(1 - (likeness + likeness.T) - np.eye(count))
    expected = fcluster(linkage(distances, "average"), 1 - at_least, "distance")
    assert partition(link(count, pairs, at_least)) == partition(expected.tolist())


@given(similarities, least, ruled, ruled, st.randoms(use_true_random=False))
def test_the_order_of_pairs_is_irrelevant(known, at_least, together, apart, dice):
    shuffled = triples(known)
    dice.shuffle(shuffled)
    expected = link(COUNT, triples(known), at_least, together=together, apart=apart)
    assert link(COUNT, shuffled, at_least, together=together, apart=apart) == expected


@given(similarities, least, ruled, ruled)
def test_what_is_held_apart_never_comes_into_one_cluster(known, at_least, together, apart):
    labels = link(COUNT, triples(known), at_least, together=together, apart=apart)
    assert all(labels[one] != labels[other] for one, other in apart)


@given(similarities, least, ruled)
def test_what_is_held_together_always_does(known, at_least, together):
    labels = link(COUNT, triples(known), at_least, together=together)
    assert all(labels[one] == labels[other] for one, other in together)


@given(similarities, least, ruled, ruled)
def test_a_cluster_is_named_by_its_smallest_item(known, at_least, together, apart):
    labels = link(COUNT, triples(known), at_least, together=together, apart=apart)
    assert len(labels) == COUNT
    assert all(min(cluster) == labels[min(cluster)] for cluster in partition(labels))
    assert set(labels) == {min(cluster) for cluster in partition(labels)}


@given(similarities, least)
def test_no_two_clusters_are_left_that_are_near_enough(known, at_least):
    def mean(one: frozenset[int], other: frozenset[int]) -> float:
        between = [known.get((min(ends), max(ends)), 0.0) for ends in ((a, b) for a in one for b in other)]
        return sum(between) / len(between)

    clusters = partition(link(COUNT, triples(known), at_least))
    means = [mean(one, other) for one in clusters for other in clusters if one != other]
    assume(all(abs(one - at_least) > 1e-9 for one in means))
    assert all(one < at_least for one in means)


def test_the_same_are_kept_apart_also_through_others():
    everyone = {(one, other): 1.0 for other in range(6) for one in range(other)}
    labels = link(6, triples(everyone), 0.3, apart=[(0, 5)])
    assert labels[0] != labels[5]
    assert len(set(labels)) == 2


def test_apart_goes_before_together():
    labels = link(3, [], 0.3, together=[(0, 1), (1, 2)], apart=[(0, 2)])
    assert labels == [0, 0, 2]


def test_strangers_that_belong_together_bring_their_likes():
    labels = link(4, [(0, 1, 0.9), (2, 3, 0.9)], 0.3, together=[(1, 2)])
    assert labels == [0, 0, 0, 0]


def test_who_is_like_one_of_those_that_belong_together_does_not_fall_out():
    assert link(3, [(0, 1, 0.6)], 0.4) == [0, 0, 2]
    assert link(3, [(0, 1, 0.6)], 0.4, together=[(1, 2)]) == [0, 0, 0]
    assert link(3, [(0, 1, 0.6)], 0.4, together=[(1, 2)], apart=[(0, 2)]) == [0, 1, 1]


def test_a_chain_of_likely_pairs_is_not_one_cluster():
    chain = [(one, one + 1, 0.9) for one in range(11)]
    labels = link(12, chain, 0.4)
    assert max(labels.count(label) for label in labels) <= 3


@pytest.mark.parametrize("count", [0, 1, 2])
def test_without_pairs_everybody_stands_alone(count):
    assert link(count, [], 0.3) == list(range(count))


def test_hundreds_alike_end_in_one_cluster():
    around = [(one, other, 0.9) for other in range(300) for one in range(other)]
    assert set(link(300, around, 0.5)) == {0}
