from datetime import UTC, datetime, timedelta
from typing import Any

from becalm.review import Period
from becalm.review.compare import Share
from becalm.review.volumes import (
    DayVolume,
    Volume,
    count_accounts,
    roll_up,
    sum_outcomes,
    tally_outcomes,
    total,
    volumes_by_day,
)  # fmt: skip

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


def test_a_period_holds_its_first_moment_and_not_its_end(story: Any, week: Period) -> None:
    for name, at in {"early": -TICK, "first": 0 * DAY, "last": 7 * DAY - TICK, "late": 7 * DAY}.items():
        story.comment(name, MONDAY + at)
    with story.save().reading() as session:
        tallies = tally_outcomes(session, week)
        before = tally_outcomes(session, week.before)
    assert sorted(tally.day.day for tally in tallies) == [9, 15]
    assert [tally.day.day for tally in before] == [8]


def test_every_comment_counts_once_under_its_first_outcome(story: Any, week: Period) -> None:
    pushed = [story.comment(f"p{n}", MONDAY, "buy now") for n in range(3)]
    story.comment("f", MONDAY, "again and again")
    story.comment("e", MONDAY, "who is here this year")
    story.group("g1", ["buy now"], "campaign", MONDAY, MONDAY)
    story.group("g2", ["again and again"], "flood", MONDAY, MONDAY)
    story.group("g3", ["who is here this year"], "echo", MONDAY, MONDAY)
    angry, calm, late, lost = (story.comment(name, MONDAY, name) for name in ("angry", "calm", "late", "lost"))
    story.case("k1", "abuse", "moderation", [angry, pushed[0]])
    story.case("k2", "abuse", "moderation", [late], state="withdrawn")
    story.case("k3", "praise", "advocacy", [angry])
    story.clear(calm, pushed[1])
    with story.save().reading() as session:
        volume = total(tally_outcomes(session, week))
    assert volume == Volume(campaign=3, flood=1, case=1, cleared=2, pending=2)  # late is cleared; echo and lost pend
    assert lost
    assert volume.comments == 9
    assert volume.spam == Share(4, 9)


def test_silent_days_have_their_line(story: Any, week: Period) -> None:
    story.clear(story.comment("a", MONDAY + 2 * DAY), story.comment("b", MONDAY + 2 * DAY))
    with story.save().reading() as session:
        days = volumes_by_day(tally_outcomes(session, week), week)
    assert [day.volume.comments for day in days] == [0, 0, 2, 0, 0, 0, 0]
    assert days[2].volume.cleared == 2


def test_days_roll_up_without_losing_any() -> None:
    days = tuple(DayVolume((MONDAY + n * DAY).date(), 1, Volume(cleared=n)) for n in range(10))
    steps = roll_up(days, 4)
    assert [(step.first.day, step.days, step.volume.cleared) for step in steps] == [(9, 4, 6), (13, 4, 22), (17, 2, 17)]


def test_accounts_count_once_however_much_they_write(story: Any, week: Period) -> None:
    for n, account in enumerate(["ann", "ann", "bob"]):
        story.comment(str(n), MONDAY, account=account)
    story.comment("x", MONDAY, account="ann", platform="snap")
    story.comment("y", MONDAY - DAY, account="cyd")
    with story.save().reading() as session:
        assert count_accounts(session, week) == 3


def test_nothing_adds_up_to_nothing() -> None:
    assert sum_outcomes([]) == {}
    assert total([]) == Volume()
