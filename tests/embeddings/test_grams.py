"""N-grams are counted once a text, and rare ones weigh most."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.carried import Carried, links, name_parts, phrases, targets
from embeddings.grams import count_grams, weigh
from embeddings.habits import shape
from embeddings.writers import Said, gather

texts = st.lists(st.text(st.characters(codec="utf-8"), max_size=12), min_size=1, max_size=8)


@given(texts, st.integers(1, 4))
def test_each_ngram_counts_once_a_text(written: list[str], length: int) -> None:
    counts = count_grams(written, np.zeros(len(written), np.int64), 1, [length])
    distinct = sum(len({text[at : at + length] for at in range(len(text) - length + 1)}) for text in written)
    assert counts.sum() == distinct


@given(texts)
def test_weighed_rows_have_the_length_one_or_none(written: list[str]) -> None:
    rows = weigh(count_grams(written, np.arange(len(written)), len(written), [2, 3]), 2.0)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    assert all(abs(one - 1) < 1e-5 or one == 0 for one in lengths)


def one(text: str, **more: str) -> Said:
    return Said("a", text, **more)  # type: ignore[arg-type]


def tokens(take: object, *comments: Said) -> list[str]:
    return list(take(gather(comments)[0]))  # type: ignore[operator]


def test_short_links_to_one_place_begin_alike() -> None:
    first, second = (tokens(links, one(f"see https://sho.rt/abcde{end}")) for end in ("Fgh12", "Zyx98"))
    assert first == second == ["sho.rt/abcde…"]


def test_a_link_cut_off_says_nothing_and_a_whole_one_all() -> None:
    assert tokens(links, one("see https://sho.r… and https://sho.rt/ab…")) == []
    assert tokens(links, one("https://Shop.example/a/b?c=1")) == ["shop.example", "shop.example/a/b?c=1"]


def test_an_address_in_a_mail_is_no_target_and_an_answer_to_oneself_neither() -> None:
    assert tokens(targets, one("hey @Bo, write to me@mail.example")) == ["@bo"]
    assert tokens(targets, one("hey", answers="a")) == []
    assert tokens(targets, one("hey", answers="b")) == ["b"]


def test_phrases_hold_through_disguise() -> None:
    assert tokens(phrases, one("Wake UP, sleepy people now")) == tokens(phrases, one("w@ke up sleepy pe0ple now"))
    assert tokens(phrases, one("")) == []


def test_a_name_is_its_letters() -> None:
    assert tokens(name_parts, one("x", name="Tea_Pot 99")) == tokens(name_parts, one("x", name="teapot"))
    assert tokens(name_parts, one("x")) == []


def test_the_shape_of_a_text_keeps_signs_and_case_only() -> None:
    assert shape("Look, 20 NEW ones! https://shop.example") == "Aa, 0 AA a! ↗"


def test_what_everybody_carries_ties_nobody() -> None:
    writers = gather([Said(name, "https://tube.example/", None) for name in "abcd"])
    carried = Carried(writers, links)
    assert (carried.rows @ carried.rows.T).max() < 0.05
