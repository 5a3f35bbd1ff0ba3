"""The answer to an appeal: by somebody else, with a reason, and what follows from it."""

import pytest

from becalm.cases.claims import claim, hand_over
from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.escalating import escalate
from becalm.cases.machine import decide_alone
from becalm.cases.merging import merge, split
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve
from becalm.cases.sweeping import preview
from becalm.decisions import decisions_of, force_of, verify_chain
from becalm.errors import CaseConflict, CaseRefused, PersonUnknown
from becalm.store import Measure
from becalm.training.decided import find_lessons


def in_force(court, case_id):
    return force_of(court.log(case_id)).in_force


def measures(court):
    with court.store.reading() as session:
        return [(one.kind, one.lifted_at is None) for one in session.query(Measure).order_by(Measure.taken_at)]


def test_to_restore_takes_the_decision_back_and_says_why(court):
    opened = court.appeal(court.decide("rude"))
    court.later(hours=5)
    settled = court.answer(opened.case_id, "restore", note="It quotes a song.")
    assert (settled.decision.outcome, settled.case.state) == ("dismissed", "decided")
    after = in_force(court, court.ids["rude"])
    assert (after.kind, after.by, after.outcome) == ("reversal", "moderator-2", "reversed")
    one = court.appeal_of(opened.case_id)
    assert (one.outcome, one.answer_id, one.answered_at) == ("restored", settled.decision.id, court.now)
    assert court.told() == ["receive", "restore"]
    with court.store.reading() as session:
        verify_chain(session)


def test_to_uphold_leaves_everything_as_it_is(court):
    decision = court.decide("rude")
    opened = court.appeal(decision)
    settled = court.answer(opened.case_id, "uphold")
    assert settled.decision.outcome == "upheld"
    assert in_force(court, court.ids["rude"]).id == decision
    assert court.appeal_of(opened.case_id).outcome == "upheld"
    assert sorted(court.told()) == ["receive", "uphold"]


@pytest.mark.parametrize(
    ("ruling", "why"),
    [
        (Ruling("restore"), "answered with a reason"),
        (Ruling("uphold", note="  "), "answered with a reason"),
        (Ruling("hide", note="no"), "answered by uphold or restore"),
        (Ruling("none", "dismissed", note="no"), "answered by uphold or restore"),
    ],
)
def test_there_are_two_answers_and_each_needs_a_reason(court, ruling, why):
    opened = court.appeal(court.decide("rude"))
    before = court.stream.tables()
    with pytest.raises(CaseRefused, match=why):
        court.do(decide, opened.case_id, "moderator-2", ruling=ruling)
    assert court.stream.tables() == before


def test_who_decided_is_never_offered_the_appeal_and_can_not_take_it(court):
    opened = court.appeal(court.decide("rude", by="moderator-1"))
    assert court.next("moderator-1", ["appeals"]) is None
    for act in (
        lambda: court.do(claim, opened.case_id, "moderator-1"),
        lambda: court.answer(opened.case_id, "uphold", by="moderator-1"),
        lambda: court.do(escalate, opened.case_id, "moderator-2", to="moderator-1", reason="ask them"),
    ):
        with pytest.raises(CaseRefused, match="somebody else answers"):
            act()
    assert court.next("moderator-2", ["appeals"]) == opened.case_id
    with pytest.raises(CaseRefused, match="somebody else answers"):
        court.do(hand_over, opened.case_id, "moderator-2", to="moderator-1")


def test_who_approved_or_decided_before_is_as_involved(court, strict):
    court.policy = strict
    court.decide("rude", by="moderator-1")
    approval = court.do(approve, court.ids["rude"], "moderator-2").decision.id
    opened = court.appeal(approval)
    for by in ("moderator-1", "moderator-2"):
        assert court.next(by, ["appeals"]) is None
        with pytest.raises(CaseRefused, match="somebody else answers"):
            court.answer(opened.case_id, "uphold", by=by)
    # Abuse takes two people under this policy, appeals against it too.
    assert court.answer(opened.case_id, "uphold", by="lead-1").case.state == "held"
    with pytest.raises(CaseRefused, match="somebody else"):
        court.do(approve, opened.case_id, "moderator-1")
    court.do(approve, opened.case_id, "care-1")
    assert court.appeal_of(opened.case_id).outcome == "upheld"


def test_no_machine_answers_an_appeal(court, strict):
    court.policy = strict
    with court.store.writing() as session:
        decision = decide_alone(session, strict, court.ids["spam"], Ruling("remove"), court.now).decision.id
    opened = court.appeal(decision, by="spammer")
    assert court.stream.case(id=opened.case_id).reasons[0]["text"].endswith("by a machine alone")
    with pytest.raises(CaseRefused, match="answered by people"), court.store.writing() as session:
        decide_alone(session, strict, opened.case_id, Ruling("restore", note="x"), court.now)
    court.answer(opened.case_id, "restore")
    assert in_force(court, court.ids["spam"]).kind == "reversal"


def test_an_unknown_moderator_and_a_stale_version_change_nothing(court):
    opened = court.appeal(court.decide("rude"))
    before = court.stream.tables()
    with pytest.raises(PersonUnknown):
        court.answer(opened.case_id, "restore", by="stranger")
    with pytest.raises(CaseConflict), court.store.writing() as session:
        decide(session, court.policy, opened.case_id, Ruling("restore", note="x"), "moderator-2", court.now, 7)
    assert court.stream.tables() == before


def test_no_run_withdraws_or_changes_an_appeal(court):
    opened = court.appeal(court.decide("rude"))
    before = court.stream.tables()
    court.open()
    assert court.stream.tables() == before
    court.stream.score(min(court.stream.comments_of(court.stream.case(id=opened.case_id))), abuse=0.0)
    court.open()
    assert court.case(opened.case_id).state == "open"
    court.answer(opened.case_id, "restore")
    court.open()
    assert court.case(opened.case_id).state == "decided"
    assert [case.state for case in court.stream.cases(subject="youtube/rude")] == ["decided"]


def test_an_appeal_is_neither_merged_nor_split_nor_swept_nor_reversed(court):
    opened = court.appeal(court.decide("rude"))
    court.stream.say("you idiots", by="rudi", name="again", abuse=0.9)
    court.open()
    again = court.stream.case(subject="youtube/again").id
    comment = court.stream.comments_of(court.stream.case(id=opened.case_id))
    for act in (
        lambda: court.do(merge, opened.case_id, "moderator-2", into=again),
        lambda: court.do(merge, again, "moderator-2", into=opened.case_id),
        lambda: court.do(split, opened.case_id, "moderator-2", comment_ids=comment),
    ):
        with pytest.raises(CaseRefused):
            act()
    court.decide(again)
    with court.store.reading() as session:
        assert opened.case_id not in preview(session, court.policy, again, "moderator-1", court.now).versions
    court.answer(opened.case_id, "uphold")
    with pytest.raises(CaseRefused, match="override it with the other one"):
        court.do(reverse, opened.case_id, "lead-1", note="no")


def test_measures_are_lifted_with_the_decision_behind_them(court):
    opened = court.appeal(court.decide("rude", "warn"))
    assert measures(court) == [("warn", True)]
    court.answer(opened.case_id, "restore")
    assert measures(court) == [("warn", False)]


def test_an_appeal_that_is_granted_lowers_the_accounts_strikes_at_the_next_run(court):
    assert court.strikes() == 1.0
    opened = court.appeal(court.decide("rude"))
    assert court.strikes() == 1.0
    court.answer(opened.case_id, "restore")
    assert court.strikes() == 0.0
    court.open()
    assert court.strikes() == 0.0


def test_what_is_granted_to_one_of_a_campaign_changes_nothing_for_the_others(court):
    court.decide("tea", "warn")
    decision, since = in_force(court, court.ids["tea"]), court.now
    court.later(days=1)
    mine = court.appeal(decision.id, by="p1")
    court.answer(mine.case_id, "restore", note="They were robbed of their account.")
    after = in_force(court, court.ids["tea"])
    assert (after.kind, after.action, after.overrides) == ("decision", "warn", decision.id)
    assert len(after.subjects["accounts"]) == len(after.subjects["comments"]) == 2
    assert set(after.subjects["accounts"]) < set(decision.subjects["accounts"])
    with court.store.reading() as session:
        standing = {one.account_id: one.taken_at for one in session.query(Measure) if one.lifted_at is None}
    assert standing == dict.fromkeys(after.subjects["accounts"], since)
    court.later(hours=1)
    theirs = court.appeal(decision.id, by="p2")
    assert court.next("moderator-2", ["appeals"]) == theirs.case_id
    court.answer(theirs.case_id, "restore", note="So were they.")
    assert len(in_force(court, court.ids["tea"]).subjects["accounts"]) == 1


def test_an_answer_that_is_undone_takes_what_followed_along(court):
    decision = court.decide("rude", "warn")
    opened = court.appeal(decision)
    court.later(hours=1)
    court.answer(opened.case_id, "restore")
    court.later(minutes=1)
    court.do(undo, opened.case_id, "moderator-2")
    assert in_force(court, court.ids["rude"]).id == decision
    assert court.case(opened.case_id).state == "open"
    assert court.appeal_of(opened.case_id).outcome is None
    assert measures(court)[-1] == ("warn", True)
    court.answer(opened.case_id, "uphold")
    assert in_force(court, court.ids["rude"]).id == decision


def test_an_answer_can_be_overridden_by_the_other(court):
    decision = court.decide("rude")
    opened = court.appeal(decision)
    court.answer(opened.case_id, "restore")
    court.later(hours=1)
    court.do(override, opened.case_id, "lead-1", ruling=Ruling("uphold", note="It was no quotation."))
    assert in_force(court, court.ids["rude"]).id == decision
    court.later(hours=1)
    court.do(override, opened.case_id, "lead-1", ruling=Ruling("restore", note="It was one."))
    assert in_force(court, court.ids["rude"]).kind == "reversal"
    with court.store.reading() as session:
        verify_chain(session)
        assert len(decisions_of(session, opened.case_id)) == 3


def test_what_was_decided_anew_since_is_not_taken_back_unseen(court):
    opened = court.appeal(court.decide("rude"))
    court.answer(opened.case_id, "restore")
    court.later(minutes=5)
    court.do(override, court.ids["rude"], "lead-1", ruling=Ruling("remove", note="new facts"))
    before = court.stream.tables()
    with pytest.raises(CaseRefused, match="decided anew since"):
        court.do(undo, opened.case_id, "moderator-2")
    assert court.stream.tables() == before


def test_an_answer_dies_with_all_that_follows_from_it(court):
    """The process ends after the reversal was written and before the transaction did."""
    opened = court.appeal(court.decide("rude"))
    before = court.stream.tables()

    def die():
        with court.store.writing() as session:
            decide(session, court.policy, opened.case_id, Ruling("restore", note="x"), "moderator-2", court.now)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die()
    assert court.stream.tables() == before


def test_an_answer_that_is_undone_before_it_was_sent_is_called_off(court):
    opened = court.appeal(court.decide("rude"))
    court.later(hours=1)
    court.answer(opened.case_id, "restore")
    court.do(undo, opened.case_id, "moderator-2")
    assert court.told() == ["receive"]
    court.answer(opened.case_id, "uphold")
    assert sorted(court.told()) == ["receive", "uphold"]


def test_a_case_teaches_nobody_while_an_appeal_against_it_waits(court):
    def is_open():
        with court.store.reading() as session:
            return {one.case_id: one.is_open for one in find_lessons(session).lessons}[court.ids["rude"]]

    decision = court.decide("rude")
    assert not is_open()
    opened = court.appeal(decision)
    assert is_open()
    court.answer(opened.case_id, "uphold")
    assert not is_open()
