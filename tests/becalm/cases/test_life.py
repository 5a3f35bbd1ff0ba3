"""The life of a case: held, overridden and reversed decisions, and who may do what."""

import pytest

from becalm.cases.claims import claim, hand_over, refresh, release, skip
from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.escalating import add_note, escalate
from becalm.cases.machine import decide_alone
from becalm.cases.reversing import close, reverse, undo
from becalm.cases.second import approve, refuse
from becalm.decisions import force_of, verify_chain
from becalm.errors import CaseConflict, CaseRefused, CaseUnknown, InputError, PersonUnknown

ONE, TWO, LEAD, CARE, REVIEWER = "moderator-1", "moderator-2", "lead-1", "care-1", "reviewer-1"
HIDE, NOTHING = Ruling("hide"), Ruling("none", "dismissed", note="a joke among friends")
WHY = {"note": "it was a quotation"}

# Steps on a case that takes two people: (verb, who, more) and then the state, what is in force and what is pending.
TABLE = [
    ("a first person's decision waits", [(decide, ONE, {"ruling": HIDE})], ("held", None, "hide")),
    ("a second person brings it into force",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {})], ("decided", "hide", None)),
    ("a second person sends it back", [(decide, ONE, {"ruling": HIDE}), (refuse, TWO, WHY)], ("open", None, None)),
    ("a newer proposal ends the older",
     [(decide, ONE, {"ruling": HIDE}), (decide, TWO, {"ruling": NOTHING})], ("held", None, "none")),
    ("and the first person can be the second to it",
     [(decide, ONE, {"ruling": HIDE}), (decide, TWO, {"ruling": NOTHING}), (approve, ONE, {})],
     ("decided", "none", None)),
    ("an override is held too, and the older stays in force",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (override, LEAD, {"ruling": NOTHING})],
     ("held", "hide", "none")),
    ("a refused override leaves the older in force",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (override, LEAD, {"ruling": NOTHING}), (refuse, ONE, WHY)],
     ("decided", "hide", None)),
    ("an approved override takes its place",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (override, LEAD, {"ruling": NOTHING}), (approve, ONE, {})],
     ("decided", "none", None)),
    ("a reversal leaves nothing done",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (reverse, LEAD, WHY)], ("decided", "none", None)),
    ("an undone reversal brings it back",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (reverse, LEAD, WHY), (undo, LEAD, {})],
     ("decided", "hide", None)),
    ("an undone approval waits again",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (undo, TWO, {})], ("held", None, "hide")),
    ("an undone proposal opens the case", [(decide, ONE, {"ruling": HIDE}), (undo, ONE, {})], ("open", None, None)),
    ("a closed case can be reversed",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (close, ONE, {}), (reverse, LEAD, WHY)],
     ("decided", "none", None)),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), [line[1:] for line in TABLE], ids=[line[0] for line in TABLE])
def test_what_a_case_comes_to(desk, steps, expected):
    case_id = desk.ids["rude"]
    for verb, by, said in steps:
        desk.do(verb, case_id, by, **said)
        desk.later(minutes=1)
    force = force_of(desk.log(case_id))
    in_force, pending = (each and each.action for each in (force.in_force, force.pending))
    assert (desk.case(case_id).state, in_force, pending) == expected
    with desk.store.reading() as session:
        assert verify_chain(session).decisions == len(desk.log(case_id))


def test_an_override_names_what_it_overrides_and_both_stay_in_the_log(desk):
    first = desk.do(decide, desk.ids["angry"], CARE, ruling=Ruling("reply", template="care-first-answer"))
    second = desk.do(override, desk.ids["angry"], LEAD, ruling=Ruling("message", note="better in private"))
    assert second.decision.overrides == first.decision.id
    assert (second.taken_back, second.taken_up) == (first.decision, second.decision)
    assert desk.log(desk.ids["angry"]) == [first.decision, second.decision]


def test_what_is_held_has_no_effect_until_it_is_approved(desk):
    held = desk.do(decide, desk.ids["rude"], ONE, ruling=HIDE)
    assert (held.taken_up, held.taken_back) == (None, None)
    approved = desk.do(approve, desk.ids["rude"], TWO)
    assert approved.taken_up == held.decision
    reversed_ = desk.do(reverse, desk.ids["rude"], LEAD, **WHY)
    assert (reversed_.taken_back, reversed_.taken_up.action) == (held.decision, "none")


def test_a_decision_names_its_comments_accounts_rule_and_version(desk):
    written = desk.do(decide, desk.ids["angry"], CARE, ruling=Ruling("reply")).decision
    case = desk.stream.case(id=desk.ids["angry"])
    assert set(written.subjects["comments"]) == desk.stream.comments_of(case)
    assert len(written.subjects["accounts"]) == 1
    assert (written.rule, written.policy_version, written.by, written.is_machine) == (
        "complaint",
        "strict",
        CARE,
        False,
    )


@pytest.mark.parametrize(
    ("case", "steps", "error", "why"),
    [
        ("rude", [(decide, "nobody", {"ruling": HIDE})], PersonUnknown, "'nobody' is not among"),
        ("rude", [(claim, "moderator-3", {})], PersonUnknown, "did you mean"),
        ("none", [(claim, ONE, {})], CaseUnknown, "there is none"),
        ("lost", [(claim, ONE, {})], CaseRefused, "decided by lead"),
        ("angry", [(decide, ONE, {"ruling": Ruling("banish")})], CaseRefused, "no action `banish`"),
        ("angry", [(decide, ONE, {"ruling": Ruling("reply", "maybe")})], CaseRefused, "upheld or dismissed"),
        ("angry", [(decide, ONE, {"ruling": Ruling("reply", rule="nope")})], CaseRefused, "no rule `nope`"),
        ("angry", [(decide, ONE, {"ruling": Ruling("reply", template="warning")})], CaseRefused, "is for warn"),
        ("angry", [(decide, ONE, {"ruling": Ruling("reply", rule="off-topic")})], CaseRefused, "decided by lead"),
        ("rude", [(decide, ONE, {"ruling": HIDE}), (approve, ONE, {})], CaseRefused, "somebody else"),
        ("rude", [(decide, ONE, {"ruling": HIDE}), (claim, ONE, {})], CaseRefused, "you were the first"),
        ("rude", [(approve, ONE, {})], CaseRefused, "not held"),
        ("rude", [(decide, ONE, {"ruling": HIDE}), (refuse, TWO, {"note": " "})], CaseRefused, "say why"),
        ("angry", [(reverse, ONE, WHY)], CaseRefused, "not decided"),
        ("angry", [(decide, ONE, {"ruling": HIDE}), (undo, TWO, {})], CaseRefused, "not yours"),
        ("angry", [(decide, ONE, {"ruling": HIDE}), (override, TWO, {"ruling": HIDE})], CaseRefused, "say why"),
        ("angry", [(decide, ONE, {"ruling": HIDE}), (reverse, TWO, WHY), (reverse, TWO, WHY)], CaseRefused, "nothing"),
        ("angry", [(decide, ONE, {"ruling": HIDE}), (decide, TWO, {"ruling": HIDE})], CaseRefused, "not open or held"),
        ("angry", [(claim, ONE, {}), (claim, TWO, {})], CaseConflict, "claimed by moderator-1 until"),
        ("angry", [(claim, ONE, {}), (decide, TWO, {"ruling": HIDE})], CaseConflict, "last: claim by moderator-1 on"),
        ("angry", [(claim, ONE, {"expected_version": 9})], CaseConflict, "changed since version 9, it is now at 1"),
        ("angry", [(release, ONE, {})], CaseRefused, "no claim"),
        ("angry", [(claim, ONE, {}), (skip, ONE, {"reason": ""})], CaseRefused, "say why"),
        ("angry", [(claim, ONE, {}), (hand_over, ONE, {"to": "ghost"})], PersonUnknown, "ghost"),
        ("angry", [(escalate, ONE, {"to": "leed", "reason": "x"})], CaseRefused, "did you mean `lead`"),
        ("angry", [(add_note, ONE, {"text": " "})], CaseRefused, "empty"),
    ],
)  # fmt: skip
def test_what_may_not_be_is_refused_and_changes_nothing(desk, case, steps, error, why):
    *before, (verb, by, said) = steps
    case_id = desk.ids.get(case, "k000")
    for each, who, more in before:
        desk.do(each, case_id, who, **more)
    tables = desk.stream.tables()
    with pytest.raises(error, match=why) as caught:
        desk.do(verb, case_id, by, **said)
    assert isinstance(caught.value, InputError)
    assert desk.stream.tables() == tables


def test_the_second_moderator_does_not_overwrite_the_first(desk):
    seen = desk.case(desk.ids["angry"]).version
    desk.do(decide, desk.ids["angry"], ONE, ruling=Ruling("reply"), expected_version=seen)
    with pytest.raises(CaseConflict, match=r"decided, last: decision by moderator-1 on 2026-04-01 09:00 UTC"):
        desk.do(decide, desk.ids["angry"], TWO, ruling=HIDE, expected_version=seen)
    assert [each.action for each in desk.log(desk.ids["angry"])] == ["reply"]


def test_an_undo_comes_too_late_after_its_minutes(desk):
    desk.do(decide, desk.ids["angry"], ONE, ruling=Ruling("reply"))
    desk.later(minutes=16)
    with pytest.raises(CaseRefused, match="after 15 minutes"):
        desk.do(undo, desk.ids["angry"], ONE)
    assert desk.case(desk.ids["angry"]).state == "decided"


def test_whoever_undoes_has_the_case_again(desk):
    desk.do(decide, desk.ids["angry"], ONE, ruling=Ruling("reply"))
    undone = desk.do(undo, desk.ids["angry"], ONE)
    assert (undone.case.state, undone.case.claimant(desk.now)) == ("open", ONE)
    assert undone.taken_back.action == "reply"


def test_a_case_handed_over_is_never_free_in_between(desk):
    desk.do(claim, desk.ids["angry"], ONE)
    desk.later(minutes=29)
    desk.do(hand_over, desk.ids["angry"], ONE, to=CARE, note="you know her")
    desk.later(minutes=29)
    assert desk.case(desk.ids["angry"]).claimant(desk.now) == CARE
    with pytest.raises(CaseConflict):
        desk.do(refresh, desk.ids["angry"], ONE)


def test_machines_are_marked_limited_and_never_override_people(desk):
    def machine(name):
        with desk.store.writing() as session:
            return decide_alone(session, desk.policy, desk.ids[name], Ruling("remove"), desk.now)

    for number in range(3):
        desk.stream.say(f"cheap {number}", by=f"s{number}", name=f"s{number}", spam=0.9)
    desk.open()
    desk.ids = {case.subject.removeprefix("youtube/"): case.id for case in desk.stream.cases()}
    desk.do(decide, desk.ids["s2"], ONE, ruling=NOTHING)
    desk.do(undo, desk.ids["s2"], ONE)
    desk.do(release, desk.ids["s2"], ONE)
    with pytest.raises(CaseRefused, match="does not decide again"):
        machine("s2")
    with pytest.raises(CaseRefused, match="no machine decides alone"):
        machine("rude")
    desk.do(claim, desk.ids["s1"], ONE)
    with pytest.raises(CaseConflict):
        machine("s1")
    desk.do(release, desk.ids["s1"], ONE)
    assert machine("s0").decision.is_machine
    assert machine("s1").decision.by == "machine"
    with pytest.raises(CaseRefused, match="2 decisions of today"):
        machine("spam")
    desk.later(days=1)
    assert machine("spam").case.state == "decided"
    assert desk.do(override, desk.ids["spam"], ONE, ruling=NOTHING).decision.overrides
