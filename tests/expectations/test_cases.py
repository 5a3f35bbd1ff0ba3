from datetime import UTC, datetime, timedelta

import pytest

from becalm.errors import CheckFailed
from becalm.store import Campaign, Case, CaseComment, PolicyVersion
from expectations.cases import CasePolicy, cases_to_check, check_cases

OPENED = datetime(2026, 3, 1, 12, tzinfo=UTC)
POLICY = CasePolicy("1", frozenset({"campaign"}), frozenset({"spam"}), frozenset({"remove-spam"}))
REASON = {"signal": "accounts", "score": 0.9, "text": "12 accounts within an hour"}


def a_case(**changes):
    return {
        "id": "case-1", "queue": "spam", "kind": "comment", "subject": "clipshare/c1", "rule": "campaign",
        "policy_version": "1", "priority": 0.5, "reasons": [REASON], "opened_at": OPENED,
        "due_at": OPENED + timedelta(hours=4), "suggested_template": "remove-spam", "state": "open",
        "comment_ids": 1, "missing_comments": 0, "is_campaign": False, **changes,
    }  # fmt: skip


BROKEN = [
    ({"kind": "planet"}, "the kind of a case is known"),
    ({"state": "lost"}, "the state of a case is known"),
    *[({"reasons": value}, "a case has reasons, each with signal, score and words")
      for value in ([], [REASON, {}], ["because"], [{**REASON, "text": ""}])],
    *[({"priority": value}, "priority lies between 0 and 1") for value in (-0.01, 1.01, float("nan"), float("inf"))],
    *[({"due_at": OPENED + wait}, "due_at is after opened_at") for wait in (timedelta(0), timedelta(hours=-1))],
    ({"due_at": OPENED + timedelta(days=90, seconds=1)}, "due_at is not too far off"),
    ({"rule": "gone"}, "the policy has the case's rule"),
    ({"queue": "gone"}, "the policy has the case's queue"),
    ({"suggested_template": "gone"}, "the policy has the case's template"),
    ({"comment_ids": 0}, "a case about a comment, a group or a thread has comments"),
    ({"comment_ids": 3, "missing_comments": 1}, "every comment of a case is stored"),
    ({"kind": "group", "is_campaign": False}, "the campaign of a case exists"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expectation"), BROKEN)
def test_broken_case_is_named_with_the_rule_it_breaks(changes, expectation):
    with pytest.raises(CheckFailed) as caught:
        check_cases([a_case(id="case-0", subject="clipshare/c0"), a_case(**changes)], POLICY)
    assert caught.value.failures == [f"{expectation} (not so for 1 of 2: case case-1)"]


FINE = [
    {"priority": 0.0},
    {"priority": 1.0, "state": "withdrawn"},
    {"due_at": OPENED + timedelta(days=90), "state": "decided"},
    {"kind": "account", "comment_ids": 0},
    {"kind": "group", "is_campaign": True, "comment_ids": 5_000},
    {"policy_version": "0", "rule": "gone", "queue": "gone", "suggested_template": "gone"},
    {"policy_version": "0", "due_at": OPENED + timedelta(days=200)},
]


@pytest.mark.parametrize("number", range(len(FINE) + 1))
def test_cases_within_the_rules_are_good(number):
    cases = [a_case(id=f"case-{index}", subject=f"s{index}", **changes) for index, changes in enumerate(FINE[:number])]
    assert check_cases(cases, POLICY).is_good


def test_two_cases_of_one_rule_for_one_subject_fail_together():
    with pytest.raises(CheckFailed, match=r"one case for one subject .not so for 2 of 3: case case-1, case case-2"):
        check_cases([a_case(), a_case(id="case-2"), a_case(id="case-3", subject="other")], POLICY)


def test_two_cases_with_one_id_fail():
    with pytest.raises(CheckFailed, match="a case has its own id"):
        check_cases([a_case(), a_case(subject="other")], POLICY)


def test_policy_without_templates_has_no_template():
    with pytest.raises(CheckFailed, match="the policy has the case's template"):
        check_cases([a_case()], CasePolicy("1", POLICY.rules, POLICY.queues, frozenset()))


def stored_case(session, case_id, kind, subject, comments):
    session.merge(PolicyVersion(version="1", digest="d", document="", first_used_at=OPENED))
    session.flush()
    session.add(Case(
        id=case_id, queue="spam", kind=kind, subject=subject, rule="campaign", policy_version="1", priority=0.5,
        reasons=[REASON], opened_at=OPENED, due_at=OPENED + timedelta(hours=4), suggested_action="remove",
        suggested_template="remove-spam", evidence=[],
    ))  # fmt: skip
    session.flush()
    session.add_all(CaseComment(case_id=case_id, comment_id=comment) for comment in comments)


def stored_campaign(campaign_id):
    return Campaign(
        id=campaign_id, verdict="campaign", score=0.9, reasons=[], medoid_text="hello", comments=2, accounts=2,
        threads=1, channels=[], first_seen=OPENED, last_seen=OPENED, markers=[],
    )  # fmt: skip


def test_stored_cases_are_counted_with_their_comments_and_pass(store, add_comment):
    with store.writing() as session:
        first, second = (add_comment(session, name, "ann", OPENED) for name in ("c1", "c2"))
        session.add(stored_campaign("k1"))
        stored_case(session, "case-1", "group", "k1", [first, second])
        stored_case(session, "case-2", "comment", "clipshare/c1", [first])
        stored_case(session, "case-3", "account", "clipshare:ann", [])
    with store.reading() as session:
        cases = cases_to_check(session)
    counted = [(case["id"], case["comment_ids"], case["missing_comments"], case["is_campaign"]) for case in cases]
    assert counted == [("case-1", 2, 0, True), ("case-2", 1, 0, False), ("case-3", 0, 0, False)]
    assert check_cases(cases, POLICY).is_good


def test_campaign_member_that_is_not_stored_is_found(store, add_comment):
    with store.writing() as session:
        first = add_comment(session, "c1", "ann", OPENED)
        session.add(stored_campaign("k1"))
        stored_case(session, "case-1", "group", "k1", [first])
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("INSERT INTO case_comments (case_id, comment_id) VALUES ('case-1', 999)")
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
    with store.reading() as session, pytest.raises(CheckFailed, match="every comment of a case is stored"):
        check_cases(cases_to_check(session), POLICY)
