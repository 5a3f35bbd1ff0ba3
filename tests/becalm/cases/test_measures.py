"""What people did about accounts: nobody is suggested for a suspension who was not warned and went on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from becalm.cases.measures import Kind, lift_measures, measures, measures_version, standings, take_measure
from becalm.errors import AccountUnknown, InputError
from becalm.policy import load_policy
from becalm.store import Offender, stable_id

EVE = "youtube:eve"
POLICY = load_policy()


def take(stream, kind, days_later=0.0, account=EVE, days=None):
    at = stream.now - timedelta(days=30) + timedelta(days=days_later)
    with stream.store.writing() as session:
        take_measure(session, account, kind, at, "lead", days)


def insults(stream, times, start=0.0):
    for place in range(times):
        stream.say(f"you fools {start} {place}", by="eve", under=f"t{place}", at=start + place, abuse=0.9)


def suggested(stream):
    return [(case.rule, case.suggested_action) for case in stream.cases(kind="account", state="open")]


def test_a_warning_comes_before_a_suspension_however_high_the_score(stream, run):
    insults(stream, 30)
    run(stream)
    assert suggested(stream) == [("repeat-offender", "warn")]


def test_who_was_warned_and_stops_is_left_alone(stream, run):
    insults(stream, 5)
    run(stream)
    take(stream, Kind.WARN, days_later=1)
    stream.say("nice light", by="eve", at=48)
    run(stream)
    assert suggested(stream) == []


def test_who_goes_on_after_a_warning_is_suggested_for_a_suspension(stream, run):
    insults(stream, 5)
    take(stream, Kind.WARN, days_later=1)
    insults(stream, 2, start=48)
    run(stream)
    assert suggested(stream) == [("warned-in-vain", "mute")]
    told = {reason["text"] for reason in stream.case(kind="account").reasons}
    assert "in 5 threads on 1 channel, 2 after a warning" in told
    assert "comments against the rules after the latest warning: 2 (at least 1)" in told


def test_who_is_suspended_already_is_not_suggested_again(stream, run):
    insults(stream, 5)
    take(stream, Kind.WARN, days_later=1)
    insults(stream, 2, start=48)
    take(stream, Kind.BAN, days_later=2)
    run(stream)
    assert suggested(stream) == []


def test_a_mute_ends_and_a_warning_expires(stream):
    stream.say("hello", by="eve")
    take(stream, Kind.WARN)
    take(stream, Kind.MUTE, days=7)
    with stream.store.reading() as session:
        start = stream.now - timedelta(days=30)
        found = [standings(session, POLICY, start + timedelta(days=days)) for days in (1, 8, 181)]
    assert [(one[stable_id("youtube", "eve")].warnings, one[stable_id("youtube", "eve")].suspensions)
            for one in found[:2]] == [(1, 1), (1, 0)]  # fmt: skip
    assert found[2] == {}


def test_a_lifted_measure_stays_on_the_list_and_counts_no_more(stream, run):
    insults(stream, 5)
    take(stream, Kind.WARN, days_later=1)
    take(stream, Kind.MUTE, days_later=2, days=3)
    with stream.store.writing() as session:
        before = measures_version(session)
        assert lift_measures(session, EVE, stream.now - timedelta(days=27)) == 2
        assert lift_measures(session, EVE, stream.now) == 0
        assert measures_version(session) != before
        assert [(one.kind, one.lifted_at is not None) for one in measures(session)] == [("mute", True), ("warn", True)]
    run(stream)
    assert suggested(stream) == [("repeat-offender", "warn")]


def test_what_offenders_did_after_a_warning_stands_in_their_row(stream, run):
    insults(stream, 2)
    take(stream, Kind.WARN, days_later=1)
    insults(stream, 3, start=48)
    run(stream)
    with stream.store.reading() as session:
        row = session.execute(select(Offender.warnings, Offender.after_warning, Offender.suspensions)).one()
    assert tuple(row) == (1, 3, 0)


def test_nobody_warns_an_account_that_is_not_there(stream):
    with pytest.raises(AccountUnknown, match="PLATFORM:AUTHOR_ID"):
        take(stream, Kind.WARN, account="eve")


def test_a_warning_has_no_days(stream):
    stream.say("hello", by="eve")
    with pytest.raises(InputError, match="warning_days"):
        take(stream, Kind.WARN, days=3)
