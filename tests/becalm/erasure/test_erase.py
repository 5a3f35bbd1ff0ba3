import pytest
from sqlalchemy import select

from becalm.cases.deciding import Ruling, decide
from becalm.cases.history import read_history
from becalm.decisions import verify_chain
from becalm.erasure.cases import FORGOTTEN
from becalm.erasure.erase import erase, preview
from becalm.erasure.tombstones import buried
from becalm.errors import AccountUnknown, InputError, PersonUnknown
from becalm.store import (
    Account,
    Action,
    Appeal,
    Campaign,
    Case,
    CaseEvent,
    Comment,
    Decision,
    Erasure,
    Group,
    Measure,
    Notice,
    PolicyFeedback,
    Report,
    Reporter,
    Text,
    Thread,
    stable_id,
)  # fmt: skip

from .conftest import NOW, id_of, text_ids

EVE = "tube:eve-id-7"
EVES = ("eve-", "EVES", "eves", "Name of eve-id-7", str(id_of("eve-id-7")), str(id_of("eve-1")), str(id_of("eve-2")),
        f"{id_of('eve-id-7'):x}")  # fmt: skip


def out(world, who=EVE, by="lead-1", reason="asked for it", **options):
    return erase(world.settings, world.policy, who, by, reason, NOW, text_ids, **options)


def rows(world, *columns):
    with world.store.reading() as session:
        return session.execute(select(*columns)).all()


def test_nothing_of_the_person_is_left_in_any_column(peopled):
    assert all(one in peopled.told() for one in EVES)
    erased = out(peopled, reason=f"{EVE} asked for it")
    told = peopled.told()
    assert [one for one in EVES if one in told] == []
    assert stable_id("cheap pills from eves-shop dot com") not in {row[0] for row in rows(peopled, Text.id)}
    assert erased.carried.before["comments"] - erased.carried.after["comments"] == 3
    assert erased.carried.removed["quarantine"] == 1


def test_others_keep_what_is_theirs(peopled):
    out(peopled)
    tables = peopled.tables()
    assert {row.comment_id for row in rows(peopled, Comment.comment_id)} == {"ann-1", "ann-2", "brand-1"}
    assert "said by several people alike" in {row[0] for row in rows(peopled, Text.normalised)}
    assert rows(peopled, Account.author_id) == [("ann-id-8",), ("the-brand",)] or len(tables["accounts"]) == 2
    assert rows(peopled, Measure.account_id, Measure.note) == [(id_of("ann-id-8"), "for [erased]")]
    assert rows(peopled, PolicyFeedback.said_by) == [("lead-1",)]
    assert len(tables["alerts"]) == len(tables["quarantine"]) == 1


def test_who_answered_no_longer_says_whom(peopled):
    out(peopled)
    assert {row.parent_id for row in rows(peopled, Comment.parent_id)} == {None}


def test_decisions_stay_without_telling_about_whom_and_the_chain_holds(peopled):
    before = rows(peopled, Decision.seq, Decision.case_id, Decision.digest)
    out(peopled)
    assert rows(peopled, Decision.seq, Decision.case_id, Decision.digest) == before
    with peopled.store.reading() as session:
        verified = verify_chain(session, before[0].digest)
    assert (verified.decisions, verified.erased) == (3, 3)
    kept = {row.case_id: row for row in rows(peopled, Decision.case_id, Decision.note, Decision.subjects)}
    assert (kept["k1"].note, kept["k1"].subjects) == ("", {})
    assert kept["k3"].note == "usual pills"
    assert kept["k3"].subjects == {"comments": [id_of("ann-2")], "accounts": [id_of("ann-id-8")]}
    assert (kept["k4"].note, kept["k4"].subjects["comments"]) == ("", [id_of("ann-1")])


def test_decided_cases_stay_without_subject_and_undecided_ones_go(peopled):
    out(peopled)
    columns = (Case.id, Case.kind, Case.subject, Case.reasons, Case.evidence, Case.state)
    cases = {row.id: row for row in rows(peopled, *columns) if row.kind != "appeal"}
    assert cases.keys() == {"k1", "k3", "k4"}
    assert cases["k1"].subject.startswith("(erased) ")
    assert (cases["k1"].reasons, cases["k1"].evidence) == (FORGOTTEN, [])
    assert cases["k3"].subject == "c1"
    assert [one["comment_id"] for one in cases["k3"].evidence] == ["ann-2"]
    assert cases["k4"].reasons[0]["text"] == "like what [erased] says"
    assert {"note": "compare [erased]"} in [row.detail for row in rows(peopled, CaseEvent.detail)]
    with peopled.store.reading() as session:
        assert read_history(session, peopled.policy).cases.keys() >= cases.keys()


def test_a_campaign_keeps_its_id_and_figures_and_speaks_by_what_is_left(peopled):
    out(peopled)
    (campaign,) = rows(peopled, Campaign.id, Campaign.medoid_text, Campaign.comments, Campaign.markers)
    assert (campaign.id, campaign.medoid_text, campaign.comments) == ("c1", "cheaper pills from somewhere", 9)
    assert [one["value"] for one in campaign.markers] == ["cheaper", "pills", "from"]
    assert rows(peopled, Group.id) == []
    assert rows(peopled, Thread.company) == [([stable_id("cheap")],)]


def test_a_second_erasure_changes_nothing_and_says_so(peopled):
    out(peopled)
    before = peopled.told()
    again = out(peopled)
    assert (again.earlier, again.carried.is_nothing, again.files) == (NOW, True, {})
    assert peopled.told() == before


def test_looking_first_changes_nothing_and_counts_the_same(peopled):
    before = peopled.told()
    looked = preview(peopled.settings, peopled.policy, EVE, "lead-1", NOW, text_ids)
    assert peopled.told() == before
    done = out(peopled, may_return=True)
    assert looked.carried == done.carried


@pytest.mark.parametrize(
    ("who", "by", "error"),
    [
        ("tube:nobody", "lead-1", AccountUnknown),
        ("eve-id-7", "lead-1", AccountUnknown),
        (":eve-id-7", "lead-1", AccountUnknown),
        ("tube:", "lead-1", AccountUnknown),
        ("tube:the-brand", "lead-1", InputError),
        (EVE, "stranger", PersonUnknown),
        (EVE, "machine", PersonUnknown),
    ],
)
def test_what_can_not_be_erased_changes_nothing(peopled, who, by, error):
    before = peopled.told()
    with pytest.raises(error):
        out(peopled, who, by)
    assert peopled.told() == before


def test_somebody_of_whom_only_rows_were_held_back_is_erased_too(world):
    world.hold_back("z1", "zoe-id-1")
    assert out(world, "tube:zoe-id-1").carried.removed == {"quarantine": 1, "raw_rows": 1}
    assert "zoe-id-1" not in world.told()


def test_a_row_that_took_anothers_comment_for_its_own_takes_nothing_from_them(peopled):
    peopled.hold_back("ann-1", "eve-id-7")
    out(peopled)
    (case,) = (row for row in rows(peopled, Case.subject, Case.evidence) if row.subject == "tube/ann-1")
    assert [one["comment_id"] for one in case.evidence] == ["ann-1"]
    with peopled.store.reading() as session:
        assert not buried(session, [{"platform": "tube", "comment_id": "ann-1", "author_id": "ann-id-8"}]).erased


def test_an_account_that_returned_is_erased_again(peopled):
    out(peopled)
    peopled.say("eve-9", "here I am again with new words", by="eve-id-7")
    assert out(peopled).carried.removed["comments"] == 1
    assert [row.state for row in rows(peopled, Erasure.state)] == ["done", "done"]


def test_an_id_is_not_taken_for_a_part_of_another(world):
    world.say("eve-1", "Everything here is rubbish", by="eve-id-7")
    world.say("eve-10", "Something else that is said", by="eve-id-77")
    world.case("k1", "tube/eve-10", ["eve-10"], about="tube:eve-id-77 and eve-id-77")
    before = {name: [row for row in found if "eve-10" in repr(row)] for name, found in world.tables().items()}
    out(world)
    after = {name: [row for row in found if "eve-10" in repr(row)] for name, found in world.tables().items()}
    assert after == before


def test_who_asks_for_no_pseudonyms_has_closed_cases_deleted(peopled):
    cases = peopled.policy.retention["cases"].model_copy(update={"then": "erase"})
    strict = peopled.policy.model_copy(update={"retention": peopled.policy.retention | {"cases": cases}})
    peopled.case("k9", "tube/eve-3", ["eve-3"], state="closed")
    erase(peopled.settings, strict, EVE, "lead-1", "asked", NOW, text_ids)
    assert {row.id for row in rows(peopled, Case.id, Case.kind) if row.kind != "appeal"} == {"k1", "k3", "k4"}


def test_nobody_has_to_answer_an_appeal_of_somebody_who_was_erased(peopled):
    [(case_id, outcome)] = rows(peopled, Appeal.case_id, Appeal.outcome)
    assert outcome is None
    out(peopled)
    assert rows(peopled, Appeal.case_id) == []
    assert {row.id: row.state for row in rows(peopled, Case.id, Case.state)}[case_id] == "withdrawn"


def test_the_share_of_decisions_that_fell_outlives_who_contested_them(peopled):
    case_id = rows(peopled, Appeal.case_id)[0].case_id
    with peopled.store.writing() as session:
        decide(session, peopled.policy, case_id, Ruling("restore", note="you are right"), "moderator-2", NOW)
    out(peopled)
    [left] = rows(peopled, Appeal.outcome, Appeal.account_id, Appeal.text)
    assert left == ("restored", None, "")


def test_what_they_reported_and_what_was_reported_of_them_goes_and_reporters_of_it_stay(peopled):
    out(peopled)
    assert rows(peopled, Report.id) == []
    assert rows(peopled, Reporter.key) == [("ann-id-8",)]


def test_what_was_to_be_done_or_said_is_called_off_and_what_was_is_told_of_nobody(peopled):
    out(peopled)
    assert {row.state for row in rows(peopled, Notice.state, Notice.recipient) if "ann" not in row.recipient} <= {
        "cancelled"
    }
    about_nobody = [
        row for row in rows(peopled, Action.target, Action.state, Action.account_id) if "(erased)" in row[0]
    ]
    assert about_nobody
    assert {(row.state, row.account_id) for row in about_nobody} == {("cancelled", None)}
