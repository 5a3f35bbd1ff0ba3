"""What follows from decisions, and what is taken back with them."""

from datetime import timedelta

import pytest

from becalm.actions.course import is_tried
from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.machine import decide_alone
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve, refuse
from becalm.responses.once import SaidInPublic
from becalm.store import CaseComment, stable_id
from becalm.store.upsert import add

ONE, TWO, LEAD = "moderator-1", "moderator-2", "lead-1"
REMOVE, HIDE = Ruling("remove"), Ruling("hide")
NOTHING = Ruling("none", "dismissed", note="it was no spam")
WHY = {"note": "it was a quotation"}


def spam(desk):
    return desk.ids["spam"]


def test_a_decision_is_carried_out_once(desk, carry, platform, rows):
    desk.do(decide, spam(desk), ONE, ruling=REMOVE)
    assert [(row.kind, row.target, row.state) for row in rows()] == [("remove", "spam", "planned")]
    assert carry().done == 1
    assert carry().done == 0
    assert platform.stands("spam") == "removed"
    assert [row.state for row in rows()] == ["done"]


def test_a_dismissal_plans_nothing(desk, carry, rows):
    desk.do(decide, spam(desk), ONE, ruling=NOTHING)
    assert (rows(), carry().done) == ([], 0)


def test_what_is_held_plans_nothing_until_somebody_approves(desk, carry, platform):
    desk.do(decide, desk.ids["rude"], ONE, ruling=HIDE)
    assert carry().done == 0
    desk.do(approve, desk.ids["rude"], TWO)
    assert (carry().done, platform.stands("rude")) == (1, "hidden")


def test_what_was_refused_is_never_done(desk, carry, platform):
    desk.do(decide, desk.ids["rude"], ONE, ruling=HIDE)
    desk.do(refuse, desk.ids["rude"], TWO, **WHY)
    assert (carry().done, platform.lines) == (0, [])


def test_undone_before_it_was_carried_out_it_never_happens(desk, carry, platform, rows):
    desk.do(decide, spam(desk), ONE, ruling=REMOVE)
    desk.do(undo, spam(desk), ONE)
    assert (carry().done, platform.lines, [row.state for row in rows()]) == (0, [], ["cancelled"])


def test_reversed_after_it_was_carried_out_it_is_taken_back_once(desk, carry, platform):
    desk.do(decide, spam(desk), ONE, ruling=REMOVE)
    carry()
    desk.do(reverse, spam(desk), LEAD, **WHY)
    carry()
    carry()
    assert (platform.kinds, platform.stands("spam")) == (["remove", "restore"], "shown")


def test_a_reversal_undone_in_time_leaves_everything_as_it_was(desk, carry, platform):
    desk.do(decide, spam(desk), ONE, ruling=REMOVE)
    carry()
    desk.do(reverse, spam(desk), LEAD, **WHY)
    desk.do(undo, spam(desk), LEAD)
    carry()
    assert (platform.kinds, platform.stands("spam")) == (["remove"], "removed")


def test_a_reversal_undone_too_late_for_the_platform_is_made_good(desk, carry, platform):
    desk.do(decide, spam(desk), ONE, ruling=REMOVE)
    carry()
    desk.do(reverse, spam(desk), LEAD, **WHY)
    carry()
    desk.do(undo, spam(desk), LEAD)
    carry()
    assert (platform.kinds, platform.stands("spam")) == (["remove", "restore", "remove"], "removed")
    assert set(platform.keys.values()) == {1}


@pytest.mark.parametrize(
    ("first", "second", "kinds", "stands"),
    [
        ("hide", "remove", ["hide", "remove"], "removed"),
        ("remove", "hide", ["remove", "restore", "hide"], "hidden"),
        ("hide", "hide", ["hide"], "hidden"),
    ],
)
def test_an_override_goes_the_shortest_way(desk, carry, platform, first, second, kinds, stands):
    desk.do(decide, spam(desk), ONE, ruling=Ruling(first))
    carry()
    desk.do(override, spam(desk), ONE, ruling=Ruling(second, note="fits better"))
    carry()
    assert (platform.kinds, platform.stands("spam")) == (kinds, stands)


def two_cases_on_one_comment(desk):
    """The spam is also part of another case, which nobody has decided yet."""
    desk.stream.say("cheap watches, you fools", by="spammer", name="both", spam=0.9, abuse=0.1)
    desk.open()
    return next(case.id for case in desk.stream.cases(subject="youtube/both"))


def put_into(desk, case_id, comment_id):
    with desk.store.writing() as session:
        add(session, CaseComment, [{"case_id": case_id, "comment_id": comment_id, "is_placed": True}])


@pytest.mark.parametrize("order", [("hide", "remove"), ("remove", "hide"), ("hide", "hide")])
def test_what_another_decision_wants_stays_until_that_goes_too(desk, carry, platform, order):
    other = two_cases_on_one_comment(desk)
    put_into(desk, other, stable_id("youtube", "spam"))
    desk.do(decide, spam(desk), ONE, ruling=Ruling(order[0]))
    carry()
    desk.do(decide, other, ONE, ruling=Ruling(order[1]))
    carry()
    assert platform.stands("spam") == ("removed" if "remove" in order else "hidden")
    desk.do(reverse, spam(desk), LEAD, **WHY)
    carry()
    assert platform.stands("spam") == {"hide": "hidden", "remove": "removed"}[order[1]]
    desk.do(reverse, other, LEAD, **WHY)
    carry()
    assert platform.stands("spam") == "shown"


def test_machines_act_only_under_rules_that_let_them(desk, carry, platform):
    with desk.store.writing() as session:
        decide_alone(session, desk.policy, spam(desk), REMOVE, desk.now)
    carry()
    assert platform.stands("spam") == "removed"


def test_an_account_is_restricted_until_the_measure_ends_and_freed_by_a_reversal(desk, carry, platform):
    desk.warn("spammer")
    desk.do(decide, spam(desk), ONE, ruling=Ruling("mute"))
    carry()
    (line,) = platform.lines
    assert (line["kind"], line["target_kind"], line["target"]) == ("mute", "account", "spammer")
    assert line["until"] == (desk.now + timedelta(days=7)).isoformat()
    desk.do(reverse, spam(desk), LEAD, **WHY)
    carry()
    assert platform.kinds == ["mute", "unmute"]


def test_what_nothing_takes_back_waits_until_it_can_not_be_undone(desk_under, changed, carrier, platform):
    line = "    remove: {on: comment, level: 2"
    desk = desk_under(changed({f"{line}, taken_back_by: restore}}": f"{line}}}"}, version="final"))
    carry = carrier(desk)
    desk.do(decide, desk.ids["spam"], ONE, ruling=REMOVE)
    assert carry().done == 0
    desk.later(minutes=desk.policy.work.undo_minutes)
    assert (carry().done, platform.stands("spam")) == (1, "removed")
    desk.do(reverse, desk.ids["spam"], LEAD, **WHY)
    assert carry().done == 0


def test_the_oldest_comment_is_spared_because_others_copied_it(desk, carry, platform):
    text = "the zip broke on the first day"
    genuine = desk.stream.say(text, by="ann", name="genuine", at=1, spam=0.1)
    copies = [desk.stream.say(text, by=f"bot{n}", name=f"copy{n}", at=2 + n, spam=0.1) for n in range(3)]
    desk.stream.regroup(copied=("campaign", [text]))
    desk.open()
    case = desk.stream.case(kind="group")
    assert {genuine, *copies} <= desk.stream.comments_of(case)
    desk.do(decide, case.id, ONE, ruling=REMOVE)
    carry()
    assert platform.stands("genuine") == "shown"
    assert {platform.stands(f"copy{n}") for n in range(3)} == {"removed"}


def test_a_campaign_that_is_spam_from_its_first_comment_is_taken_down_whole(desk, carry, platform):
    for n in range(3):
        desk.stream.say("win a phone", by=f"bot{n}", name=f"bait{n}", at=n, spam=0.95)
    desk.stream.regroup(bait=("campaign", ["win a phone"]))
    desk.open()
    desk.do(decide, desk.stream.case(kind="group").id, ONE, ruling=REMOVE)
    carry()
    assert {platform.stands(f"bait{n}") for n in range(3)} == {"removed"}


def test_an_account_of_which_only_the_original_is_in_it_gets_no_measure(desk, carry, platform):
    text = "the zip broke on the first day"
    desk.stream.say(text, by="ann", name="genuine", at=1, spam=0.1)
    desk.stream.say(text, by="bot", name="copy", at=2, spam=0.1)
    desk.stream.say(text, by="bot2", name="copy2", at=3, spam=0.1)
    desk.stream.regroup(copied=("campaign", [text]))
    desk.open()
    for account in ("ann", "bot", "bot2"):
        desk.warn(account)
    desk.do(decide, desk.stream.case(kind="group").id, ONE, ruling=Ruling("ban"))
    carry()
    assert sorted(line["target"] for line in platform.lines) == ["bot", "bot2"]


def test_a_customer_is_answered_in_public_once_in_a_thread(desk, rows):
    desk.do(decide, desk.ids["angry"], "care-1", ruling=Ruling("reply"))
    desk.stream.say("still broken", by="ann", name="again", complaint=0.9, at=24 * 40)
    desk.now += timedelta(days=40)
    desk.open()
    again = next(case.id for case in desk.stream.cases(state="open") if case.subject == "youtube/again")
    with pytest.raises(SaidInPublic):
        desk.do(decide, again, "care-1", ruling=Ruling("reply"))
    assert desk.case(again).state == "open"
    assert desk.log(again) == []


def test_another_answer_in_the_place_of_one_that_was_not_sent_is_the_first(desk):
    desk.do(decide, desk.ids["angry"], "care-1", ruling=Ruling("reply", template="care-first-answer"))
    desk.do(override, desk.ids["angry"], "care-1", ruling=Ruling("reply", template="care-broken", note="fits better"))
    assert desk.case(desk.ids["angry"]).state == "decided"


def test_only_what_was_tried_may_have_had_an_effect(desk, rows):
    desk.do(decide, spam(desk), ONE, ruling=REMOVE)
    (row,) = rows()
    assert not is_tried(row)
