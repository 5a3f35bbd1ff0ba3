from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from becalm.review import Period, covering_period, default_period

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_default_period_ends_with_the_day_of_the_newest_comment(story: Any) -> None:
    story.comment("old", MONDAY - 40 * DAY)
    story.comment("new", MONDAY + timedelta(hours=13))
    with story.save().reading() as session:
        assert default_period(session, 7) == Period(MONDAY - 6 * DAY, MONDAY + DAY)


def test_covering_period_holds_the_oldest_and_the_newest_comment(story: Any) -> None:
    story.comment("old", MONDAY - 40 * DAY + timedelta(hours=5))
    story.comment("new", MONDAY)
    with story.save().reading() as session:
        assert covering_period(session) == Period(MONDAY - 40 * DAY, MONDAY + DAY)


def test_an_empty_store_has_periods_that_end_with_today(story: Any) -> None:
    with story.save().reading() as session:
        for period in (default_period(session, 1), covering_period(session)):
            assert period.end - period.start == DAY
            assert period.start <= datetime.now(UTC) + DAY


def test_the_period_before_is_as_long_and_ends_where_this_one_starts(week: Period) -> None:
    assert week.before == Period(MONDAY - 7 * DAY, MONDAY)


def test_days_leave_out_the_one_that_only_ends_the_period(week: Period) -> None:
    assert week.days == tuple(date(2026, 11, 9 + n) for n in range(7))


def test_days_are_of_utc_whatever_zone_the_period_came_in() -> None:
    tokyo = timezone(timedelta(hours=9))
    period = Period(datetime(2026, 11, 9, 9, tzinfo=tokyo), datetime(2026, 11, 10, 9, tzinfo=tokyo))
    assert period.days == (date(2026, 11, 9),)


@pytest.mark.parametrize("days", [1, 7, 45, 46, 315, 400, 3_000, 20_000, 60_000])
def test_no_plot_has_more_than_45_bars(days: int) -> None:
    period = Period(MONDAY - days * DAY, MONDAY)
    assert -(-len(period.days) // period.step_days) <= 45


def test_lengths_are_told_in_words(week: Period) -> None:
    assert [Period(MONDAY, MONDAY + n * DAY).length for n in (1, 7, 10)] == ["day", "week", "10 days"]


@pytest.mark.parametrize("end", [MONDAY, MONDAY - DAY])
def test_a_period_without_length_is_refused(end: datetime) -> None:
    with pytest.raises(ValueError, match="end after it starts"):
        Period(MONDAY, end)


def test_a_period_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Period(MONDAY.replace(tzinfo=None), MONDAY)
