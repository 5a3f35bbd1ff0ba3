from datetime import UTC, datetime, timedelta
from typing import Any

from becalm.review import Period, PolicyNames
from becalm.review.rules import measure_cases

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
DAY = timedelta(days=1)
NOW = MONDAY + 7 * DAY


def test_rules_are_counted_by_their_comments_times(story: Any, week: Period) -> None:
    inside, before = story.comment("in", MONDAY), story.comment("before", MONDAY - DAY)
    years_later = MONDAY + 900 * DAY
    story.case("k1", "abuse", "moderation", [inside], priority=0.2, opened_at=years_later, due_at=years_later)
    story.case("k2", "abuse", "moderation", [inside, before], priority=0.4, state="withdrawn")
    story.case("k3", "abuse", "moderation", [inside], priority=0.9, state="decided")
    story.case("k4", "abuse", "moderation", [before])
    story.case("k5", "flood", "moderation", [inside], due_at=NOW - DAY)
    with story.save().reading() as session:
        cases = measure_cases(session, week, NOW, PolicyNames())
    abuse, flood = cases.rules
    assert (abuse.rule, abuse.cases, abuse.before) == ("abuse", 3, 2)
    assert (abuse.open, abuse.withdrawn, abuse.decided, abuse.overdue, abuse.priority) == (1, 1, 1, 0, 0.4)
    assert (flood.cases, flood.before, flood.overdue, flood.share.hits, flood.share.total) == (1, 0, 1, 1, 4)
    assert (cases.total, cases.before, cases.decided_ever) == (4, 2, 1)


def test_a_case_without_comments_counts_where_it_was_opened(story: Any, week: Period) -> None:
    story.case("k1", "returned", "accounts", [], kind="account", opened_at=MONDAY + DAY)
    story.case("k2", "returned", "accounts", [], kind="account", opened_at=MONDAY + 7 * DAY)
    with story.save().reading() as session:
        (rule,) = measure_cases(session, week, NOW, PolicyNames()).rules
    assert (rule.cases, rule.before) == (1, 0)


def test_a_rule_in_force_without_a_hit_has_its_line(story: Any, week: Period) -> None:
    story.case("k1", "retired", "moderation", [story.comment("a", MONDAY)])
    with story.save().reading() as session:
        rules = measure_cases(session, week, NOW, PolicyNames(rules={"doxxing": "Doxxing"})).rules
    assert [(rule.rule, rule.queue, rule.cases, rule.priority) for rule in rules] == [
        ("retired", "moderation", 1, 0.5), ("doxxing", None, 0, None),
    ]  # fmt: skip


def test_queues_stand_as_they_are_now_with_the_oldest_of_three(story: Any, week: Period) -> None:
    for n, (age, due) in enumerate([(3, 1), (9, -2), (5, 0)]):
        comment = story.comment(str(n), NOW - 30 * DAY)
        story.case(f"k{n}", "abuse", "moderation", [comment], opened_at=NOW - age * DAY, due_at=NOW + due * DAY)
    story.case("k9", "abuse", "moderation", [], state="withdrawn", opened_at=NOW - 90 * DAY, due_at=NOW - 90 * DAY)
    with story.save().reading() as session:
        (queue,) = measure_cases(session, week, NOW, PolicyNames()).queues
    assert (queue.open, queue.overdue) == (3, 1)  # due at this very moment is not late yet
    assert (queue.oldest_opened_at, queue.next_due_at) == (NOW - 9 * DAY, NOW - 2 * DAY)
