"""Who praises again and again, whose complaint ended well, and how threads recover."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from becalm.loyalty.recovery import Recovery, t_quantile
from becalm.loyalty.stories import find_stories
from becalm.loyalty.voices import Heard, recurring

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def heard(number, day, account=1, is_praise=True):
    return Heard(number, account, "tube", f"c{number}", 1, MONDAY + day * DAY, is_praise)


def test_three_weeks_of_praise_make_a_recurring_voice_and_three_days_do_not():
    steady = [heard(one, 7 * one) for one in range(3)]
    eager = [heard(10 + one, one, account=2) for one in range(3)]
    assert {one: voice.weeks for one, voice in recurring(steady + eager).items()} == {1: 3}


def test_weeks_long_past_do_not_count():
    assert recurring([heard(1, 0), heard(2, 7), heard(3, 200)]) == {}


def test_an_answered_complaint_followed_by_praise_is_a_story():
    complaint, praise = heard(1, 0, is_praise=False), heard(2, 5)
    (story,) = find_stories([praise, complaint], {("tube", "c1"): MONDAY + DAY})
    assert (story.complaint, story.praise, story.answered_at) == (complaint, praise, MONDAY + DAY)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ([heard(1, 0, is_praise=False), heard(2, 5)], {}),
        ([heard(1, 0, is_praise=False), heard(2, 5)], {("tube", "c1"): MONDAY + 6 * DAY}),
        ([heard(1, 0, is_praise=False), heard(2, 5, account=2)], {("tube", "c1"): MONDAY + DAY}),
        ([heard(1, 0, is_praise=False), heard(2, 95)], {("tube", "c1"): MONDAY + DAY}),
        ([heard(1, 5, is_praise=False), heard(2, 0)], {("tube", "c1"): MONDAY + 6 * DAY}),
        (
            [heard(1, 0, is_praise=False), heard(3, 3, is_praise=False), heard(2, 5)],
            {("tube", "c1"): MONDAY + DAY},
        ),
    ],
    ids=["unanswered", "answered after", "somebody else", "too late", "praised before", "complained again"],
)
def test_what_is_no_story_of_resolution(said, answers):
    assert find_stories(said, answers) == []


def test_each_complaint_ends_in_one_story_at_most():
    said = [heard(1, 0, is_praise=False), heard(2, 5), heard(3, 6)]
    assert len(find_stories(said, {("tube", "c1"): MONDAY + DAY})) == 1


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 3), st.booleans(), st.booleans()), max_size=20))
def test_a_story_is_always_complaint_then_answer_then_praise_of_one_account(rows):
    said = [heard(number, day, account, praise) for number, (day, account, praise, _) in enumerate(rows)]
    answers = {
        (one.platform, one.comment_id): one.published_at + DAY for one, row in zip(said, rows, strict=True) if row[3]
    }
    stories = find_stories(said, answers)
    for story in stories:
        assert story.complaint.account_id == story.praise.account_id
        assert story.complaint.published_at < story.answered_at < story.praise.published_at
    assert len({story.complaint.id for story in stories}) == len(stories) == len({one.praise.id for one in stories})


def test_few_threads_tell_nothing():
    recovery = Recovery("all", True, (0.1,) * 9, 20, 20, 0.0, 0.1)
    assert (recovery.is_telling, recovery.low, recovery.high, recovery.warmer) == (False, None, None, 9)


def test_the_interval_of_the_change_lies_around_its_mean():
    recovery = Recovery("all", True, tuple(one / 10 for one in range(10)), 20, 20, 0.0, 0.45)
    assert recovery.low < recovery.change < recovery.high


@pytest.mark.parametrize("freedom", [9, 12, 20, 40, 200])
def test_the_quantile_is_that_of_student(freedom):
    assert t_quantile(freedom) == pytest.approx(t.ppf(0.975, freedom), abs=0.005)
