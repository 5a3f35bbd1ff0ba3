from datetime import UTC, datetime, timedelta
from typing import Any

from becalm.review import Period
from becalm.review.campaigns import measure_campaigns, words

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_campaign_is_measured_within_the_period(story: Any, week: Period) -> None:
    story.comment("a", MONDAY - DAY, "buy now", account="ann", thread="t1")
    story.comment("b", MONDAY, "buy now", account="ann", thread="t1")
    story.comment("c", MONDAY, "buy n0w", account="bob", thread="t2")
    story.comment("d", MONDAY + 3 * DAY, "buy now", account="bob", thread="t2", channel="other")
    story.group("g1", ["buy now", "buy n0w"], "campaign", MONDAY - DAY, MONDAY + 3 * DAY, comments=4)
    with story.save().reading() as session:
        (found,) = measure_campaigns(session, week).active
    assert (found.comments, found.comments_ever, found.accounts, found.threads, found.channels) == (3, 4, 2, 2, 2)
    assert [(day.day, comments) for day, comments in found.days] == [(9, 2), (12, 1)]
    assert not found.is_new
    assert found.reasons == ("many accounts",)


def test_new_campaigns_floods_and_those_before_are_told_apart(story: Any, week: Period) -> None:
    for id, verdict, first in [
        ("old", "campaign", -9),
        ("both", "campaign", -2),
        ("new", "campaign", 1),
        ("f", "flood", 2),
    ]:
        story.comment(f"{id}1", MONDAY + first * DAY, id)
        story.group(id, [id], verdict, MONDAY + first * DAY, MONDAY + 6 * DAY)
    story.comment("old2", MONDAY - DAY, "old")
    story.comment("both2", MONDAY, "both")
    story.comment("echo", MONDAY, "echo")
    story.group("echo", ["echo"], "echo", MONDAY, MONDAY)
    with story.save().reading() as session:
        found = measure_campaigns(session, week)
    assert [campaign.id for campaign in found.campaigns] == ["both", "new"]
    assert [flood.id for flood in found.floods] == ["f"]
    assert (found.new, found.active_before, found.new_before) == (1, 2, 1)


def test_the_largest_stands_first(story: Any, week: Period) -> None:
    for id, size in [("a", 2), ("b", 5), ("c", 3)]:
        for n in range(size):
            story.comment(f"{id}{n}", MONDAY, id)
        story.group(id, [id], "campaign", MONDAY, MONDAY)
    with story.save().reading() as session:
        assert [found.id for found in measure_campaigns(session, week).active] == ["b", "c", "a"]


def test_examples_and_reasons_are_fit_to_print(story: Any, week: Period) -> None:
    text = "mail me at lena@mail.example"
    story.comment("a", MONDAY, text)
    reasons = [
        {"signal": "link", "score": 1, "text": "shares https://shop.example/x"},
        "tight wording",
        {"signal": "odd"},
    ]
    story.group("g", [text], "campaign", MONDAY, MONDAY, reasons=reasons)
    with story.save().reading() as session:
        (found,) = measure_campaigns(session, week).active
    assert found.example == "mail me at [e-mail]"
    assert found.reasons == ("shares shop[.]example", "tight wording")


def test_reasons_that_are_missing_are_no_reasons() -> None:
    assert words([]) == ()
