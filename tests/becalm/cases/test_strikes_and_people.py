"""What people decided makes a strike stand, or takes it back: at once, and in every later run."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from becalm.cases import give_strikes, rank_offenders, stream_time
from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.machine import decide_alone
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve
from becalm.store import Offender, Strike, stable_id
from tests.becalm.cases.conftest import Desk

ONE, TWO, LEAD = "moderator-1", "moderator-2", "lead-1"
EVE = stable_id("youtube", "eve")
HIDE, SPARE = Ruling("hide"), Ruling("none", "dismissed")
COPIES = ["buy tea", "buy teas", "buy the tea"]


@pytest.fixture
def court(stream, policy):
    """Eve insulted twice, and has an account case of nobody yet."""
    court = Desk(stream, policy)
    stream.say("you fools", by="eve", name="one", abuse=0.9)
    stream.say("such fools", by="eve", name="two", under="t2", at=5, abuse=0.9)
    run(court)
    return court


def run(court):
    with court.store.writing() as session:
        give_strikes(session, court.policy)
        rank_offenders(session, court.policy, stream_time(session))
    court.open()
    court.ids = {case.subject.removeprefix("youtube/"): case.id for case in court.stream.cases()}


def strikes(court, account=EVE):
    with court.store.reading() as session:
        rows = session.execute(
            select(Strike.cause, Strike.rule, Strike.upheld).where(Strike.account_id == account).order_by(Strike.cause)
        )
        return [(row.cause.removeprefix("youtube/"), row.rule, row.upheld) for row in rows]


def offender(court, account=EVE):
    with court.store.reading() as session:
        return session.get(Offender, account)


BOTH = [("one", "abuse", False), ("two", "abuse", False)]

DECIDED = [
    ("nothing", [], BOTH),
    ("an upheld case", [(decide, ONE, {"ruling": HIDE})], [("one", "abuse", True), BOTH[1]]),
    ("a dismissed case", [(decide, ONE, {"ruling": SPARE})], [BOTH[1]]),
    ("a reversed case", [(decide, ONE, {"ruling": HIDE}), (reverse, LEAD, {"note": "irony"})], [BOTH[1]]),
    ("an undone decision", [(decide, ONE, {"ruling": HIDE}), (undo, ONE, {})], BOTH),
    ("a dismissal that was overridden",
     [(decide, ONE, {"ruling": SPARE}), (override, LEAD, {"ruling": Ruling("hide", note="no joke")})],
     [("one", "abuse", True), BOTH[1]]),
    ("an uphold that was overridden",
     [(decide, ONE, {"ruling": HIDE}), (override, LEAD, {"ruling": Ruling("none", "dismissed", note="a joke")})],
     [BOTH[1]]),
    ("a reversal that was undone",
     [(decide, ONE, {"ruling": HIDE}), (reverse, LEAD, {"note": "irony"}), (undo, LEAD, {})],
     [("one", "abuse", True), BOTH[1]]),
    ("another rule", [(decide, ONE, {"ruling": Ruling("remove", rule="single-spam")})],
     [("one", "single-spam", True), BOTH[1]]),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), [line[1:] for line in DECIDED], ids=[line[0] for line in DECIDED])
def test_strikes_after(court, steps, expected):
    for verb, by, said in steps:
        court.do(verb, court.ids["one"], by, **said)
    assert strikes(court) == expected
    run(court)
    assert strikes(court) == expected


def test_the_score_falls_with_a_dismissal_at_once_and_not_only_with_the_next_run(court):
    before = offender(court).score
    court.do(decide, court.ids["one"], ONE, ruling=SPARE)
    after = offender(court)
    assert (after.score < before, after.strikes) == (True, 1.0)
    run(court)
    assert offender(court).score == after.score
    court.do(decide, court.ids["two"], ONE, ruling=SPARE)
    assert offender(court) is None


def test_an_undone_dismissal_brings_the_strike_back_with_the_next_run(court):
    court.do(decide, court.ids["one"], ONE, ruling=SPARE)
    court.do(undo, court.ids["one"], ONE)
    run(court)
    assert strikes(court) == BOTH


def test_a_held_decision_makes_no_strike_stand(stream, strict):
    court = Desk(stream, strict)
    stream.say("you fools", by="eve", name="one", abuse=0.9)
    run(court)
    court.do(decide, court.ids["one"], ONE, ruling=SPARE)
    run(court)
    assert strikes(court) == BOTH[:1]
    court.do(approve, court.ids["one"], TWO)
    assert strikes(court) == []


def test_what_a_person_upheld_stands_whatever_the_machine_thinks_later(court):
    court.do(decide, court.ids["one"], ONE, ruling=HIDE)
    for name in ("one", "two"):
        court.stream.score(stable_id("youtube", name), abuse=0.1)
    run(court)
    assert strikes(court) == [("one", "abuse", True)]


def test_a_dismissed_comment_gives_no_strike_under_a_lesser_rule_and_one_under_a_graver(court):
    comment = stable_id("youtube", "one")
    court.do(decide, court.ids["one"], ONE, ruling=SPARE)
    court.stream.score(comment, spam=0.9)
    run(court)
    assert strikes(court) == [BOTH[1]]
    court.stream.regroup(tea=("campaign", ["you fools"]))
    run(court)
    assert strikes(court) == [("tea", "campaign", False), BOTH[1]]


def campaign(court):
    for number, text in enumerate(COPIES):
        court.stream.say(text, by=f"p{number}", name=f"p{number}", spam=0.9)
    court.stream.regroup(tea=("campaign", COPIES))
    run(court)


def test_of_a_dismissed_campaign_nobody_has_a_strike_and_of_an_upheld_one_everybody(court):
    campaign(court)
    p0 = stable_id("youtube", "p0")
    assert strikes(court, p0) == [("tea", "campaign", False)]
    court.do(decide, court.ids["tea"], ONE, ruling=Ruling("remove"))
    assert strikes(court, p0) == [("tea", "campaign", True)]
    court.do(reverse, court.ids["tea"], LEAD, note="they are fans")
    assert strikes(court, p0) == []
    run(court)
    assert strikes(court, p0) == []
    court.stream.say("buy tea", by="p9", name="p9", spam=0.9)
    run(court)
    assert strikes(court, stable_id("youtube", "p9")) == [("tea", "campaign", False)]
    assert strikes(court, p0) == []


def test_a_campaign_under_another_id_makes_no_second_strike_of_what_was_upheld(court):
    campaign(court)
    court.do(decide, court.ids["tea"], ONE, ruling=Ruling("remove"))
    court.stream.regroup(brew=("campaign", COPIES))
    run(court)
    assert strikes(court, stable_id("youtube", "p0")) == [("tea", "campaign", True)]


def test_a_machines_own_decision_makes_nothing_grave(stream, strict):
    court = Desk(stream, strict)
    stream.say("cheap watches", by="eve", name="one", spam=0.9)
    run(court)
    with court.store.writing() as session:
        decide_alone(session, strict, court.ids["one"], Ruling("remove"), court.now)
    run(court)
    assert strikes(court) == [("one", "single-spam", False)]
    court.do(reverse, court.ids["one"], LEAD, note="a shop that was asked for")
    assert strikes(court) == []


def test_what_nobody_upheld_is_half_as_grave_and_raises_no_priority(court):
    gravity = next(each for each in offender(court).factors if each["signal"] == "gravity")
    assert (gravity["score"], offender(court).upheld) == (0.275, 0.0)
    assert "nobody has judged" in gravity["text"]
    before = court.case(court.ids["two"]).priority
    court.do(decide, court.ids["one"], ONE, ruling=HIDE)
    gravity = next(each for each in offender(court).factors if each["signal"] == "gravity")
    assert (gravity["score"], offender(court).upheld) == (0.55, 1.0)
    run(court)
    assert court.case(court.ids["two"]).priority > before


def test_pauses_last_as_long_as_the_strikes_that_people_upheld_say(court):
    for number in range(5):
        court.stream.say(f"you fools {number}", by="eve", name=f"n{number}", under=f"n{number}", abuse=0.9)
    run(court)
    court.do(decide, court.ids["eve"] if "eve" in court.ids else court.ids["youtube:eve"], LEAD, ruling=Ruling("warn"))
    court.later(days=1)
    court.do(decide, court.ids["n0"], ONE, ruling=Ruling("mute"))
    from becalm.store import Measure

    with court.store.reading() as session:
        mute = session.scalars(select(Measure).where(Measure.kind == "mute")).one()
    assert mute.ends_at - mute.taken_at == timedelta(days=7)


def test_a_rerun_after_decisions_changes_nothing(court):
    court.do(decide, court.ids["one"], ONE, ruling=HIDE)
    court.do(decide, court.ids["two"], ONE, ruling=SPARE)
    run(court)
    before = court.stream.tables()
    run(court)
    assert court.stream.tables() == before


def test_who_was_only_copied_gets_no_strike_from_an_upheld_campaign(court):
    text = "the zip broke on the first day"
    for minute, name in enumerate(("genuine", "copier", "copier2"), start=1):
        court.stream.say(text, by=name, name=name, at=minute, spam=0.1)
    court.stream.regroup(copied=("campaign", [text]))
    run(court)
    court.do(decide, court.stream.case(kind="group").id, ONE, ruling=Ruling("remove"))
    run(court)
    assert strikes(court, stable_id("youtube", "genuine")) == []
    assert [upheld for _, _, upheld in strikes(court, stable_id("youtube", "copier"))] == [True]
