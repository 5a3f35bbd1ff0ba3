"""Packs are made of what people decided, the hard cases first."""

from datetime import timedelta

import pytest

from becalm.cases.claims import claim, skip
from becalm.cases.deciding import Ruling, override
from becalm.cases.machine import decide_alone
from becalm.cases.reversing import reverse
from becalm.decisions.samples import draw, judge_again
from becalm.errors import InputError
from becalm.training import InsufficientData, make_pack
from becalm.training.make import Wanted
from becalm.training.pack import as_json


def made(town, **wanted):
    with town.store.reading() as session:
        return make_pack(session, town.policy, Wanted(**wanted))


def of_case(town, comment, pack):
    """The scenario about this comment."""
    case = town.case_of(comment)
    return next(each.scenario for each in pack.made if each.case_id == case)


def test_the_same_seed_makes_the_same_pack_and_another_one_another(decided):
    first, again, other = (made(decided, seed=seed, scenarios=9).pack for seed in ("a", "a", "b"))
    assert as_json(first) == as_json(again)
    assert [one.comments for one in other.scenarios] != [one.comments for one in first.scenarios]


def test_rules_take_turns(decided):
    pack = made(decided, scenarios=10).pack
    assert sorted(one.about for one in pack.scenarios) == ["abuse"] * 5 + ["single-spam"] * 5


def test_the_right_answer_is_the_decision_in_force_with_its_rule_and_version(decided):
    pack = made(decided, scenarios=14)
    upheld, dismissed = (of_case(decided, f"c{one}", pack) for one in (5, 1))
    assert (upheld.right_option.rule, upheld.right_option.action) == ("abuse", "hide")
    assert (dismissed.right_option.rule, dismissed.right_option.action) == (None, "none")
    assert upheld.words.policy_version == "2"
    assert upheld.words.title == "Abusive language"
    assert "Insults" in upheld.words.meaning


def test_a_reversal_makes_the_opposite_right_and_teaches_to_apologise(decided):
    decided.do(reverse, decided.case_of("c6"), by="lead-1", note="a quotation")
    scenario = of_case(decided, "c6", made(decided, scenarios=14))
    assert scenario.right_option.rule is None
    assert scenario.is_hard
    assert "hide" in {option.action for option in scenario.options}
    assert "our mistake" in scenario.tone.good


def test_an_override_is_right_and_what_it_replaced_is_offered_as_wrong(decided):
    decided.do(override, decided.case_of("c7"), by="lead-1", ruling=Ruling("warn", note="for the third time"))
    scenario = of_case(decided, "c7", made(decided, scenarios=14))
    assert scenario.right_option.action == "warn"
    assert ("abuse", "hide") in {(option.rule, option.action) for option in scenario.options}


def test_hard_cases_come_first_with_plain_ones_between(decided):
    decided.say("you clown", by="late", at=9, abuse=0.9)
    decided.open()
    case = decided.case_of("c15")
    decided.do(claim, case)
    decided.do(skip, case, reason="not sure")
    decided.decide("c15")
    for comment in ("c3", "c4"):
        decided.do(reverse, decided.case_of(comment), by="lead-1", note="a quotation")
    abuse = [one for one in made(decided, scenarios=15).pack.scenarios if one.about == "abuse"]
    assert [one.is_hard for one in abuse[:4]] == [True, True, False, True]
    assert abuse[3].marks == ("skipped",)


def test_what_a_second_look_disputes_is_discussed_without_a_score(decided):
    with decided.store.writing() as session:
        for decision in draw(session, 3, "x", decided.now):
            judge_again(session, decided.policy, decision, "reviewer-1", "dismissed", decided.now)
    scenarios = made(decided, scenarios=14).pack.scenarios
    disputed = [one for one in scenarios if one.right is None]
    assert disputed
    assert all("no score" in one.why[0] for one in disputed)
    assert len(disputed) <= len(scenarios) // 4 + 1


def test_a_machine_alone_is_never_right_until_a_person_agrees(decided, changed):
    alone = "    severity: 0.45\n    machine_may_act: true\n    machine_daily_limit: 9\n"
    decided.policy = changed({"    severity: 0.45\n": alone}, version="2a")
    decided.say("cheap shoes", by="bot", at=9, spam=0.9)
    decided.open()
    case = decided.case_of("c15")
    with decided.store.writing() as session:
        settled = decide_alone(session, decided.policy, case, Ruling("remove"), decided.now)
    assert case not in {one.case_id for one in made(decided, scenarios=15).made}
    with decided.store.writing() as session:
        draw(session, 99, "x", decided.now)
        judge_again(session, decided.policy, settled.decision.id, "reviewer-1", "upheld", decided.now)
    assert case in {one.case_id for one in made(decided, scenarios=15).made}


def test_too_few_decided_cases_say_what_is_missing(town):
    town.say("you fool", abuse=0.9)
    town.open()
    town.decide("c1")
    with pytest.raises(InsufficientData, match=r"insufficient data: 1 cases .* 10 are needed: 9 more"):
        made(town)


def test_one_answer_to_everything_teaches_nothing(town):
    for one in range(10):
        town.say(f"you fool {one}", by=f"r{one}", abuse=0.9)
    town.open()
    for one in range(1, 11):
        town.decide(f"c{one}")
    with pytest.raises(InsufficientData, match="all with one answer"):
        made(town)


def test_days_are_those_of_the_decisions(decided):
    with pytest.raises(InsufficientData, match="0 cases"):
        made(decided, start=decided.now + timedelta(days=1))
    assert len(made(decided, end=decided.now + timedelta(days=1)).pack.scenarios) == 14


def test_a_language_that_packs_do_not_speak_is_refused(decided):
    with pytest.raises(InputError, match="de or en"):
        made(decided, language="fr")


def test_a_pack_in_german_has_german_lessons_and_questions(decided):
    scenario = made(decided, language="de").pack.scenarios[0]
    assert scenario.question == "Was tust du, und nach welcher Regel?"
    assert scenario.tone.objections


def test_what_came_after_the_decision_was_not_known(decided):
    decided.say("you fool again", by="rude5", name="Rudi Ruff5", at=700, abuse=0.9)
    decided.open()
    decided.decide("c15")
    pack = made(decided, scenarios=15)
    assert any("never acted" in one for one in of_case(decided, "c6", pack).history)
    later = of_case(decided, "c15", pack).history
    assert any("Abusive language" in one for one in later)
    assert "Person A: 1 comment before this, the first 28 days earlier." in later
