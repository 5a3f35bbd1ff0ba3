from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.markers import MOST_MARKERS, Marker, shared_markers

COMMON = "get yours today ask about it she knows number see nothing to here win a kettle at https"


@pytest.fixture(scope="session")
def markers(facts_of) -> Callable[..., list[Marker]]:
    """The markers of a campaign of these texts."""

    def find(texts: Sequence[str], elsewhere: Sequence[str] = (COMMON,) * 3) -> list[Marker]:
        facts = facts_of([(text, 1, 1, 0) for text in texts], elsewhere=elsewhere)
        return shared_markers(list(facts.texts.values()), facts.background)

    return find


def told(found: Sequence[Marker]) -> list[tuple[str | int, ...]]:
    return [tuple(marker.values()) for marker in found]


def test_markers_are_what_a_fifth_of_the_texts_carries(markers):
    texts = [
        *(f"get yours at glow-deals.shop/{number} today" for number in range(3)),
        *(f"ask @coach_bellamy about it, she knows, number {number}" for number in range(6)),
        "see https://odd.example/one",
        *(f"nothing to see here {number}" for number in range(5)),
    ]
    assert markers(texts) == [
        {"kind": "handle", "value": "@coach_bellamy", "texts": 6},
        {"kind": "domain", "value": "glow-deals.shop", "texts": 3},
    ]


def test_rotating_domains_are_listed_though_each_is_rare(markers):
    texts = [f"win a kettle at https://kettle{number // 2}.example/win{number}" for number in range(60)]
    found = markers(texts)
    assert len(found) == MOST_MARKERS
    assert {(marker["kind"], marker["texts"]) for marker in found} == {("domain", 2)}


def test_handles_of_whom_each_text_speaks_to_are_not_listed(markers):
    assert markers([f"win a kettle @number_{number // 2} number {number}" for number in range(60)]) == []


def test_of_many_texts_nothing_is_told_that_stands_in_one_only(markers):
    assert markers(["get yours at glow.shop", "get yours today"]) == []
    assert told(markers(["get yours at glow.shop"])) == [("domain", "glow.shop", 1)]


def test_a_marker_counts_once_a_text(markers):
    assert told(markers(["@ann_lee and @ann_lee and @ann_lee."])) == [("handle", "@ann_lee", 1)]


def test_words_that_hardly_any_other_text_holds_are_the_campaigns_own(markers):
    texts = [f"ask about bellamyfx today {number}" for number in range(4)]
    assert told(markers(texts)) == [("word", "bellamyfx", 4)]
    assert told(markers(texts, elsewhere=[COMMON, COMMON, "bellamyfx is a fraud"])) == [("word", "bellamyfx", 4)]
    assert markers(texts, elsewhere=[COMMON, COMMON, "bellamyfx is a fraud", "who is bellamyfx"]) == []


def test_own_words_are_told_from_some_length_on(markers):
    assert told(markers([f"fxab fxabc number {number}" for number in range(4)])) == [("word", "fxabc", 4)]


def test_own_words_of_few_of_the_texts_are_not_told(markers):
    texts = [f"ask about it today {number}" for number in range(10)]
    assert markers([*texts, "ask bellamyfx"]) == []


def test_words_inside_an_address_are_not_told_twice(markers):
    texts = [f"bellamyfx knows {number}, see bellamyfx.shop/{number}" for number in range(4)]
    assert told(markers(texts)) == [("domain", "bellamyfx.shop", 4)]


def test_words_inside_an_address_that_is_not_told_are_told(markers):
    texts = [*(f"ask about bellamyfx today {number}" for number in range(9)), "see https://bellamyfx.example"]
    assert told(markers(texts)) == [("word", "bellamyfx", 10)]


def test_the_commonest_come_first_and_equals_in_their_own_order(markers):
    texts = [f"see beta.shop and alfa.shop and @coach_bellamy {number}" for number in range(3)]
    found = told(markers([*texts, "ask @coach_bellamy", "nothing to see"]))
    assert found == [("handle", "@coach_bellamy", 4), ("domain", "alfa.shop", 3), ("domain", "beta.shop", 3)]


def test_no_texts_have_no_markers(markers):
    assert markers([]) == []


pieces = st.sampled_from(["glow.shop", "@ann_lee", "bellamyfx", "ann@glow.shop", "+44 20 7946 0958", "ask", "😀", "ü"])


@given(st.lists(st.one_of(st.text(max_size=60), st.lists(pieces).map(" ".join)), max_size=20))
def test_markers_of_any_texts_are_few_and_sorted(markers, texts):
    found = markers(texts)
    counts = [int(marker["texts"]) for marker in found]
    assert len(found) <= MOST_MARKERS
    assert counts == sorted(counts, reverse=True)
    assert all(min(2, len(set(texts))) <= count <= len(texts) for count in counts)
    assert len({(marker["kind"], marker["value"]) for marker in found}) == len(found)
