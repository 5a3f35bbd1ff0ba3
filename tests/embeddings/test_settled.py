from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.groups import Group, Memory
from embeddings.settled import EVER, REACH_SECONDS, JudgedBefore, Reach, settled_groups

LONG_AGO, NOW = 0.0, 10.0 * REACH_SECONDS
NEWS = Reach.around([NOW])
SEEN = dict.fromkeys(range(1, 30), 2)


def before(campaign: str | None, *text_ids: int, seen: float = LONG_AGO) -> JudgedBefore:
    return JudgedBefore(campaign, frozenset(text_ids), 2 * len(text_ids), seen, seen + 1)


@pytest.fixture
def stands(group_of: Callable[..., Group]) -> Callable[..., set[str]]:
    """Which of the groups of before stand, if these are found now."""

    def run(known: dict[str, JudgedBefore], *found: Group | tuple[int, ...], **changed: int) -> set[str]:
        groups = [one if isinstance(one, Group) else group_of(*one) for one in found]
        comments = SEEN | {int(name.removeprefix("text")): count for name, count in changed.items()}
        return set(settled_groups(groups, known, comments, NEWS).groups)

    return run


def test_a_group_that_is_found_as_it_was_and_lies_far_back_stands(stands):
    assert stands({"g1": before(None, 1, 2, 3)}, (1, 2, 3)) == {"g1"}
    assert stands({"g1": before(None, 1, 2, 3)}, (2, 3, 1)) == {"g1"}


@pytest.mark.parametrize("found", [(1, 2), (1, 2, 3, 4), (1, 2, 4)])
def test_one_with_other_texts_does_not(stands, found):
    assert stands({"g1": before(None, 1, 2, 3)}, found) == set()


def test_one_that_is_no_longer_found_does_not(stands):
    assert stands({"g1": before(None, 1, 2, 3)}) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_one_with_a_comment_more_or_less_does_not(stands, count):
    assert stands({"g1": before(None, 1, 2, 3)}, (1, 2, 3), text2=count) == set()


def test_one_that_something_new_is_near_to_does_not(stands):
    for seen in (NOW, NOW - REACH_SECONDS, NOW + REACH_SECONDS):
        assert stands({"g1": before(None, 1, 2, 3, seen=seen)}, (1, 2, 3)) == set()
    assert stands({"g1": before(None, 1, 2, 3, seen=NOW - REACH_SECONDS - 2)}, (1, 2, 3)) == {"g1"}


def test_one_that_people_ruled_on_is_always_judged_anew(stands, group_of):
    assert stands({"g1": before(None, 1, 2, 3)}, group_of(1, 2, 3, memory=Memory.GOOD)) == set()


def test_a_campaign_stands_as_a_whole_or_not_at_all(stands):
    known = {"g1": before("c1", 1, 2, 3), "g4": before("c1", 4, 5), "g7": before("c7", 7, 8)}
    assert stands(known, (1, 2, 3), (4, 5), (7, 8)) == {"g1", "g4", "g7"}
    assert stands(known, (1, 2, 3), (4, 5, 6), (7, 8)) == {"g7"}


def test_a_stray_stands_where_no_group_has_it_and_not_where_a_new_one_took_it(stands):
    known = {"g1": before("c1", 1, 2, 3), "g4": before("c1", 4)}
    assert stands(known, (1, 2, 3)) == {"g1", "g4"}
    assert stands(known, (1, 2, 3), (4, 5)) == set()


def test_an_echo_stands_together_with_the_campaign_that_took_a_text_from_it(stands):
    known = {"g1": before("c1", 1, 2, 3), "g4": before("c1", 4), "g5": before(None, 5, 6)}
    assert stands(known, (1, 2, 3), (4, 5, 6)) == {"g1", "g4", "g5"}
    assert stands(known, (1, 2, 3), (4, 5, 6), text6=9) == set()
    assert stands(known, (1, 2, 3, 9), (4, 5, 6)) == set()


def test_texts_are_told_by_what_became_of_their_groups(group_of):
    known = {"g1": before("c1", 1, 2), "g3": before(None, 3, 4), "g5": before("c5", 5, 6)}
    settled = settled_groups([group_of(1, 2), group_of(3, 4), group_of(5, 6, 7)], known, SEEN, NEWS)
    assert (settled.texts, settled.in_campaigns, settled.reopened) == ({1, 2, 3, 4}, {1, 2}, {5, 6})


@given(st.lists(st.floats(0, 1e9), max_size=12), st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 1e8)), max_size=12))
def test_the_reach_touches_what_lies_within_two_windows_of_a_time(times, spans):
    first = np.array([begin for begin, _ in spans], float)
    last = np.array([begin + length for begin, length in spans], float)
    near = [
        any(begin - REACH_SECONDS <= time <= end + REACH_SECONDS for time in times)
        for begin, end in zip(first.tolist(), last.tolist(), strict=True)
    ]
    touched = Reach.around(times).touches(first, last).tolist()
    # A span between two times may be told for touched where the reaches of both meet; never the other way round.
    assert all(is_touched for is_touched, is_near in zip(touched, near, strict=True) if is_near)
    assert Reach.around([]).touches(first, last).tolist() == [False] * len(spans)
    assert EVER.touches(first, last).tolist() == [True] * len(spans)


def test_reaches_that_do_not_meet_leave_out_what_lies_between():
    reach = Reach.around([0.0, 5 * REACH_SECONDS])
    first = np.array([0.0, 2.0, 4.5, 7.0]) * REACH_SECONDS
    assert reach.touches(first, first + 1).tolist() == [True, False, True, False]
