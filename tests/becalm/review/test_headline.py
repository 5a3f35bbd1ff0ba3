from datetime import UTC, datetime, timedelta
from typing import Any

from becalm.review import Period, PolicyNames
from becalm.review.figures import Figures, gather
from becalm.review.headline import compare_words, list_unknowns, write_headline
from becalm.review.wording import NO_BREAK

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = MONDAY + 7 * DAY


def measured(story: Any, period: Period) -> Figures:
    with story.save().reading() as session:
        return gather(session, period, NOW, PolicyNames())


def told(figures: Figures) -> str:
    return " ".join(write_headline(figures)).replace(NO_BREAK, " ")


def write(story: Any, name: str, at: datetime, comments: int, spam: int) -> None:
    for n in range(comments):
        text = "buy now" if n < spam else f"{name} {n}"
        story.comment(f"{name}{n}", at, text, account=f"{name}{n}")


def test_the_headline_holds_the_real_figures(story: Any, week: Period) -> None:
    write(story, "now", MONDAY + 3 * DAY, 120, 30)
    write(story, "before", MONDAY - 7 * DAY, 100, 5)
    story.group("g", ["buy now"], "campaign", MONDAY - 7 * DAY, MONDAY)
    waiting = story.comment("w", MONDAY, "where is my parcel", account="w")
    story.case("k", "complaint", "care", [waiting], due_at=NOW - DAY)
    assert told(measured(story, week)) == (
        "121 comments by 121 accounts in 1 thread, 21 more (+21 %) than the week before. "
        "24.8 % of them in campaigns, 19.8 points more than the week before: 30 comments in 1 campaign, none new. "
        "1 case is open now, 1 of them past their due time. "
        "1 customer waits for an answer to 1 complaint, the longest for 3 days."
    )


def test_small_numbers_are_not_compared(story: Any, week: Period) -> None:
    write(story, "now", MONDAY, 9, 0)
    write(story, "before", MONDAY - 7 * DAY, 3, 1)
    words = told(measured(story, week))
    assert "(too few to compare with the week before)" in words
    assert "None of them in a campaign" in words


def test_a_store_that_begins_within_the_period_before_compares_shares_only(story: Any, week: Period) -> None:
    write(story, "now", MONDAY, 100, 50)
    write(story, "before", MONDAY - 2 * DAY, 100, 10)
    story.group("g", ["buy now"], "campaign", MONDAY - 2 * DAY, MONDAY)
    figures = measured(story, week)
    words = told(figures)
    assert words.startswith("100 comments by 100 accounts in 1 thread. ")
    assert "40.0 points more than the week before" in words
    assert "shares are compared, counts are not" in compare_words(figures)


def test_a_period_at_the_start_of_the_store_is_compared_with_nothing(story: Any, week: Period) -> None:
    write(story, "now", MONDAY, 100, 50)
    figures = measured(story, week)
    assert "nothing is compared" in compare_words(figures)
    assert "than the week before" not in told(figures)


def test_a_silent_period_and_an_empty_store_are_told_apart(story: Any, week: Period) -> None:
    assert told(measured(story, week)) == "The store holds no comments yet. No case is open."
    write(story, "before", MONDAY - 7 * DAY, 3, 0)
    silent = measured(story, week)
    assert "No comment was written in this period (9 Nov 2026 – 15 Nov 2026)." in told(silent)
    assert "nothing is compared" not in compare_words(silent)


def test_without_decisions_precision_is_said_to_be_unknown(story: Any, week: Period) -> None:
    assert list_unknowns(measured(story, week))[0].startswith("No decisions are recorded.")
    story.case("k", "abuse", "moderation", [], state="decided")
    assert "1 case is marked decided" in list_unknowns(measured(story, week))[0].replace(NO_BREAK, " ")
