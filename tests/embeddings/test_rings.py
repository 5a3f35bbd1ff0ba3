"""Accounts that act together more than chance has it, and crowds that only look so."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.chance import at_least, surely
from embeddings.coaction import Acts, Board
from embeddings.rings import Answer, Found, find_rings

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
Act = tuple[int, int, float]


def board(acts: list[Act], within: float) -> Board:
    columns = np.array(acts, float).reshape(-1, 3)
    return Board(Acts(columns[:, 0].astype(np.int64), columns[:, 1].astype(np.int64), columns[:, 2]), within)


def look(threads: list[Act], messages: list[Act] | None = None, accounts: int = 2_000) -> Found:
    return find_rings(accounts, board(threads, HOUR), board(messages or [], DAY), 0.05, 3)


def strangers(count: int = 1_500, seed: int = 1) -> list[Act]:
    """Accounts 500 and up, two comments each, in a hundred threads over a month."""
    dice = random.Random(seed)
    return [(500 + n // 2, dice.randrange(100), dice.random() * 30 * DAY) for n in range(count)]


def test_who_comes_to_the_same_threads_within_minutes_again_and_again_is_a_ring() -> None:
    ring = [(a, 7 * k, k * DAY + a * MINUTE) for k in range(8) for a in range(5)]
    found = look([*strangers(), *ring])
    assert [one.accounts for one in found.rings] == [(0, 1, 2, 3, 4)]
    assert found.rings[0].density == 1.0
    assert all(tie.threads == 8 and tie.expected_threads < 2 for tie in found.rings[0].ties)


def test_who_says_the_same_messages_on_the_same_days_is_a_ring() -> None:
    said = [(a, k, k * DAY + a * HOUR) for k in range(4) for a in range(4)]
    found = look([*strangers(), *((a, 50 + a, t) for a, _, t in said)], said)
    assert [one.accounts for one in found.rings] == [(0, 1, 2, 3)]
    assert {tie.messages for tie in found.rings[0].ties} == {4}


def test_regulars_who_come_whenever_a_post_is_new_are_no_ring() -> None:
    """Fifteen fans are there within the hour of each of ten posts, and so are others."""
    dice = random.Random(3)
    fans = [(a, k, k * DAY + dice.random() * HOUR) for k in range(10) for a in range(15)]
    others = [(100 + 10 * k + n, k, k * DAY + dice.random() * HOUR) for k in range(10) for n in range(10)]
    assert look([*strangers(), *fans, *others]).rings == ()


def test_a_crowd_in_a_popular_thread_is_no_ring() -> None:
    dice = random.Random(4)
    crowd = [(a, k, k * DAY + dice.random() * HOUR) for k in range(6) for a in range(200)]
    assert look([*strangers(), *crowd]).rings == ()


def test_two_who_meet_are_no_ring_and_one_meeting_is_nothing() -> None:
    two = [(a, 7 * k, k * DAY + a * MINUTE) for k in range(8) for a in range(2)]
    once = [(a + 10, 99, a * MINUTE) for a in range(6)]
    assert look([*strangers(), *two, *once]).rings == ()


def test_who_wrote_too_little_can_not_be_told_about() -> None:
    ring = [(a, 7 * k, k * DAY + a * MINUTE) for k in range(8) for a in range(5)]
    lone = [(20, 3 * k, k * DAY + 5 * HOUR) for k in range(5)]
    found = look([*strangers(), *ring, *lone, (21, 1, 0.0)])
    assert [found.answer(one) for one in (0, 20, 21)] == [Answer.RING, Answer.NONE, Answer.INSUFFICIENT_DATA]


def test_without_comments_there_is_nothing() -> None:
    assert look([], accounts=0).rings == ()
    assert look([(0, 0, 0.0)], accounts=1).answer(0) == Answer.INSUFFICIENT_DATA


@given(st.integers(0, 10_000))
@settings(max_examples=15)
def test_chance_alone_makes_no_ring(seed: int) -> None:
    dice = random.Random(seed)
    acts = [(dice.randrange(60), dice.randrange(40), dice.random() * 20 * DAY) for _ in range(900)]
    assert look(acts, accounts=60).rings == ()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 9).map(lambda n: n * 10 * MINUTE)),
                max_size=60), st.randoms(use_true_random=False))  # fmt: skip
def test_the_order_of_comments_is_irrelevant(acts: list[Act], dice: random.Random) -> None:
    shuffled = dice.sample(acts, len(acts))
    assert look(acts, acts, 10).rings == look(shuffled, shuffled, 10).rings


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 40).map(float)), max_size=40))
def test_meetings_are_those_that_a_look_at_every_pair_finds(acts: list[Act]) -> None:
    met = board(acts, 5.0).meetings(np.ones(7, bool), crowd=1_000)
    plain = {
        (min(a, b), max(a, b), p) for a, p, s in acts for b, q, t in acts if a != b and p == q and abs(s - t) <= 5.0
    }
    assert set(zip(met.first.tolist(), met.second.tolist(), met.place.tolist(), strict=True)) == plain


def test_of_many_pairs_some_meet_often_by_chance() -> None:
    chances = np.array([at_least(2, 0.01), at_least(3, 1.5)])
    assert surely(chances, 100, 0.05).tolist() == [True, False]
    assert surely(chances, 1_000_000, 0.05).tolist() == [False, False]
    assert surely(np.array([]), 0, 0.05).tolist() == []
