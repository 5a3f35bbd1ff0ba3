"""What the machine wrongly took for something, and what it missed, as people found out."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from becalm import cli
from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.machine import decide_alone
from becalm.cases.reversing import close, reverse
from becalm.decisions.cleared import cleared_waiting, draw_cleared, judge_cleared
from becalm.errors import InputError, PersonUnknown
from becalm.review.mistakes import measure_mistakes
from becalm.review.names import PolicyNames
from becalm.review.period import Period, covering_period
from becalm.review.report import names_of
from becalm.review.rules import measure_cases
from tests.becalm.cases.conftest import Desk

ONE, LEAD, REVIEWER = "moderator-1", "lead-1", "reviewer-1"
REMOVE, SPARE = Ruling("remove"), Ruling("none", "dismissed")


@pytest.fixture
def week(stream, policy):
    """Ten comments of spam, two of abuse, and a hundred that no rule asked for."""
    desk = Desk(stream, policy)
    for number in range(10):
        stream.say(f"cheap {number}", by=f"s{number}", name=f"s{number}", spam=0.9)
    for number in range(2):
        stream.say(f"you fools {number}", by=f"a{number}", name=f"a{number}", abuse=0.9)
    for number in range(100):
        stream.say(f"nice {number}", by=f"n{number}", name=f"n{number}")
    desk.open()
    desk.ids = {case.subject.removeprefix("youtube/"): case.id for case in stream.cases()}
    return desk


def measured(desk, period=None):
    with desk.store.reading() as session:
        found = measure_mistakes(session, period or covering_period(session), names_of(desk.policy))
        return found, {line.name: line for line in found.lines}


def test_what_people_dismiss_reverse_or_put_under_another_rule_was_wrong(week):
    for number in range(5):
        week.do(decide, week.ids[f"s{number}"], ONE, ruling=REMOVE)
    week.do(decide, week.ids["s5"], ONE, ruling=SPARE)
    week.do(decide, week.ids["s6"], ONE, ruling=REMOVE)
    week.do(reverse, week.ids["s6"], LEAD, note="a recommendation")
    week.do(decide, week.ids["s7"], ONE, ruling=Ruling("hide", rule="abuse"))
    week.do(close, week.ids["s0"], ONE)
    found, lines = measured(week)
    spam = lines["single-spam"]
    assert (spam.wrong.hits, spam.wrong.total, spam.right.hits) == (3, 8, 5)
    assert (spam.overturned.hits, spam.overturned.total) == (1, 8)
    assert lines["abuse"].elsewhere == 1
    assert lines["youtube/main"].wrong == spam.wrong
    assert (found.customers, found.missed_estimate) == (0, None)


def test_customers_wrongly_treated_as_spammers_are_shown_first(week):
    for number in range(2):
        week.do(decide, week.ids[f"a{number}"], ONE, ruling=SPARE)
    week.do(decide, week.ids["s0"], ONE, ruling=Ruling("reply", rule="complaint"))
    found, _ = measured(week)
    assert [(line.name, line.customers, line.wrong.hits) for line in found.lines] == [
        ("single-spam", 1, 1), ("abuse", 0, 2), ("complaint", 0, 0), ("youtube/main", 1, 3),
    ]  # fmt: skip
    assert found.customers == 1


def test_an_overridden_dismissal_is_no_mistake_of_the_machine_but_overturned(week):
    week.do(decide, week.ids["s0"], ONE, ruling=SPARE)
    week.do(override, week.ids["s0"], LEAD, ruling=Ruling("remove", note="it sells"))
    spam = measured(week)[1]["single-spam"]
    assert (spam.wrong.hits, spam.overturned.hits, spam.overturned.total) == (0, 1, 1)


def test_what_only_a_machine_decided_says_nothing_of_its_mistakes(stream, strict):
    desk = Desk(stream, strict)
    stream.say("cheap", by="s", name="s", spam=0.9)
    desk.open()
    case_id = stream.case().id
    with desk.store.writing() as session:
        decide_alone(session, strict, case_id, REMOVE, desk.now)
    assert measured(desk)[1] == {}
    desk.do(reverse, case_id, ONE, note="a shop that was asked for")
    assert measured(desk)[1]["single-spam"].wrong.hits == 1


def drawn(desk, size, seed="march", **span):
    with desk.store.writing() as session:
        return draw_cleared(session, size, seed, desk.now, **span)


def look(desk, comment, found, by=REVIEWER):
    with desk.store.writing() as session:
        judge_cleared(session, desk.policy, comment, by, found, desk.now)


def test_cleared_comments_are_drawn_once_and_by_lot(week):
    first = drawn(week, 20)
    with week.store.reading() as session:
        assert len(cleared_waiting(session, week.policy, REVIEWER)) == 20
    assert len(set(first) & set(drawn(week, 20))) == 0
    assert len(drawn(week, 500)) == 60
    assert drawn(week, 5) == []


def test_the_same_seed_draws_the_same_and_another_seed_others(fresh_stream, policy):
    lots = []
    for seed in ("a", "a", "b"):
        desk = Desk(fresh_stream(), policy)
        for number in range(40):
            desk.stream.say(f"nice {number}", name=f"n{number}")
        desk.open()
        lots.append(drawn(desk, 10, seed))
    assert lots[0] == lots[1] != lots[2]


def test_only_what_was_looked_at_by_rules_is_drawn_and_only_of_its_days(stream, policy):
    desk = Desk(stream, policy)
    stream.say("ours", by="us", is_brand=True)
    stream.say("unscored", scored=False)
    stream.say("early", name="early", at=0)
    stream.say("late", name="late", at=72)
    desk.open()
    start = stream.now - timedelta(days=30)
    assert len(drawn(desk, 9, until=start + timedelta(days=1))) == 1
    assert len(drawn(desk, 9, since=start + timedelta(days=1))) == 1


def test_the_share_of_misses_comes_with_an_interval_and_with_what_it_means_for_all(week):
    drawn(week, 50)
    with week.store.reading() as session:
        waiting = [one.comment for one in cleared_waiting(session, week.policy, REVIEWER)]
    for place, comment in enumerate(waiting):
        look(week, comment, "abuse" if place < 2 else "fine")
    found, lines = measured(week)
    assert (found.missed.hits, found.missed.total, found.cleared) == (2, 50, 100)
    low, high = found.missed_estimate
    assert 2 <= low <= 4 <= high <= 2 + 50 * found.missed.high + 1
    assert (lines["abuse"].missed.hits, lines["abuse"].missed.total) == (2, 50)
    assert lines["youtube/main"].missed.hits == 2
    outside = Period(week.now, week.now + timedelta(days=7))
    assert measured(week, outside)[0].missed.total == 0


@pytest.mark.parametrize(
    ("comment", "found", "by", "error", "why"),
    [
        ("youtube/s0", "fine", REVIEWER, InputError, "does not wait"),
        ("youtube/none", "fine", REVIEWER, InputError, "does not wait"),
        ("drawn", "abuze", REVIEWER, InputError, "did you mean `abuse`"),
        ("drawn", "fine", "ghost", PersonUnknown, "ghost"),
    ],
)
def test_what_can_not_be_judged_is_refused_and_changes_nothing(week, comment, found, by, error, why):
    drawn(week, 1)
    if comment == "drawn":
        with week.store.reading() as session:
            (comment,) = [one.comment for one in cleared_waiting(session, week.policy, REVIEWER)]
    before = week.stream.tables()
    with pytest.raises(error, match=why):
        look(week, comment, found, by)
    assert week.stream.tables() == before


def test_a_comment_is_judged_once(week):
    drawn(week, 1)
    with week.store.reading() as session:
        (one,) = cleared_waiting(session, week.policy, REVIEWER)
    look(week, one.comment, "fine")
    with pytest.raises(InputError, match="does not wait"):
        look(week, one.comment, "abuse")


def test_errors_on_the_command_line(week, tmp_path):
    def run(*arguments):
        done = CliRunner().invoke(cli.becalm, ["audit", *arguments, "--home", str(tmp_path)])
        assert done.exit_code == 0, done.output
        return done.stdout

    week.do(decide, week.ids["s0"], ONE, ruling=Ruling("reply", rule="complaint"))
    assert "nobody looked at cleared comments" in run("errors")
    assert run("sample", "--cleared", "--size", "30", "--seed", "a") == "30 cleared comments drawn\n"
    waiting = [json.loads(line) for line in run("waiting", "--cleared", "--by", REVIEWER).splitlines()]
    assert len(waiting) == 30
    for place, one in enumerate(waiting):
        run("judge-cleared", one["comment"], "abuse" if place == 0 else "fine", "--by", REVIEWER)
    told = run("errors").splitlines()
    assert told[1].startswith("missed: 1 of 30 cleared comments looked at (3.3\N{NO-BREAK SPACE}%")
    assert told[2].startswith("rule single-spam: 1 customer wronged, 1 of 1 wrong")
    records = [json.loads(line) for line in run("errors", "--json").splitlines()]
    assert records[0]["name"] == "single-spam"
    assert (records[0]["customers"], records[0]["precision"], records[0]["overturn_rate"]) == (1, 0.0, 0.0)


def test_every_case_is_counted_in_one_state_and_reversed_ones_besides(desk):
    rude, spam, angry = (desk.ids[name] for name in ("rude", "spam", "angry"))
    desk.do(decide, rude, ONE, ruling=Ruling("hide"))
    desk.do(decide, spam, ONE, ruling=Ruling("remove"))
    desk.do(decide, angry, ONE, ruling=Ruling("reply"))
    desk.do(reverse, angry, LEAD, note="not for us")
    desk.do(close, angry, LEAD)
    with desk.store.reading() as session:
        cases = measure_cases(session, covering_period(session), desk.now, PolicyNames())
    states = {rule.rule: (rule.open, rule.held, rule.decided, rule.closed, rule.reversed) for rule in cases.rules}
    assert states == {
        "abuse": (0, 1, 0, 0, 0), "single-spam": (0, 0, 1, 0, 0), "complaint": (0, 0, 0, 1, 1),
        "off-topic": (1, 0, 0, 0, 0),
    }  # fmt: skip
    assert cases.decided_ever == 2
