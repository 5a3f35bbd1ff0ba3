"""Decisions are drawn, judged again by somebody else, and compared."""

import pytest

from becalm.cases.deciding import Ruling, decide
from becalm.cases.machine import decide_alone
from becalm.cases.reversing import undo
from becalm.decisions.agreement import agreements
from becalm.decisions.samples import draw, judge_again, waiting
from becalm.errors import InputError, PersonUnknown

ONE, TWO = "moderator-1", "moderator-2"


@pytest.fixture
def decided(desk):
    """Five decisions of people under two rules, one of a machine, and one that was undone."""
    for number in range(6):
        desk.stream.say(f"cheap {number}", by=f"s{number}", name=f"s{number}", spam=0.9)
    desk.open()
    spam = [case.id for case in desk.stream.cases(rule="single-spam", state="open")]
    for number, case_id in enumerate(spam[:4]):
        desk.do(decide, case_id, ONE, ruling=Ruling("remove") if number else Ruling("none", "dismissed"))
    desk.do(decide, desk.ids["angry"], TWO, ruling=Ruling("reply"))
    with desk.store.writing() as session:
        decide_alone(session, desk.policy, spam[4], Ruling("remove"), desk.now)
    desk.do(decide, spam[5], ONE, ruling=Ruling("remove"))
    desk.do(undo, spam[5], ONE)
    return desk


def drawn(desk, size, seed="march"):
    with desk.store.writing() as session:
        return draw(session, size, seed, desk.now)


def test_every_rule_gets_its_turn_for_people_and_machines_apart(decided):
    ids = drawn(decided, 3)
    told = {(each.rule, each.is_machine) for each in decided.log(*every_case(decided)) if each.id in ids}
    assert told == {("complaint", False), ("single-spam", False), ("single-spam", True)}


def test_nothing_is_drawn_twice_and_nothing_undone(decided):
    assert len(drawn(decided, 100)) == 6
    assert drawn(decided, 100) == []


def test_the_judge_sees_the_words_and_never_their_own_cases(decided):
    drawn(decided, 100)
    with decided.store.reading() as session:
        for_one, for_two = (waiting(session, decided.policy, by) for by in (ONE, TWO))
    assert [len(for_one), len(for_two)] == [2, 5]
    assert all(each.texts and each.meaning for each in for_one)


def test_agreement_is_told_for_each_rule_and_each_who_decided(decided):
    drawn(decided, 100)
    with decided.store.writing() as session:
        for each in waiting(session, decided.policy, TWO):
            judge_again(session, decided.policy, each.decision_id, TWO, "upheld", decided.now)
        told = {(each.kind, each.name): each for each in agreements(session)}
    assert set(told) == {("by", ONE), ("by", "machine"), ("rule", "single-spam")}
    assert (told["by", ONE].looks, told["by", ONE].agreed, told["by", ONE].base_rate) == (4, 0.75, 1.0)
    assert told["by", "machine"].kappa is None


def test_who_may_not_judge_is_told(decided):
    ids = drawn(decided, 100)
    own = next(each.id for each in decided.log(*every_case(decided)) if each.by == ONE and each.id in ids)
    with decided.store.writing() as session:
        for by, error in ((ONE, InputError), ("ghost", PersonUnknown)):
            with pytest.raises(error):
                judge_again(session, decided.policy, own, by, "upheld", decided.now)
        judge_again(session, decided.policy, own, TWO, "upheld", decided.now)
        with pytest.raises(InputError, match="does not wait"):
            judge_again(session, decided.policy, own, TWO, "dismissed", decided.now)


def every_case(desk):
    return [case.id for case in desk.stream.cases()]
