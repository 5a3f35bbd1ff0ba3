from datetime import UTC, date, datetime, timedelta

import pytest

from becalm.review import wording
from becalm.review.compare import Change, Share, ShareChange


def spaced(text: str) -> str:
    return text.replace(wording.NO_BREAK, " ")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change(4_203, 3_000), "1,203 more (+40 %)"),
        (Change(150, 200), "50 fewer (−25 %)"),
        (Change(96, 4), "92 more"),
        (Change(50, 50), "as many"),
        (Change(9, 10), "too few to say"),
        (Change(500, None), "nothing to compare with"),
    ],
)
def test_a_change_says_how_much_or_why_not(change: Change, told: str) -> None:
    assert spaced(wording.change(change)) == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (ShareChange(Share(110, 1_000), Share(80, 1_000)), "3.0 points more"),
        (ShareChange(Share(8, 100), Share(11, 100)), "3.0 points less, within chance"),
        (ShareChange(Share(10, 100), Share(100, 1_000)), "as high"),
        (ShareChange(Share(3, 10), Share(1, 1_000)), "too few to say"),
        (ShareChange(Share(3, 10), None), "nothing to compare with"),
    ],
)
def test_a_change_of_a_share_tells_chance_apart(change: ShareChange, told: str) -> None:
    assert spaced(wording.share_change(change)) == told


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(days=4_000), "10 years"),
        (timedelta(days=6, hours=20), "6 days"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(minutes=-5), "0 minutes"),
    ],
)
def test_spans_are_told_in_their_largest_sensible_unit(length: timedelta, told: str) -> None:
    assert spaced(wording.span(length)) == told


def test_numbers_days_and_lists_read_as_in_print() -> None:
    assert spaced(wording.percent(Share(1_392, 12_430))) == "11.2 %"
    assert wording.percent(Share(0, 0)) == wording.interval(Share(0, 0)) == "–"
    assert spaced(wording.count(1, "campaign")) == "1 campaign"
    assert spaced(wording.count(24_000, "batch", "batches")) == "24,000 batches"
    assert spaced(wording.days(date(2026, 11, 9), date(2026, 11, 9))) == "9 Nov 2026"
    assert spaced(wording.moment(datetime(2026, 11, 9, 4, 5, tzinfo=UTC))) == "9 Nov 2026, 04:05"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.listed([]) == ""
    assert wording.sentiment(-0.25) == "−0.25"
