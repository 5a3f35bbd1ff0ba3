from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from becalm.policy.quiet import QuietHours


def quiet(begin="22:00", end="07:00", zone="Europe/Berlin"):
    return QuietHours.model_validate({"from": begin, "to": end, "zone": zone})


def at(hour, minute=0, month=1):
    return datetime(2026, month, 15, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "is_quiet"),
    [
        (at(20, 59), False),
        (at(21, 0), True),  # 22:00 in Berlin, in winter
        (at(23, 30), True),
        (at(5, 59), True),
        (at(6, 0), False),
        (at(12), False),
        (at(20, 0, month=7), True),  # 22:00 there, in summer
        (at(5, 0, month=7), False),
    ],
)
def test_the_night_is_quiet_by_the_clocks_of_the_zone(moment, is_quiet):
    assert quiet().hold_at(moment) is is_quiet


def test_hours_within_one_day():
    lunch = quiet("12:00", "13:30", "UTC")
    assert [hour for hour in range(24) if lunch.hold_at(at(hour))] == [12, 13]
    assert not lunch.hold_at(at(13, 30))


def test_yaml_reads_unquoted_times_in_base_sixty():
    assert quiet(22 * 60, 7 * 60 + 30) == quiet("22:00", "07:30")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"begin": "24:00"}, "no time of day"),
        ({"begin": "7"}, "no time of day"),
        ({"begin": True}, "no time of day"),
        ({"begin": -5}, "no time of day"),
        ({"begin": 99999}, "no time of day"),
        ({"begin": None}, "no time of day"),
        ({"zone": "Europe"}, "no time zone `Europe`"),
        ({"zone": "Mars/Olympus"}, "no time zone `Mars/Olympus`"),
        ({"zone": "../etc/passwd"}, "no time zone"),
        ({"zone": ""}, "no time zone"),
        ({"begin": "07:00"}, "either never or always"),
    ],
)
def test_hours_that_make_no_sense_are_refused(words, why):
    with pytest.raises(ValidationError, match=why):
        quiet(**words)


MINUTES = st.integers(0, 24 * 60 - 1)


@given(MINUTES, MINUTES, MINUTES)
def test_swapped_ends_are_the_other_hours(begin, end, minute):
    if begin != end:
        moment = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minute)
        assert quiet(begin, end, "UTC").hold_at(moment) is not quiet(end, begin, "UTC").hold_at(moment)
