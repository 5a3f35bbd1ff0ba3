"""Appeals as they come in: by whom it is about, in time, once, and against what restricts somebody."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from becalm.appeals.contested import AppealRefused
from becalm.appeals.form import AppealUnusable
from becalm.appeals.intake import appeal, appeal_by_form
from becalm.cases.deciding import Ruling, override
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve
from becalm.notices import Owed, owe
from becalm.policy import SHIPPED
from becalm.policy.loader import problems_at
from becalm.policy.templates import Audience
from becalm.store import Appeal, Store


def refused(court, decision, why, **said):
    before = court.stream.tables()
    with pytest.raises(AppealRefused, match=why):
        court.appeal(decision, **said)
    assert court.stream.tables() == before


def test_an_appeal_is_a_case_of_its_own_in_the_queue_that_the_policy_names(court):
    decision = court.decide("rude")
    opened = court.appeal(decision)
    case = court.case(opened.case_id)
    assert (case.kind, case.queue, case.state, case.rule) == ("appeal", "appeals", "open", "abuse")
    assert (case.suggested_action, case.suggested_template) == ("receive", "appeal-received")
    assert opened.due_at == court.now + timedelta(hours=72)
    assert court.told() == ["receive"]


def test_nothing_in_the_published_case_repeats_what_the_appellant_wrote(court):
    opened = court.appeal(court.decide("rude"), text="call me at 0171 2345678, I am innocent")
    case = court.stream.case(id=opened.case_id)
    assert "innocent" not in str(case.reasons)
    assert "contested: hide under `Abusive language`" in case.reasons[0]["text"]
    assert case.reasons[0]["text"].endswith("by a person")


def test_it_can_be_contested_for_as_long_as_the_policy_says_and_not_a_day_longer(court):
    decision = court.decide("rude")
    court.later(days=184)
    court.decide("spam")
    court.appeal(decision)
    with court.store.reading() as session:
        assert session.scalar(select(Appeal.decision_id)) == decision


def test_an_expired_appeal_is_refused(court):
    decision = court.decide("rude")
    court.later(days=185)
    refused(court, decision, "it could be contested until")


def test_what_came_in_time_and_is_taken_in_later_counts(court):
    decision = court.decide("rude")
    sent = court.now + timedelta(days=180)
    court.later(days=190)
    court.appeal(decision, received_at=sent)


def test_the_window_begins_with_the_second_persons_agreement(court, strict):
    court.policy = strict
    decision = court.decide("rude")
    refused(court, decision, "nothing to appeal")
    court.later(days=2)
    approval = court.do(approve, court.ids["rude"], "moderator-2").decision.id
    court.later(days=184)
    assert court.appeal(approval).decision_id == decision


def test_what_nobody_decided_can_not_be_contested(court):
    refused(court, "d0000", "there is no decision with this id")


def test_only_the_account_that_it_is_about_can_contest_a_decision(court):
    decision = court.decide("rude")
    refused(court, decision, "it is not about the account youtube:spammer", by="spammer")
    refused(court, decision, "it is not about the account youtube:nobody", by="nobody")


def test_a_decision_is_contested_once(court):
    decision = court.decide("rude")
    opened = court.appeal(decision)
    refused(court, decision, "it was appealed before")
    court.later(hours=1)
    answer = court.answer(opened.case_id, "uphold").decision.id
    refused(court, decision, "it was appealed before")
    refused(court, answer, "it is the answer to an appeal")


@pytest.mark.parametrize(("action", "outcome"), [("none", "dismissed"), ("monitor", "upheld"), ("hide", "dismissed")])
def test_what_restricts_nobody_can_not_be_contested(court, action, outcome):
    refused(court, court.decide("rude", action, outcome), "nothing to appeal")


def test_what_was_taken_back_can_not_be_contested(court):
    undone = court.decide("rude")
    court.do(undo, court.ids["rude"], "moderator-1")
    refused(court, undone, "nothing to appeal")
    decision = court.decide("rude")
    court.later(hours=1)
    reversal = court.do(reverse, court.ids["rude"], "lead-1", note="a quotation").decision.id
    refused(court, decision, "nothing to appeal")
    refused(court, reversal, "nothing to appeal")


def test_what_was_decided_in_its_place_is_contested_by_the_name_they_know(court):
    decision = court.decide("rude", "hide")
    court.later(hours=1)
    court.do(override, court.ids["rude"], "lead-1", ruling=Ruling("remove", note="worse"))
    assert court.appeal(decision).decision_id == decision


def test_each_account_of_a_campaign_contests_for_itself(court):
    decision = court.decide("tea", "remove")
    cases = {court.appeal(decision, by=f"p{number}").case_id for number in range(3)}
    assert len(cases) == 3
    (held,) = [court.stream.comments_of(case) for case in court.stream.cases(id=min(cases))]
    assert len(held) == 1


def test_a_notice_names_the_decision_that_it_told_of(court):
    decision = court.decide("rude")
    owed = Owed(Audience.AUTHOR, "youtube:rudi", "hide", court.ids["rude"], decision, about="test")
    with court.store.writing() as session:
        notice = owe(session, court.policy, owed, court.now)
    said = {"platform": "youtube", "author_id": "rudi", "text": "no"}
    with court.store.writing() as session:
        assert appeal(session, court.policy, court.now, **said, notice=notice).decision_id == decision
    with pytest.raises(AppealRefused, match="there is no notice"), court.store.writing() as session:
        appeal(session, court.policy, court.now, **said, notice="n0")


def test_a_form_is_an_appeal_too(court):
    decision = court.decide("rude")
    form = f"platform=youtube&author_id=rudi&decision={decision}&text=I+was+quoting&received_at=2001-01-01T00:00:00Z"
    with court.store.writing() as session:
        opened = appeal_by_form(session, court.policy, form.encode(), court.now)
    assert court.appeal_of(opened.case_id).received_at == court.now


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"text": ""}, "text: is missing"),
        ({"text": "  "}, "text"),
        ({"decision": ""}, "name the decision, or the notice"),
        ({"author_id": "\n"}, "author_id"),
        ({"received_at": "yesterday"}, "received_at: is no time"),
        ({"received_at": "2300-01-01T00:00:00Z"}, "lies ahead"),
    ],
)
def test_an_appeal_that_says_too_little_is_refused(court, said, why):
    decision = court.decide("rude")
    before = court.stream.tables()
    with pytest.raises(AppealUnusable, match=why):
        court.appeal(**({"decision": decision, "text": "no"} | said))
    assert court.stream.tables() == before


def test_under_a_policy_without_a_queue_for_appeals_none_come_in(court):
    decision = court.decide("rude")
    court.policy = court.policy.model_copy(update={"appeals": court.policy.appeals.model_copy(update={"queue": None})})
    refused(court, decision, "add `appeals.queue`")


def test_a_window_shorter_than_six_months_is_refused_with_its_line(tmp_path):
    text = SHIPPED.read_text().replace("window_days: 184", "window_days: 90")
    path = tmp_path / "policy.yaml"
    path.write_text(text)
    (found,) = problems_at(path)
    assert "184 days at least" in found.why
    assert "appeals: {window_days: 90" in text.splitlines()[found.line - 1]


def test_of_two_appeals_at_the_same_moment_one_comes_in(court):
    decision = court.decide("rude")
    start, outcomes, now = Barrier(2), [], court.now

    def hand_in():
        with Store.open(str(court.store.engine.url)) as store:
            start.wait()
            try:
                with store.writing() as session:
                    said = {"platform": "youtube", "author_id": "rudi", "decision": decision, "text": "no"}
                    outcomes.append(appeal(session, court.policy, now, **said).case_id)
            except AppealRefused as error:
                outcomes.append(error.why)

    threads = [Thread(target=hand_in) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(court.stream.cases(kind="appeal")) == 1
    assert "it was appealed before, and a decision is appealed once" in outcomes
