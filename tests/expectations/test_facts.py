import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.sources import UNREADABLE
from expectations.facts import is_visible, key, measure, moment, number, whole_number


def test_frame_holds_no_word_of_the_row(good_row):
    secret = "marmalade"
    row = good_row(text=secret, author_name=secret, author_id=secret, comment_id=secret, thread_id=secret)
    row |= {"channel": secret, "parent_id": secret, "raw": secret}
    assert secret not in measure([row], {}).to_csv()


def test_unreadable_row_has_no_other_fact(good_row):
    facts = measure([good_row(), {UNREADABLE: "no JSON"}], {})
    assert facts["is_readable"].tolist() == [1, 0]
    assert facts.drop(columns="is_readable").loc[1].isna().all()
    assert facts.index.tolist() == [0, 1]


def test_facts_of_no_rows_have_all_columns(good_row):
    assert measure([], {}).columns.tolist() == measure([good_row()], {}).columns.tolist()


@pytest.mark.parametrize(
    "text", ["\u3164", "\u115f\u1160", "\uffa0", "\u180e", "\U000e0041", "\u034f", "\u00ad", "\u2800 "]
)
def test_characters_that_nobody_sees_are_no_text(text):
    assert not is_visible(text)


@given(st.text(min_size=1).filter(str.isprintable).filter(str.strip))
def test_adding_invisible_characters_hides_nothing(text):
    assert is_visible(text) == is_visible(f"\u200b{text}\u2060")


@given(st.datetimes(timezones=st.timezones()))
def test_every_time_with_a_zone_is_read_back(time):
    if time.utcoffset().total_seconds() % 60 == 0:
        assert moment(time.isoformat()).isoformat() == time.isoformat()


@given(st.text())
def test_any_text_is_a_time_with_a_zone_or_none(text):
    assert moment(text) is None or moment(text).tzinfo is not None


@given(st.integers() | st.floats())
def test_any_number_is_measured_without_overflow(value):
    assert math.isfinite(number(value)) or math.isnan(value)
    assert whole_number(value) == -1 or math.isnan(value) or value == int(value)


@given(st.text(st.characters()))
def test_a_key_is_one_short_line_that_any_encoding_takes(text):
    assert len(key(text)) <= 300
    assert "\n" not in key(text)
    key(text).encode()
