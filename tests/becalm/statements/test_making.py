"""One statement for each restricting decision that came into force, and none for anything else."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from becalm.cases.deciding import Ruling, decide, override
from becalm.cases.measures import Kind, lift_measures
from becalm.cases.reversing import reverse, undo
from becalm.cases.second import approve, refuse
from becalm.statements.grounds import name_law
from becalm.statements.making import make_statements
from becalm.statements.origin import Notified
from becalm.store import Account, Case, Decision, PolicyVersion
from becalm.store.statements import GOOD, UNCHECKED

ONE, TWO, LEAD = "moderator-1", "moderator-2", "lead-1"
HIDE, REMOVE, NOTHING = Ruling("hide"), Ruling("remove", note="again"), Ruling("none", "dismissed", note="a joke")
WHY = {"note": "it was a quotation"}


def test_a_decision_that_restricts_has_one_statement_under_its_own_id(desk):
    case_id = desk.case("single-spam")
    decided = desk.do(decide, case_id, ONE, ruling=HIDE).decision
    assert (desk.make().new, desk.make().new) == (1, 0)
    made = desk.statement()
    assert (made.puid, made.fields["puid"], made.case_id) == (decided.id, decided.id, case_id)
    assert (made.rule, made.policy_version, made.action) == ("single-spam", "lenient", "hide")
    assert (made.state, made.ended_at) == (UNCHECKED, None)


@pytest.mark.parametrize(
    "ruling",
    [Ruling("reply"), Ruling("thank"), Ruling("warn"), Ruling("monitor"), Ruling("none", "dismissed"),
     Ruling("hide", "dismissed")],
)  # fmt: skip
def test_what_restricts_nobody_has_no_statement(desk, ruling):
    desk.do(decide, desk.case("complaint"), ONE, ruling=ruling)
    assert desk.make().new == 0


# Steps on a case that takes two people, and then for each statement what was done, what ended it and how.
TABLE = [
    ("held proposals make none", [(decide, ONE, {"ruling": HIDE})], []),
    ("refused ones neither", [(decide, ONE, {"ruling": HIDE}), (refuse, TWO, WHY)], []),
    ("an approval does", [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {})], [("hide", None)]),
    ("a reversal ends it", [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (reverse, LEAD, WHY)],
     [("hide", "reversal")]),
    ("an override that restricts has its own",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (override, LEAD, {"ruling": REMOVE}), (approve, ONE, {})],
     [("hide", "override"), ("remove", None)]),
    ("a held override changes nothing",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (override, LEAD, {"ruling": NOTHING})], [("hide", None)]),
    ("an override that restricts nobody only ends",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (override, LEAD, {"ruling": NOTHING}), (approve, ONE, {})],
     [("hide", "override")]),
    ("an undone approval ends it", [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (undo, TWO, {})],
     [("hide", "undo")]),
    ("approved again it goes on under the same id",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (undo, TWO, {}), (approve, TWO, {})], [("hide", None)]),
    ("an undone reversal takes the end away",
     [(decide, ONE, {"ruling": HIDE}), (approve, TWO, {}), (reverse, LEAD, WHY), (undo, LEAD, {})], [("hide", None)]),
]  # fmt: skip


@pytest.mark.parametrize("every_step", [True, False], ids=["made at every step", "made at the end"])
@pytest.mark.parametrize(("steps", "expected"), [line[1:] for line in TABLE], ids=[line[0] for line in TABLE])
def test_what_is_stated_of_a_case(desk, steps, expected, every_step):
    case_id = desk.case("abuse")
    for verb, by, said in steps:
        desk.do(verb, case_id, by, **said)
        desk.later(minutes=1)
        if every_step:
            desk.make()
    desk.make()
    found = desk.statements()
    assert [(each.action, each.ended_how) for each in found] == expected
    assert all(("end_date_visibility_restriction" in each.fields) == bool(each.ended_at) for each in found)
    assert desk.check() is None or all(each.state == GOOD for each in desk.statements())


def test_an_end_names_who_ended_it_and_makes_the_statement_unchecked_again(desk):
    case_id = desk.case("single-spam")
    desk.do(decide, case_id, ONE, ruling=HIDE)
    desk.make()
    desk.check()
    assert desk.statement().state == GOOD
    desk.later(days=3)
    reversal = desk.do(reverse, case_id, LEAD, **WHY).decision
    assert desk.make().changed == 1
    ended = desk.statement()
    assert (ended.state, ended.ended_by, ended.ended_at) == (UNCHECKED, reversal.id, desk.now)
    assert ended.fields["end_date_visibility_restriction"] == "2026-03-06"
    assert ended.fields["application_date"] == "2026-03-03"


def test_a_campaign_has_one_statement_which_counts_its_comments(desk):
    comments = [desk.comment("buy now", by=f"a{number}", language="de-DE") for number in range(7)]
    desk.do(decide, desk.case("campaign", comments), ONE, ruling=Ruling("remove"))
    desk.make()
    made = desk.statement()
    assert (made.comments, made.accounts, made.fields["content_language"]) == (7, 7, "DE")
    assert "7 comments by 7 accounts in 1 thread" in made.fields["decision_facts"]


def test_a_mute_ends_as_its_measure_does(desk):
    desk.do(decide, desk.case("warned-in-vain"), LEAD, ruling=Ruling("mute"))
    desk.make()
    made = desk.statement().fields
    assert (made["decision_account"], made["account_type"]) == ("DECISION_ACCOUNT_SUSPENDED", "ACCOUNT_TYPE_PRIVATE")
    assert (made["application_date"], made["end_date_account_restriction"]) == ("2026-03-03", "2026-03-10")
    with desk.store.writing() as session:
        lift_measures(session, "video:ann", desk.now + timedelta(days=2))
    assert desk.make().changed == 1
    assert desk.statement().fields["end_date_account_restriction"] == "2026-03-05"


def test_a_ban_has_no_end(desk):
    desk.do(decide, desk.case("warned-in-vain"), LEAD, ruling=Ruling(Kind.BAN.value))
    desk.make()
    made = desk.statement().fields
    assert made["decision_account"] == "DECISION_ACCOUNT_TERMINATED"
    assert "end_date_account_restriction" not in made


def test_a_law_is_the_ground_where_a_person_names_one(desk):
    case_id = desk.case("private-data")
    with desk.store.writing() as session:
        settled = decide(session, desk.policy, case_id, HIDE, ONE, desk.now)
        name_law(session, desk.policy, settled.decision, "Regulation (EU) 2016/679, Article 6", "No consent.", desk.now)
    desk.make()
    made = desk.statement().fields
    assert made["decision_ground"] == "DECISION_GROUND_ILLEGAL_CONTENT"
    assert made["illegal_content_legal_ground"] == "Regulation (EU) 2016/679, Article 6"
    assert not [name for name in made if name.startswith("incompatible")]
    assert desk.check().is_good


def test_without_a_law_the_words_of_the_rule_are_the_ground(desk):
    desk.do(decide, desk.case("private-data"), ONE, ruling=HIDE)
    desk.make()
    made, rule = desk.statement().fields, desk.policy.rule("private-data")
    assert made["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert rule.title in made["incompatible_content_ground"]
    assert made["incompatible_content_explanation"] == rule.meaning


@pytest.mark.parametrize(
    ("decided_on", "suggested", "by_machine", "detection", "decision"),
    [
        (Ruling("remove"), "single-spam", True, "Yes", "AUTOMATED_DECISION_FULLY"),
        (Ruling("remove"), "single-spam", False, "Yes", "AUTOMATED_DECISION_PARTIALLY"),
        (Ruling("hide"), "single-spam", False, "Yes", "AUTOMATED_DECISION_NOT_AUTOMATED"),
        (Ruling("hide", rule="private-data"), "complaint", False, "No", "AUTOMATED_DECISION_NOT_AUTOMATED"),
    ],
    ids=["a machine alone", "taken over unchanged", "another action", "another breach than the machine saw"],
)
def test_the_flags_of_automation(desk, decided_on, suggested, by_machine, detection, decision):
    case_id = desk.case(suggested)
    if by_machine:
        desk.machine(case_id, decided_on)
    else:
        desk.do(decide, case_id, ONE, ruling=decided_on)
    desk.make()
    made = desk.statement().fields
    assert (made["automated_detection"], made["automated_decision"]) == (detection, decision)
    assert desk.check().is_good


@pytest.mark.parametrize("source", ["SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION"])
@pytest.mark.parametrize("opened_case", [True, False])
def test_a_notice_that_came_before_is_the_source(desk, source, opened_case):
    case_id = desk.case("single-spam")
    desk.do(decide, case_id, ONE, ruling=Ruling("remove"))

    def notices(session, case_ids):
        return {case_id: Notified(source, desk.now - timedelta(hours=1), opened_case, count=2)}

    desk.make(notices=notices)
    made = desk.statement().fields
    assert (made["source_type"], made["automated_detection"]) == (source, "No" if opened_case else "Yes")
    assert "There came in 2 notices of it." in made["decision_facts"]
    assert desk.check(notices=notices).is_good


def test_a_notice_that_came_after_changes_nothing(desk):
    case_id = desk.case("single-spam")
    desk.do(decide, case_id, ONE, ruling=HIDE)
    late = {case_id: Notified("SOURCE_ARTICLE_16", desk.now + timedelta(hours=1), opened_case=True)}
    desk.make(notices=lambda session, case_ids: late)
    assert desk.statement().fields["source_type"] == "SOURCE_VOLUNTARY"


def test_a_policy_that_can_no_longer_be_read_gives_way_to_the_one_in_use(desk):
    desk.do(decide, desk.case("single-spam"), ONE, ruling=HIDE)
    with desk.store.writing() as session:
        session.execute(update(PolicyVersion).values(document="version: nothing"))
    desk.make()
    assert desk.statement().fields["category_specification_other"] == "spam"


def test_erased_comments_leave_a_statement_with_the_day_of_the_case(desk):
    desk.do(decide, desk.case("single-spam"), ONE, ruling=HIDE)
    with desk.store.writing() as session:
        session.execute(update(Decision).values(subjects={}, salt=None))
        session.execute(update(Account).values(name=None))
    desk.make()
    assert (desk.statement().comments, desk.statement().fields["content_date"]) == (0, "2026-03-02")
    assert desk.check().is_good


def test_what_the_machine_suggests_later_changes_no_statement(desk):
    case_id = desk.case("single-spam")
    desk.do(decide, case_id, ONE, ruling=Ruling("remove"))
    desk.make()
    desk.check()
    desk.do(undo, case_id, ONE)
    with desk.store.writing() as session:
        session.execute(update(Case).where(Case.id == case_id).values(suggested_action="monitor"))
    assert desk.make().changed == 1
    assert desk.check().is_good
    assert desk.statement().fields["automated_decision"] == "AUTOMATED_DECISION_PARTIALLY"


def test_a_second_look_at_an_unchanged_log_writes_nothing(desk):
    desk.do(decide, desk.case("single-spam"), ONE, ruling=HIDE)
    desk.make()
    with desk.store.reading() as session:
        make_statements(session, desk.policy, desk.now)
        before = session.connection().exec_driver_sql("SELECT total_changes()").scalar()
        make_statements(session, desk.policy, desk.now)
        assert session.connection().exec_driver_sql("SELECT total_changes()").scalar() == before
