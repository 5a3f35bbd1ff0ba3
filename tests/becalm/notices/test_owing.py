"""What is owed to somebody is noted once, and never lost."""

from datetime import timedelta

from sqlalchemy import select

from becalm.cases.deciding import Ruling, decide
from becalm.notices import Owed, appeal_until, contestable_until, owe
from becalm.policy.templates import Audience
from becalm.store import Notice


def notices(store):
    with store.reading() as session:
        return {notice.id: notice for notice in session.scalars(select(Notice))}


def test_what_is_owed_twice_is_one_notice(desk):
    owed = Owed(Audience.REPORTER, "mail:1", "receive", desk.ids["spam"])
    for _ in range(2):
        with desk.store.writing() as session:
            owe(session, desk.policy, owed, desk.now)
    (notice,) = notices(desk.store).values()
    assert (notice.id, notice.recipient, notice.rule, notice.account_id) == (owed.id, "mail:1", "single-spam", None)
    assert notice.due_at == desk.now


def test_the_receipts_of_two_reports_in_one_case_are_two(desk):
    with desk.store.writing() as session:
        for report in ("r1", "r2"):
            owed = Owed(Audience.REPORTER, "mail:1", "receive", desk.ids["spam"], about=report)
            owe(session, desk.policy, owed, desk.now)
    assert len(notices(desk.store)) == 2


def test_with_a_decision_it_is_due_when_that_can_not_be_undone_any_more(desk):
    settled = desk.do(decide, desk.ids["spam"], "moderator-1", ruling=Ruling("remove"))
    owed = Owed(Audience.REPORTER, "mail:1", "remove", desk.ids["spam"], settled.decision.id)
    with desk.store.writing() as session:
        owe(session, desk.policy, owed, desk.now)
    due = notices(desk.store)[owed.id].due_at
    assert due == desk.now + timedelta(minutes=desk.policy.work.undo_minutes)


def test_an_appellant_is_known_by_the_account(desk):
    with desk.store.writing() as session:
        owed = Owed(
            Audience.APPELLANT, "youtube:rudi", "uphold", desk.ids["rude"], values={"reason": "It was an insult."}
        )
        owe(session, desk.policy, owed, desk.now)
    notice = notices(desk.store)[owed.id]
    assert (notice.account_id is not None, notice.given) == (True, {"reason": "It was an insult."})


def test_a_decision_can_be_contested_for_the_window_of_the_policy(desk):
    settled = desk.do(decide, desk.ids["spam"], "moderator-1", ruling=Ruling("remove"))
    with desk.store.reading() as session:
        until = contestable_until(session, desk.policy, settled.decision.id, desk.now)
    assert until == appeal_until(desk.policy, desk.now) == desk.now + timedelta(days=184)
