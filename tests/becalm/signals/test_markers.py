from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.markers import MOST_MARKERS, shared_markers


def test_markers_are_what_a_fifth_of_the_texts_carries():
    texts = [
        *(f"get yours at glow-deals.shop/{number} today" for number in range(3)),
        *(f"ask @coach_bellamy about it, she knows, number {number}" for number in range(6)),
        "see https://odd.example/one",
        *(f"nothing to see here {number}" for number in range(5)),
    ]
    assert shared_markers(texts) == [
        {"kind": "handle", "value": "@coach_bellamy", "texts": 6},
        {"kind": "domain", "value": "glow-deals.shop", "texts": 3},
    ]


def test_rotating_domains_are_listed_though_each_is_rare():
    texts = [f"win a kettle at https://kettle{number}.example/win" for number in range(30)]
    found = shared_markers(texts)
    assert len(found) == MOST_MARKERS
    assert {marker["kind"] for marker in found} == {"domain"}


def test_a_marker_counts_once_a_text():
    assert shared_markers(["@ann_lee and @ann_lee and @ann_lee."]) == [
        {"kind": "handle", "value": "@ann_lee", "texts": 1}
    ]


def test_an_e_mail_address_is_no_handle():
    assert shared_markers(["write to ann@shop_example"]) == []


def test_no_texts_have_no_markers():
    assert shared_markers([]) == []


@given(st.lists(st.text(max_size=60), max_size=20))
def test_markers_of_any_texts_are_few_and_sorted(texts):
    found = shared_markers(texts)
    assert len(found) <= MOST_MARKERS
    assert [marker["texts"] for marker in found] == sorted((marker["texts"] for marker in found), reverse=True)
    assert all(1 <= marker["texts"] <= len(texts) for marker in found)
