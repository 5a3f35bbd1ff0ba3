import re

from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.private_data import find_private_data, judge_private_data

VALUES = [
    "+44 7700 900123",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "jane.doe@example.org",
    "(202) 555-0143",
]


@given(st.lists(st.sampled_from(VALUES), min_size=1, max_size=4, unique=True))
def test_masks_and_reasons_hide_the_values(values):
    text = "please note: " + " ; ".join(values)
    found = find_private_data(text)
    assert [data["start"] for data in found] == [text.index(value) for value in values]
    shown = " ".join([data["masked"] for data in found] + [reason.text for reason in judge_private_data(found)])
    assert not any(value in shown for value in values)
    assert not re.search(r"\d{5}", shown)
    assert "jane.doe" not in shown


def test_a_card_is_not_a_phone_number_too():
    assert [data["kind"] for data in find_private_data("call me, card 4111 1111 1111 1111")] == ["payment card"]


def test_an_account_is_not_a_phone_number_too():
    assert [data["kind"] for data in find_private_data("DE89 3704 0044 0532 0130 00")] == ["bank account"]


def test_kinds_are_named_once():
    found = find_private_data("a1@example.org b2@example.org")
    assert len(found) == 2
    assert [reason.text for reason in judge_private_data(found)] == ["shows private data (e-mail address): a•••@•••"]


def test_plain_talk_holds_no_private_data():
    assert find_private_data("2 of 3 people liked it, 142,460 views since 2013-11-07, order no. 20481237") == []
