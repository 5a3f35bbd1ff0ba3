from collections.abc import Mapping
from random import Random
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.records import Channel
from embeddings.bands import BandIndex, band_keys
from embeddings.characters import Shingles
from embeddings.groups import SMALLEST_GROUP, Group, find_groups
from embeddings.neighbours import NeighbourRules, Neighbours, Pairs, meeting, together, verify

RULES = NeighbourRules()
Edges = Mapping[tuple[int, int], float]


def neighbours(edges: Edges, by_characters: bool = True) -> Neighbours:
    first = np.array([one for one, _ in edges], np.int64)
    second = np.array([other for _, other in edges], np.int64)
    similarity = np.array(list(edges.values()), float)
    unknown = np.full(len(edges), np.nan)
    both = (similarity, unknown) if by_characters else (unknown, similarity)
    return Neighbours(Pairs(first, second), *both, np.full(len(edges), by_characters))


def texts(groups: list[Group]) -> list[list[int]]:
    return [sorted(group.text_ids) for group in groups]


pair = st.tuples(st.integers(0, 14), st.integers(0, 14)).filter(lambda ends: ends[0] < ends[1])
edges = st.dictionaries(pair, st.integers(40, 100).map(lambda percent: percent / 100), max_size=40)
counts = st.dictionaries(st.integers(0, 17), st.integers(1, 6), max_size=18)


@given(edges, counts)
def test_every_member_is_a_verified_neighbour_of_the_medoid(edges, counts):
    for group in find_groups(neighbours(edges), counts):
        medoid, *others = group.members
        assert medoid.similarity == 1
        for member in others:
            ends = (min(medoid.text_id, member.text_id), max(medoid.text_id, member.text_id))
            assert member.similarity == edges[ends]


@given(edges, counts)
def test_a_text_is_in_one_group_at_most(edges, counts):
    members = [text_id for group in find_groups(neighbours(edges), counts) for text_id in group.text_ids]
    assert len(members) == len(set(members))


@given(edges, counts)
def test_groups_have_three_comments_at_least_and_none_that_could_be_one_is_missed(edges, counts):
    groups = find_groups(neighbours(edges), counts)
    sizes = [sum(counts.get(one, 0) for one in group.text_ids) for group in groups]
    assert all(size >= SMALLEST_GROUP for size in sizes)
    grouped = {one for group in groups for one in group.text_ids}
    assert {one for one, count in counts.items() if count >= SMALLEST_GROUP} <= grouped


@given(edges, counts, st.randoms(use_true_random=False))
def test_the_order_of_pairs_is_irrelevant(edges, counts, dice):
    shuffled = list(edges.items())
    dice.shuffle(shuffled)
    assert find_groups(neighbours(dict(shuffled)), counts) == find_groups(neighbours(edges), counts)


@given(edges, counts, edges, counts)
def test_what_happens_elsewhere_changes_no_group(edges, counts, other_edges, other_counts):
    far = {(one + 100, other + 100): similarity for (one, other), similarity in other_edges.items()}
    far_counts = {one + 100: count for one, count in other_counts.items()}
    both = find_groups(neighbours(edges | far), counts | far_counts)
    here = [group for group in both if group.medoid_id < 100]
    assert here == find_groups(neighbours(edges), counts)


def test_a_chain_does_not_become_one_group():
    chain = {(number, number + 1): 0.9 for number in range(10)}
    groups = find_groups(neighbours(chain), dict.fromkeys(range(11), 1))
    assert all(len(group.members) <= 3 for group in groups)
    assert texts(groups) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


def test_texts_that_a_medoid_has_too_few_of_are_left_to_the_next():
    ends = {(1, 2): 0.9, (1, 3): 0.9, (1, 4): 0.9, (4, 5): 0.95, (5, 6): 0.6}
    groups = find_groups(neighbours(ends), {1: 9, 2: 1, 3: 1, 4: 1, 5: 1, 6: 2})
    assert texts(groups) == [[1, 2, 3, 4], [5, 6]]


def test_a_hub_between_two_strangers_stands_with_one_of_them():
    ends = {(1, 2): 0.9, (2, 3): 0.8, (1, 4): 0.9, (1, 5): 0.9, (3, 6): 0.9, (3, 7): 0.9}
    groups = find_groups(neighbours(ends), dict.fromkeys(range(1, 8), 1))
    assert texts(groups) == [[1, 2, 4, 5], [3, 6, 7]]


def test_one_text_of_many_comments_is_a_group_by_itself():
    (group,) = find_groups(neighbours({}), {5: 3, 6: 2})
    assert group.text_ids == [5]
    assert group.medoid_id == 5


def test_members_tell_the_evidence_that_ties_them():
    (group,) = find_groups(neighbours({(1, 2): 0.85, (1, 3): 0.9}, by_characters=False), {1: 1, 2: 1, 3: 1})
    assert [member.channel for member in group.members[1:]] == [Channel.MEANING, Channel.MEANING]
    assert [member.text_id for member in group.members] == [1, 3, 2]


def test_the_brands_own_texts_make_no_group():
    assert find_groups(neighbours({(1, 2): 0.9, (2, 3): 0.9}), {}) == []


def push(count: int, dice: Random) -> list[str]:
    """Near copies: one message with slots."""
    people = ("my aunt", "my cousin", "a neighbour", "my old boss", "a colleague", "my teacher")
    made: set[str] = set()
    while len(made) < count:
        made.add(
            f"{dice.choice(people)} made {dice.randint(200, 9_900)} in {dice.randint(2, 30)} days with the trading "
            f"course of coach bellamy, write to @bellamy{dice.randint(1, 999)} before monday"
        )
    return sorted(made)


def chatter(count: int, dice: Random) -> list[str]:
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    words = ["".join(dice.choices(syllables, k=dice.randint(1, 4))) for _ in range(2_000)]
    return [" ".join(dice.choices(words, k=dice.randint(5, 25))) for _ in range(count)]


@pytest.mark.parametrize("around", [0, 9_000])
def test_five_thousand_near_copies_are_one_group(around, tmp_path):
    dice = Random(1)
    known = dict(zip(dice.sample(range(2**62), 5_000 + around), push(5_000, dice) + chatter(around, dice), strict=True))
    started = perf_counter()
    ids = np.sort(np.array(list(known), np.int64))
    keys = band_keys(Shingles([known[one] for one in ids.tolist()]))
    index = BandIndex(tmp_path / "characters.npz")
    index.add(ids, keys)
    pairs = together(meeting(index, ids, keys, RULES))
    groups = find_groups(verify(pairs, known, {}, RULES), dict.fromkeys(known, 1))
    assert len(groups[0].members) == 5_000
    assert all("bellamy" in known[one] for one in groups[0].text_ids)
    assert perf_counter() - started < 60


@pytest.mark.parametrize(
    "same",
    ["earn money at home with coach bellamy", "😀🎉🔥", "😀", "สวัสดีครับ สั่งของไปแล้วยังไม่ได้เลย", "ok", "!!!"],
)
def test_all_the_same_text_is_one_group(compare, same):
    (group,) = find_groups(compare([same]), {1: 40})
    assert group.text_ids == [1]


def test_texts_that_have_nothing_in_common_make_no_group(compare):
    different = chatter(300, Random(4))
    assert find_groups(compare(different), dict.fromkeys(range(1, 301), 1)) == []


def test_only_emoji_are_fine(compare):
    pictures = ["😀", "😀 😀", "🎉🔥", "🔥", "❤ 😍 ❤", "👍", "😂😂 🤣", "🙏"]
    find_groups(compare(pictures), dict.fromkeys(range(1, 9), 5))


def test_thai_copies_are_found_by_their_letters(compare):
    offers = [f"รับสมัครงานออนไลน์ รายได้วันละ {amount} บาท สนใจทักไลน์ได้เลย" for amount in (500, 700, 900, 1_500)]
    talk = ["สวัสดีครับ ของถึงแล้วขอบคุณมาก", "เพลงนี้เพราะมากเลยค่ะ"]
    (group,) = find_groups(compare(offers + talk), dict.fromkeys(range(1, 7), 1))
    assert sorted(group.text_ids) == [1, 2, 3, 4]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_texts_are_fine(compare, count):
    assert find_groups(compare(["one text", "another text"][:count]), dict.fromkeys(range(1, count + 1), 1)) == []
