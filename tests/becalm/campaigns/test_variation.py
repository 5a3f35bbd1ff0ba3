import random
import time

from hypothesis import given
from hypothesis import strategies as st

from becalm.campaigns.variation import FILLERS_AT_MOST, WORDINGS_AT_MOST, Slot, vary

WORDS = ["claim", "your", "free", "kettle", "today", "at", "the", "little", "shop", "before", "it", "is", "gone"]


def skeleton(variation) -> str:
    return " ".join("_" if isinstance(part, Slot) else part for part in variation.parts)


def test_what_stays_is_fixed_and_what_varies_is_a_slot():
    texts = {
        "hello folks claim a free kettle": 3,
        "hello friends claim a free kettle": 2,
        "hello all claim a free pot": 1,
    }
    found = vary("hello folks claim a free kettle", texts)
    assert found.parts == ("hello", Slot((("folks", 3), ("friends", 2), ("all", 1)), 3, 6), "claim a free kettle")
    assert (found.wordings, found.comments, found.is_cut) == (3, 6, False)


def test_words_put_in_between_are_a_slot_where_enough_comments_have_them():
    few = {"free kettle": 95, "free blue kettle": 5}
    assert vary("free kettle", few).parts == ("free kettle",)
    more = {"free kettle": 85, "free blue kettle": 10, "free big red kettle": 5}
    assert vary("free kettle", more).parts == (
        "free", Slot((("", 85), ("blue", 10), ("big red", 5)), 3, 100), "kettle",
    )  # fmt: skip


def test_slots_at_both_ends_are_seen():
    texts = {f"{first} free kettle {last}": 1 for first in ("hey", "psst") for last in ("now", "today")}
    assert skeleton(vary("hey free kettle now", texts)) == "_ free kettle _"


def test_comments_without_the_words_around_are_not_guessed_at():
    texts = {f"buy {ware} here today": 1 for ware in "abcdefgh"} | {"what else": 1}
    (slot,) = vary("buy a here today", texts).slots
    assert (slot.comments, slot.wordings, len(slot.fillers)) == (8, 8, FILLERS_AT_MOST)


def test_signs_and_letter_size_make_no_other_filler():
    (slot,) = vary("get tea now", {"get tea now": 1, "get Tea! now": 2, "get cups now": 2}).slots
    assert slot.fillers == (("tea", 3), ("cups", 2))


def test_one_wording_varies_in_nothing():
    assert vary("free kettle", {"free kettle": 9}).parts == ("free kettle",)


def test_texts_without_any_word_in_common_are_one_slot():
    found = vary("one", {"one": 1, "two": 1, "three": 1, "four": 1})
    assert skeleton(found) == "_"
    assert found.slots[0].wordings == 4


def test_thousands_of_long_wordings_take_no_time():
    dice = random.Random(1)
    texts = {" ".join(dice.choice(("tea", "a", "free")) for _ in range(2_000)) + f" {n}": 1 for n in range(5_000)}
    started = time.perf_counter()
    found = vary(next(iter(texts)), texts)
    assert time.perf_counter() - started < 10  # about one second; without bounds it is many minutes
    assert found.is_cut
    assert found.wordings == WORDINGS_AT_MOST


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=8))
def test_every_comment_fills_a_slot_at_most_once_and_the_medoid_is_whole(texts):
    counts = {text: texts.count(text) for text in texts}
    found = vary(texts[0], counts)
    for slot in found.slots:
        assert sum(comments for _, comments in slot.fillers) <= slot.comments <= len(texts)
        assert [comments for _, comments in slot.fillers] == sorted((n for _, n in slot.fillers), reverse=True)
        assert len(slot.fillers) == min(slot.wordings, FILLERS_AT_MOST)
    fixed = " ".join(part for part in found.parts if isinstance(part, str)).split()
    medoid = iter(texts[0].split())
    assert all(word in medoid for word in fixed)
