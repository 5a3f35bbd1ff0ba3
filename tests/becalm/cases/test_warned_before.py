"""Nobody is kept from commenting who was never warned, whoever decides, but where the policy says so of a rule."""

import pytest

from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.machine import decide_alone
from becalm.cases.measures import lift_measures
from becalm.cases.second import approve
from becalm.cases.sweeping import preview
from becalm.errors import CaseRefused

ONE, TWO, LEAD = "moderator-1", "moderator-2", "lead-1"
BAN, MUTE = Ruling("ban", note="enough"), Ruling("mute", note="enough")


@pytest.mark.parametrize("ruling", [BAN, MUTE])
def test_who_was_never_warned_is_neither_muted_nor_banned(desk, ruling):
    before = desk.stream.tables()
    with pytest.raises(CaseRefused, match=r"youtube:spammer was never warned.*ladder begins with `warn`"):
        desk.do(decide, desk.ids["spam"], ONE, ruling=ruling)
    with pytest.raises(CaseRefused, match="never warned"):
        desk.do(decide, desk.ids["rude"], ONE, ruling=ruling)  # that waits for a second person
    with desk.store.writing() as session, pytest.raises(CaseRefused, match="never warned"):
        decide_alone(session, desk.policy, desk.ids["spam"], ruling, desk.now)
    assert desk.stream.tables() == before


def test_who_was_warned_may_be_muted_and_who_is_muted_may_be_banned(desk):
    desk.warn("spammer")
    desk.do(decide, desk.ids["spam"], ONE, ruling=MUTE)
    desk.later(days=5)
    assert desk.do(override, desk.ids["spam"], ONE, ruling=BAN).decision.action == "ban"


def test_a_warning_that_was_lifted_or_expired_is_none(desk):
    desk.warn("spammer")
    with desk.store.writing() as session:
        lift_measures(session, "youtube:spammer", desk.now)
    with pytest.raises(CaseRefused, match="never warned"):
        desk.do(decide, desk.ids["spam"], ONE, ruling=BAN)
    desk.warn("ann")
    desk.later(days=181)
    with pytest.raises(CaseRefused, match="never warned"):
        desk.do(decide, desk.ids["angry"], ONE, ruling=BAN)


def test_a_warning_lifted_while_a_ban_is_held_stops_its_approval(desk):
    desk.warn("rudi")
    desk.do(decide, desk.ids["rude"], ONE, ruling=BAN)
    with desk.store.writing() as session:
        lift_measures(session, "youtube:rudi", desk.now)
    with pytest.raises(CaseRefused, match="never warned"):
        desk.do(approve, desk.ids["rude"], TWO)
    desk.warn("rudi")
    assert desk.do(approve, desk.ids["rude"], TWO).taken_up.action == "ban"


def test_of_several_accounts_all_must_have_been_warned(desk):
    copies = ["buy tea", "buy teas"]
    for number, text in enumerate(copies):
        desk.stream.say(text, by=f"p{number}", name=f"p{number}", spam=0.9)
    desk.stream.regroup(tea=("campaign", copies))
    desk.open()
    desk.warn("p0")
    with pytest.raises(CaseRefused, match="youtube:p1 was never warned"):
        desk.do(decide, desk.stream.case(kind="group").id, ONE, ruling=BAN)


def test_a_sweep_leaves_out_whom_nobody_warned(desk):
    desk.stream.say("more watches", by="spammer", name="spam2", spam=0.9)
    desk.open()
    ids = {case.subject.removeprefix("youtube/"): case.id for case in desk.stream.cases()}
    desk.warn("spammer")
    desk.do(decide, ids["spam"], ONE, ruling=BAN)
    with desk.store.writing() as session:
        lift_measures(session, "youtube:spammer", desk.now)
    found = desk.do(preview, ids["spam"], ONE)
    assert found.count == 0
    assert "never warned" in found.left_out[ids["spam2"]]


def test_a_dismissed_case_keeps_nobody_from_commenting(desk):
    desk.warn("spammer")
    with pytest.raises(CaseRefused, match="was not met"):
        desk.do(decide, desk.ids["spam"], ONE, ruling=Ruling("ban", "dismissed"))


def test_a_rule_that_says_so_suspends_without_a_warning(desk):
    grave = {"threat": {"without_warning": True}}
    rules = tuple(rule.model_copy(update=grave.get(rule.id, {})) for rule in desk.policy.rules)
    desk.policy = desk.policy.model_copy(update={"rules": rules})
    with pytest.raises(CaseRefused, match="never warned"):
        desk.do(decide, desk.ids["spam"], ONE, ruling=BAN)
    ruling = Ruling("ban", rule="threat")
    assert desk.do(decide, desk.ids["spam"], LEAD, ruling=ruling).decision.action == "ban"
