from datetime import UTC, datetime, timedelta
from typing import Any

from becalm.review import Period, PolicyNames
from becalm.review.advice import find_advice
from becalm.review.figures import gather
from becalm.review.wording import NO_BREAK

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = MONDAY + 7 * DAY


def advice(story: Any, period: Period, names: PolicyNames | None = None) -> dict[str, str]:
    """Evidence by what it is about."""
    with story.save().reading() as session:
        found = find_advice(gather(session, period, NOW, names or PolicyNames()))
    return {finding.about: finding.evidence.replace(NO_BREAK, " ") for finding in found}


def write(story: Any, name: str, at: datetime, comments: int, spam: int = 0) -> list[int]:
    texts = ["buy now" if n < spam else f"{name} {n}" for n in range(comments)]
    written = [story.comment(f"{name}{n}", at, text) for n, text in enumerate(texts)]
    story.clear(*written)
    return written


def test_a_calm_week_needs_nothing(story: Any, week: Period) -> None:
    write(story, "now", MONDAY, 60)
    write(story, "before", MONDAY - 7 * DAY, 60)
    assert advice(story, week) == {}


def test_a_channel_whose_spam_share_doubled_is_named(story: Any, week: Period) -> None:
    write(story, "now", MONDAY, 100, 30)
    write(story, "before", MONDAY - 7 * DAY, 100, 10)
    story.group("g", ["buy now"], "campaign", MONDAY - 7 * DAY, MONDAY)
    assert advice(story, week) == {"Channel page on tube": "Spam went from 10.0 % (10 of 100) to 30.0 % (30 of 100)."}


def test_a_doubling_within_chance_is_not_named(story: Any, week: Period) -> None:
    write(story, "now", MONDAY, 100, 4)
    write(story, "before", MONDAY - 7 * DAY, 100, 2)
    story.group("g", ["buy now"], "campaign", MONDAY - 7 * DAY, MONDAY)
    assert advice(story, week) == {}


def test_a_rule_without_a_hit_in_two_whole_periods_is_named(story: Any, week: Period) -> None:
    write(story, "now", MONDAY, 60)
    before = write(story, "before", MONDAY - 7 * DAY, 60)
    story.case("k", "seldom", "moderation", before[:1], state="decided")
    names = PolicyNames(rules={"seldom": "Seldom", "never": "Never", "nor": "Nor"})
    assert advice(story, week, names) == {
        "Rules without a hit": "“Never” and “Nor”: no case in two periods, among 120 comments."
    }


def test_a_rule_is_not_called_silent_while_the_store_is_young(story: Any, week: Period) -> None:
    write(story, "now", MONDAY, 500)
    assert advice(story, week, PolicyNames(rules={"never": "Never"})) == {}


def test_a_rule_that_makes_most_cases_and_one_often_withdrawn_are_named(story: Any, week: Period) -> None:
    written = write(story, "now", MONDAY, 50)
    for n, comment in enumerate(written):
        rule, state = ("wide", "decided") if n < 21 else (f"other{n % 2}", "decided" if n < 40 else "withdrawn")
        story.case(f"k{n}", rule, "moderation", [comment], state=state)
    for n, comment in enumerate(written[:6]):
        story.case(f"z{n}", "other0", "moderation", [comment], state="withdrawn")
    assert advice(story, week) == {
        "Rule “other0”": "11 of its 20 cases were withdrawn (55.0 %).",
    }
    for n, comment in enumerate(written[:20]):
        story.case(f"y{n}", "wide", "moderation", [comment], state="decided", subject=f"y{n}")
    assert advice(story, week)["Rule “wide”"] == "It opened 41 of 76 cases (53.9 %)."


def test_overdue_queues_are_named_with_the_latest_case(story: Any, week: Period) -> None:
    comment = write(story, "now", MONDAY, 1)[0]
    for n, due in enumerate([-3, -5, 2]):
        story.case(f"k{n}", f"rule{n}", "care", [comment], due_at=NOW + due * DAY)
    names = PolicyNames(queues={"care": "Customer care"})
    told = advice(story, week, names)
    assert told == {"Cases past their due time": "Customer care: 2 of 3 open cases, the latest by 5 days."}


def test_comments_that_nobody_judged_are_named(story: Any, week: Period) -> None:
    story.comment("a", MONDAY)
    assert advice(story, week) == {"Comments nobody has judged": "1 comment of 1 neither in a case nor cleared."}


def test_failed_runs_and_checks_that_hold_many_rows_are_named(story: Any, week: Period) -> None:
    story.batch(2, rows=100, at=MONDAY, source="b")
    for n in range(12):
        story.quarantine(str(n), ["published_at is a date", *(["rare"] if n < 9 else [])], batch=2)
    story.ran("r", MONDAY, 1.0, state="failed")
    assert advice(story, week) == {
        "Runs that failed": "1 of 1 run failed.",
        "Check “published_at is a date”": "12 rows failed it, 12.0 % of 100 that came in.",
    }
