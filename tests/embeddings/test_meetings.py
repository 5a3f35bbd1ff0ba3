"""Of many accounts only the nearest are compared, and a ban's two accounts are among them."""

from random import Random
from time import perf_counter

import pytest

from embeddings import meetings
from embeddings.likeness import Likeness
from embeddings.meetings import find_pairs
from embeddings.writers import Said, gather

WORDS = [one + other for one in "bdfgklmnprst" for other in ("ando", "elli", "isk", "orra", "umbe")]


def crowd(size: int) -> list[Said]:
    dice = Random(1)
    return [Said(f"p{n}", " ".join(dice.choices(WORDS, k=8)), dice.choice(WORDS), f"t{n % 40}") for n in range(size)]


def pairs_of(comments: list[Said]) -> set[tuple[str, str]]:
    writers = gather(comments)
    first, second = find_pairs(Likeness(writers), nearest=3)
    return {(writers[a].account_id, writers[b].account_id) for a, b in zip(first, second, strict=True)}


def test_few_accounts_are_all_compared() -> None:
    assert pairs_of(crowd(4)) == {(f"p{a}", f"p{b}") for a in range(4) for b in range(a + 1, 4)}


def test_of_many_each_pair_comes_once_and_the_like_ones_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "ALL_PAIRS", 10)
    like = [Said("old", "nothing like it", "Grumbleweed"), Said("new", "other words here", "real Grumbleweed")]
    writers = gather(crowd(300) + like)
    first, second = find_pairs(Likeness(writers), nearest=3)
    assert (first < second).all()
    found = list(zip(first.tolist(), second.tolist(), strict=True))
    assert len(found) == len(set(found)) < 300 * 3 * 8
    assert ("new", "old") in {(writers[a].account_id, writers[b].account_id) for a, b in found}


def test_five_thousand_who_say_the_same_cost_no_square() -> None:
    same = [Said(f"p{n:04}", "the very same words", "Same Name", "t1") for n in range(5_000)]
    started = perf_counter()
    first, _ = find_pairs(Likeness(gather(same)))
    assert len(first) < 5_000 * 200
    assert perf_counter() - started < 60
