import pytest

from becalm.sources import INVALID_UTF8, UNREADABLE
from expectations.found import found


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (float("nan"), "nothing"),
        (True, "true or false"),
        (-4, "the number -4"),
        (10**40, "a huge number"),
        ("  ", "an empty text"),
        ("\u200b\u3164", "a text of 2 characters that nobody sees"),
        ("x" * 53_211, "a text of 53,211 characters"),
        ([1, 2], "a list of 2"),
        ({"a": 1}, "an object of 1 fields"),
        (b"x", "a bytes"),
    ],
)
def test_value_is_told_by_kind_and_size(value, words):
    assert found({"text": value}, "text") == words


def test_missing_field_is_told_from_an_empty_one():
    assert found({}, "text") == "no such field"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-02-27T09:30:00", "a time without a zone"),
        ("2026-02-27", "a time without a zone"),
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00+00:00"),
        ("soon", "a text of 4 characters"),
        (0, "the number 0"),
    ],
)
def test_time_is_told_with_what_it_lacks(value, words):
    assert found({"published_at": value}, "published_at") == words


def test_a_row_that_says_itself_it_is_unreadable_need_not_say_why():
    assert found({UNREADABLE: ""}, UNREADABLE) == "no reason given"


def test_unreadable_line_is_told_with_its_reason():
    assert found({UNREADABLE: "no JSON: trailing comma"}, UNREADABLE) == "no JSON: trailing comma"
    assert found({INVALID_UTF8: True}, INVALID_UTF8) == "bytes that are no UTF-8"
