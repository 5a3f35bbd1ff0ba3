from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from embeddings.names import name_campaigns

NOBODY: set[str] = set()
weights = st.dictionaries(st.integers(0, 30), st.integers(1, 9))


def partition(labels: dict[int, int]) -> list[list[int]]:
    """Groups of text ids: those under one label stand together."""
    return [sorted(one for one, at in labels.items() if at == label) for label in sorted(set(labels.values()))]


partitions = st.dictionaries(st.integers(0, 30), st.integers(0, 6), max_size=25).map(partition)


@given(st.lists(partitions, min_size=1, max_size=5), weights)
def test_over_any_history_no_id_is_given_twice(history, weights):
    earlier: dict[int, str] = {}
    taken: set[str] = set()
    for groups in history:
        names = name_campaigns(groups, earlier, weights, taken)
        assert len(names) == len(groups) == len(set(names))
        for name, group in zip(names, groups, strict=True):
            inherited = {earlier[one] for one in group if one in earlier}
            assert name in inherited or name not in taken
        earlier = {one: name for name, group in zip(names, groups, strict=True) for one in group}
        taken |= set(names)


@given(partitions, weights)
def test_without_news_names_stay(groups, weights):
    names = name_campaigns(groups, {}, weights, NOBODY)
    earlier = {one: name for name, group in zip(names, groups, strict=True) for one in group}
    assert name_campaigns(groups, earlier, weights, set(names)) == names


@given(partitions, weights, st.randoms(use_true_random=False))
def test_the_order_of_groups_is_irrelevant(groups, weights, dice):
    earlier = {one: f"old{one % 4}" for group in groups for one in group[::2]}
    shuffled = list(groups)
    dice.shuffle(shuffled)
    names = dict(zip(map(tuple, groups), name_campaigns(groups, earlier, weights, NOBODY), strict=True))
    assert dict(zip(map(tuple, shuffled), name_campaigns(shuffled, earlier, weights, NOBODY), strict=True)) == names


@given(partitions, st.sets(st.integers(31, 60), max_size=9), weights)
def test_growth_changes_no_name(groups, newcomers, weights):
    names = name_campaigns(groups, {}, weights, NOBODY)
    earlier = {one: name for name, group in zip(names, groups, strict=True) for one in group}
    grown = [[*group, *(one for one in newcomers if one % len(groups) == at)] for at, group in enumerate(groups)]
    assert name_campaigns(grown, earlier, weights, set(names)) == names


def test_of_a_split_the_part_with_more_comments_keeps_the_name():
    earlier = dict.fromkeys(range(6), "kept")
    names = name_campaigns([[0, 1, 2, 3], [4, 5]], earlier, {4: 20, 5: 20}, {"kept"})
    assert names[1] == "kept"
    assert names[0] != "kept"


def test_of_a_merger_the_larger_name_stays():
    earlier = {0: "small", 1: "large", 2: "large"}
    assert name_campaigns([[0, 1, 2]], earlier, {}, {"small", "large"}) == ["large"]


def test_a_name_that_was_given_is_not_given_to_strangers():
    (first,) = name_campaigns([[7, 8, 9]], {}, {}, NOBODY)
    assert name_campaigns([[7, 20]], {}, {}, {first}) == [f"{first}-1"]


def test_a_new_campaign_is_named_by_what_it_is_and_not_by_when_it_came():
    assert name_campaigns([[9, 7], [3]], {}, {}, NOBODY) == name_campaigns([[7, 9, 12], [3, 40]], {}, {}, NOBODY)


def test_many_campaigns_have_distinct_names():
    names = name_campaigns([[number, number + 1_000] for number in range(1_000)], {}, {}, NOBODY)
    assert max(Counter(names).values()) == 1
