"""Threads whose tone is turning: one case with a reminder, once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from becalm.cases.heat import at_least_by_chance, read_heat
from becalm.cases.strikes import stream_time
from becalm.policy import SHIPPED, load_policy

POLICY = load_policy()


def calm(stream, under, start, comments, by="p"):
    for n in range(comments):
        stream.say(f"nice {under} {start} {n}", by=f"{by}{n}", under=under, at=start + n * 0.5)


def harsh(stream, under, start, comments, accounts=4, **signals):
    for n in range(comments):
        stream.say(f"harsh {under} {start} {n}", by=f"h{n % accounts}", under=under, at=start + n * 0.5,
                   **({"abuse": 0.55} | signals))  # fmt: skip


def thread_cases(stream, state="open"):
    return stream.cases(kind="thread", state=state)


def test_a_thread_that_turns_harsh_gets_one_reminder_with_the_reasons(stream, run):
    calm(stream, "t1", 0, 30)
    calm(stream, "t2", 60, 10)
    harsh(stream, "t1", 60, 7)
    calm(stream, "t1", 64, 5)
    run(stream)
    (case,) = thread_cases(stream)
    assert (case.rule, case.subject, case.queue) == ("heated-thread", "youtube/t1", "moderation")
    assert (case.suggested_action, case.suggested_template) == ("remind", "respect-reminder")
    told = {reason["signal"]: reason["text"] for reason in case.reasons}
    assert "before that 0 of 30 comments in this thread" in told["before"]
    assert len(stream.comments_of(case)) == 7
    before = stream.tables()
    assert run(stream).opened == 0
    assert stream.tables() == before


def test_once_somebody_decided_nobody_is_reminded_again(stream, run):
    calm(stream, "t1", 0, 30)
    harsh(stream, "t1", 60, 8)
    run(stream)
    (case,) = thread_cases(stream)
    stream.decide(case.id)
    harsh(stream, "t1", 70, 9)
    run(stream)
    assert thread_cases(stream) == []
    assert [one.id for one in thread_cases(stream, "decided")] == [case.id]


def test_a_thread_that_cools_down_is_taken_back_and_may_heat_up_again_as_the_same_case(stream, run):
    calm(stream, "t1", 0, 30)
    harsh(stream, "t1", 60, 8)
    run(stream)
    (case,) = thread_cases(stream)
    calm(stream, "t1", 100, 9)
    run(stream)
    assert [one.id for one in thread_cases(stream, "withdrawn")] == [case.id]
    harsh(stream, "t1", 160, 12)
    run(stream)
    assert [one.id for one in thread_cases(stream)] == [case.id]


@pytest.mark.parametrize(
    ("comments", "accounts", "signals"),
    [(9, 2, {}), (9, 4, {"complaint": 0.9}), (9, 4, {"abuse": 0.0, "sentiment": -0.3}), (4, 4, {})],
)
def test_one_shouter_customers_in_anger_a_bad_mood_and_a_few_are_no_heat(stream, run, comments, accounts, signals):
    calm(stream, "t1", 0, 30)
    harsh(stream, "t1", 60, comments, accounts, **signals)
    run(stream)
    assert thread_cases(stream) == []


def test_bad_mood_alone_heats_a_thread_up_when_it_is_no_complaint(stream, run):
    calm(stream, "t1", 0, 30)
    harsh(stream, "t1", 60, 9, abuse=0.0, sentiment=-0.9)
    run(stream)
    assert len(thread_cases(stream)) == 1


def test_where_it_was_always_harsh_nothing_is_turning(stream, run):
    for n in range(40):
        stream.say(f"rough {n}", by=f"r{n}", under="t1", at=n * 0.5, abuse=0.55 * (n % 2))
    harsh(stream, "t1", 60, 5, accounts=5)
    calm(stream, "t1", 63, 5)
    run(stream)
    assert thread_cases(stream) == []


def test_the_brand_and_an_empty_store_heat_nothing_up(stream):
    with stream.store.reading() as session:
        assert read_heat(session, POLICY, stream_time(session)) == ()
    for n in range(9):
        stream.say(f"brand {n}", by="us", is_brand=True, at=n, abuse=0.9)
    with stream.store.reading() as session:
        assert read_heat(session, POLICY, stream_time(session)) == ()


def test_every_language_of_the_first_answer_has_a_reminder():
    languages = {one.language for one in POLICY.templates if one.id == "respect-reminder"}
    assert languages == {one.language for one in POLICY.templates if one.id == "care-first-answer"}


def test_a_rule_on_threads_gives_no_strikes(changed, tmp_path):
    from becalm.errors import PolicyInvalid

    path = tmp_path / "policy.yaml"
    old = "    template: respect-reminder\n"
    text = SHIPPED.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, f"{old}    strike: {{weight: 1.0}}\n"))
    with pytest.raises(PolicyInvalid, match="nobody's offence"):
        load_policy(path)


@given(st.integers(0, 30), st.integers(1, 30), st.floats(0.02, 1.0))
def test_chances_lie_between_zero_and_one_and_fall_with_more_harsh_comments(harsh_ones, comments, share):
    fewer = at_least_by_chance(min(harsh_ones, comments), comments, share)
    more = at_least_by_chance(min(harsh_ones + 1, comments), comments, share)
    assert 0 <= more <= fewer + 1e-9 <= 1 + 1e-9
