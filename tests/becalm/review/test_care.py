from datetime import UTC, datetime, timedelta
from typing import Any

from becalm.review import Period, PolicyNames
from becalm.review.care import measure_care

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = MONDAY + 7 * DAY


def test_the_oldest_complaint_is_the_oldest_of_three(story: Any, week: Period) -> None:
    for n, (age, account) in enumerate([(4, "ann"), (20, "bob"), (1, "ann")]):
        comment = story.comment(str(n), NOW - age * DAY, account=account)
        story.case(f"k{n}", "complaint", "care", [comment], opened_at=NOW, due_at=NOW + (n - 1) * DAY)
    done = story.comment("done", NOW - 50 * DAY, account="cyd")
    story.case("k9", "complaint", "care", [done], state="decided")
    with story.save().reading() as session:
        care = measure_care(session, week, NOW, PolicyNames())
    assert (care.waiting, care.people, care.overdue) == (3, 2, 1)
    assert care.oldest_written_at == NOW - 20 * DAY
    assert (care.complaints, care.complaints_before) == (2, 0)


def test_praise_is_counted_by_period(story: Any, week: Period) -> None:
    for n, (at, state) in enumerate([(0, "open"), (1, "decided"), (-1, "open")]):
        story.case(f"k{n}", "praise", "thanks", [story.comment(str(n), MONDAY + at * DAY)], state=state)
    with story.save().reading() as session:
        care = measure_care(session, week, NOW, PolicyNames(praise_queue="thanks"))
    assert (care.praise, care.praise_before, care.praise_open) == (2, 1, 2)


def test_nobody_waits_in_an_empty_store(story: Any, week: Period) -> None:
    with story.save().reading() as session:
        care = measure_care(session, week, NOW, PolicyNames())
    assert (care.waiting, care.people, care.overdue, care.oldest_written_at) == (0, 0, 0, None)
