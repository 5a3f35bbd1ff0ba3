"""What people said of texts, in the groups."""

from collections.abc import Mapping

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.groups import REMEMBERED, Memory, find_groups
from embeddings.neighbours import Neighbours, Pairs
from embeddings.rulings import Rulings

Edges = Mapping[tuple[int, int], float]

pair = st.tuples(st.integers(0, 14), st.integers(0, 14)).filter(lambda ends: ends[0] < ends[1])
edges = st.dictionaries(pair, st.integers(40, 100).map(lambda percent: percent / 100), max_size=40)
counts = st.dictionaries(st.integers(0, 17), st.integers(1, 6), max_size=18)
some = st.frozensets(st.integers(0, 17), max_size=4)
apart = st.frozensets(pair, max_size=6)
rulings = st.builds(lambda bad, good, apart: Rulings(bad - good, good, apart=apart), some, some, apart)


def neighbours(edges: Edges) -> Neighbours:
    first, second = (np.array(side, np.int64) for side in (zip(*edges, strict=True) if edges else ((), ())))
    by_characters = np.ones(len(edges), bool)
    return Neighbours(Pairs(first, second), np.array(list(edges.values())), np.full(len(edges), np.nan), by_characters)


@given(edges, counts, rulings)
def test_whatever_people_said_a_text_is_in_one_group_at_most(edges, counts, rulings):
    members = [text_id for group in find_groups(neighbours(edges), counts, rulings) for text_id in group.text_ids]
    assert len(members) == len(set(members))
    assert set(members) <= counts.keys()


@given(edges, counts, rulings)
def test_texts_that_people_hold_apart_are_never_in_one_group(edges, counts, rulings):
    for group in find_groups(neighbours(edges), counts, rulings):
        assert all(rulings.apart_from(one).isdisjoint(group.text_ids) for one in group.text_ids)


@given(edges, counts, rulings)
def test_what_people_said_of_a_text_holds_for_that_text(edges, counts, rulings):
    memory = {one: group.memory for group in find_groups(neighbours(edges), counts, rulings) for one in group.text_ids}
    assert all(memory[one] is Memory.GOOD for one in rulings.good & counts.keys())
    assert all(memory[one] is Memory.BAD for one in rulings.bad & counts.keys())


@given(edges, counts, rulings)
def test_what_people_said_holds_for_near_copies_and_for_nothing_else(edges, counts, rulings):
    spoken_of = {Memory.GOOD: rulings.good, Memory.BAD: rulings.bad}
    for group in find_groups(neighbours(edges), counts, rulings):
        if group.memory:
            ruled = spoken_of[group.memory]
            near = [one for one in ruled if all(_is_near(one, other, edges) for other in group.text_ids)]
            assert near
        else:
            medoid, *others = group.text_ids
            assert all((min(medoid, other), max(medoid, other)) in edges for other in others)


def _is_near(one: int, other: int, edges: Edges) -> bool:
    return one == other or edges.get((min(one, other), max(one, other)), 0) >= REMEMBERED


@given(edges, counts, rulings)
def test_a_near_copy_of_what_is_never_to_be_flagged_is_remembered_by_nothing_worse(edges, counts, rulings):
    memory = {one: group.memory for group in find_groups(neighbours(edges), counts, rulings) for one in group.text_ids}
    for one in counts.keys() - rulings.bad:
        near_good = [good for good in rulings.good if _is_near(good, one, edges)]
        if near_good and not rulings.apart_from(one):
            assert memory[one] is Memory.GOOD


@given(edges, counts, rulings, st.randoms(use_true_random=False))
def test_with_rulings_too_the_order_of_pairs_is_irrelevant(edges, counts, rulings, dice):
    shuffled = list(edges.items())
    dice.shuffle(shuffled)
    assert find_groups(neighbours(dict(shuffled)), counts, rulings) == find_groups(neighbours(edges), counts, rulings)


def test_a_bad_text_takes_its_near_copies_however_few():
    (group,) = find_groups(neighbours({(1, 2): 0.7, (1, 3): 0.5}), {1: 1, 2: 1, 3: 1}, Rulings(bad=frozenset({1})))
    assert (group.memory, group.text_ids) == (Memory.BAD, [1, 2])


def test_a_single_comment_that_was_removed_before_is_a_group():
    (group,) = find_groups(neighbours({}), {4: 1, 5: 1}, Rulings(bad=frozenset({4})))
    assert (group.memory, group.text_ids) == (Memory.BAD, [4])


def test_good_texts_go_first_and_take_the_copies_that_bad_ones_would():
    ends = {(1, 3): 0.95, (2, 3): 0.7}
    groups = find_groups(neighbours(ends), {1: 1, 2: 1, 3: 9}, Rulings(bad=frozenset({1}), good=frozenset({2})))
    assert [(group.memory, group.text_ids) for group in groups] == [(Memory.GOOD, [2, 3]), (Memory.BAD, [1])]


def test_a_text_that_people_removed_is_no_copy_of_a_good_one():
    ruled = Rulings(bad=frozenset({1}), good=frozenset({2}))
    groups = find_groups(neighbours({(1, 2): 0.9}), {1: 4, 2: 4}, ruled)
    assert [(group.memory, group.text_ids) for group in groups] == [(Memory.GOOD, [2]), (Memory.BAD, [1])]


def test_a_text_that_only_the_brand_wrote_collects_copies_and_is_no_member():
    ends = {(1, 2): 0.7, (1, 3): 0.9, (1, 4): 0.5}
    (group,) = find_groups(neighbours(ends), {2: 1, 3: 1, 4: 1}, Rulings(good=frozenset({1})))
    assert (group.memory, group.text_ids) == (Memory.GOOD, [3, 2])
    assert [member.similarity for member in group.members] == [1, 0.7]


def test_what_is_held_apart_from_the_brands_text_is_no_copy_of_it():
    ruled = Rulings(good=frozenset({1}), apart=frozenset({(1, 2)}))
    (group,) = find_groups(neighbours({(1, 2): 0.9, (1, 3): 0.9}), {2: 1, 3: 1}, ruled)
    assert group.text_ids == [3]


def test_of_texts_that_are_held_apart_the_nearer_one_stays():
    ends = {(1, 2): 0.9, (1, 3): 0.8, (1, 4): 0.7}
    (group,) = find_groups(neighbours(ends), dict.fromkeys(range(1, 5), 1), Rulings(apart=frozenset({(2, 3)})))
    assert group.text_ids == [1, 2, 4]


def test_who_is_held_apart_from_a_group_can_still_be_one():
    ends = {(1, 2): 0.9, (1, 3): 0.9, (1, 4): 0.9}
    ruled = Rulings(apart=frozenset({(1, 4)}))
    groups = find_groups(neighbours(ends), {1: 1, 2: 1, 3: 1, 4: 3}, ruled)
    assert [group.text_ids for group in groups] == [[1, 2, 3], [4]]
