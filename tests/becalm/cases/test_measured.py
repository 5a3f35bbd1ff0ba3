"""What a decision does to an account is a measure as long as it is in force, and a notice for the next suggestion."""

import pytest
from sqlalchemy import select

from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.machine import decide_alone
from becalm.cases.measures import Kind, lift_measures, take_measure
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve
from becalm.cases.told import count_notices
from becalm.store import Measure, stable_id

ONE, TWO, LEAD = "moderator-1", "moderator-2", "lead-1"


def measures(desk):
    with desk.store.reading() as session:
        rows = session.scalars(select(Measure).order_by(Measure.taken_at, Measure.kind))
        return [(one.kind, one.account_id, one.ends_at, one.lifted_at is None) for one in rows]


def notices(desk, name):
    with desk.store.reading() as session:
        return count_notices(session)[stable_id("youtube", name)]


def test_a_warning_is_a_measure_once_it_is_in_force_and_until_it_is_reversed(desk):
    rude = desk.ids["rude"]
    desk.do(decide, rude, ONE, ruling=Ruling("warn", template="warning"))
    assert measures(desk) == []
    assert notices(desk, "rudi") == 0
    desk.later(minutes=5)
    desk.do(approve, rude, TWO)
    assert measures(desk) == [("warn", stable_id("youtube", "rudi"), None, True)]
    assert notices(desk, "rudi") == 1
    desk.later(hours=1)
    desk.do(reverse, rude, LEAD, note="a quotation")
    assert [one[3] for one in measures(desk)] == [False]
    assert notices(desk, "rudi") == 0
    desk.do(undo, rude, LEAD)
    assert sorted(one[3] for one in measures(desk)) == [False, True]
    assert notices(desk, "rudi") == 1


def test_an_override_lifts_what_it_overrides_and_a_pause_ends_as_the_ladder_says(desk):
    spam = desk.ids["spam"]
    with desk.store.writing() as session:
        take_measure(session, "youtube:spammer", Kind.WARN, desk.now, "lead")
    desk.later(hours=1)
    desk.do(decide, spam, ONE, ruling=Ruling("mute", template="muted"))
    _, (kind, _, ends_at, stands) = measures(desk)
    assert (kind, (ends_at - desk.now).days, stands) == ("mute", 7, True)
    desk.later(hours=1)
    desk.do(override, spam, LEAD, ruling=Ruling("remove", note="the comment, not the person"))
    assert [one[3] for one in measures(desk)] == [True, False]
    assert notices(desk, "spammer") == 2


@pytest.mark.parametrize("ruling", [Ruling("warn", "dismissed"), Ruling("reply")])
def test_what_is_dismissed_or_kind_is_no_measure(desk, ruling):
    desk.do(decide, desk.ids["spam"], ONE, ruling=ruling)
    assert measures(desk) == []
    assert notices(desk, "spammer") == 0


def test_what_a_machine_decides_raises_nothing_it_thinks_of_the_account(desk):
    with desk.store.writing() as session:
        decide_alone(session, desk.policy, desk.ids["spam"], Ruling("warn"), desk.now)
    assert measures(desk) == []


def test_a_measure_written_down_by_hand_is_a_notice_until_it_is_lifted(desk):
    with desk.store.writing() as session:
        take_measure(session, "youtube:ann", Kind.WARN, desk.now, "lead")
    assert notices(desk, "ann") == 1
    with desk.store.writing() as session:
        lift_measures(session, "youtube:ann", desk.now)
    assert notices(desk, "ann") == 0


def test_the_first_notice_is_the_mild_one_and_the_next_is_not(desk):
    desk.stream.say("you idiots", by="spammer", name="again", abuse=0.9)
    desk.open()
    again = desk.stream.case(subject="youtube/again").id
    assert desk.case(again).suggested_template == "first-notice"
    desk.do(decide, desk.ids["spam"], ONE, ruling=Ruling("remove"))
    desk.open()
    assert desk.case(again).suggested_template == "notice-hidden"
