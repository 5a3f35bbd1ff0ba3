import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.signals.private_data import find_private_data, judge_private_data, mask_private_data

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


@pytest.mark.parametrize(
    "piece",
    ["1 ", "12", "a1", "AB12", "DE89 3704 ", "1234-", "cpf ", "cpf 1 ", "@", "a@a.", "12 a street ", "0044 ",
     "call 5550143 ", "my ", "Jane Doe ", "+1 "],
)  # fmt: skip
def test_a_very_long_comment_costs_little(piece):
    text = piece * (50_000 // len(piece))
    started = process_time()
    mask_private_data(text)
    find_private_data(text)
    assert process_time() - started < 3


@given(st.text("ab1@.+- DE89370400440532013000(0)call my", max_size=60))
def test_what_is_masked_once_shows_nothing_more(text):
    for data in find_private_data(mask_private_data(text)):
        assert "•" in data["masked"]
        assert text.count(data["masked"]) == 0


def test_masking_leaves_all_else_as_it_was():
    text = "before +44 7911 123456, DE89 3704 0044 0532 0130 00 and jane.doe@example.org after"
    assert mask_private_data(text) == "before •••• 56, DE•••• 00 and j•••@••• after"
