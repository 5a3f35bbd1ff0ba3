from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from becalm.cases.deciding import Ruling, decide
from becalm.decisions import verify_chain
from becalm.erasure import retention
from becalm.erasure.retention import due, keep_to_policy
from becalm.policy.retention import Keeping
from becalm.store import (
    Access,
    Account,
    Action,
    Appeal,
    Case,
    Comment,
    CommentVersion,
    Decision,
    Measure,
    Notice,
    PolicyFeedback,
    Quarantined,
    RawRow,
    Report,
    Run,
    Text,
    TextRuling,
)
from becalm.store.upsert import add

from .conftest import NOW, text_ids

LATER = NOW + timedelta(days=800)


def keep(world, now=LATER, **kept):
    policy = world.policy.model_copy(update={"retention": {name: keeping(one) for name, one in kept.items()}})
    with world.store.reading() as session:
        found = due(session, world.settings, policy, now, text_ids)
    counted = {one.name: one.rows + one.files for one in found if not one.is_nothing}
    done = keep_to_policy(world.store, world.settings, policy, now, text_ids)
    # What goes with comments is no longer there to go by itself, and cases are due only then.
    assert len(kept) > 1 or counted == done, "what is counted first is what is done"
    return done


def keeping(one):
    days, then = one if isinstance(one, tuple) else (one, "erase")
    return Keeping(days=days, then=then)


def rows(world, *columns):
    with world.store.reading() as session:
        return session.execute(select(*columns)).all()


def count(world, table):
    with world.store.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_comments_go_with_all_that_was_made_of_them(peopled):
    peopled.say("ann-9", "said a little later", by="ann-id-8", at=NOW + timedelta(days=500), batch=2)
    assert keep(peopled, comments=730)["comments"] == 6
    assert [row.comment_id for row in rows(peopled, Comment.comment_id)] == ["ann-9"]
    tables = peopled.tables()
    for name in ("comment_versions", "alerts", "case_comments"):
        assert tables[name] == [], name
    assert len(tables["signals"]) == len(tables["clearances"]) == 1
    ruled = {row[0] for row in rows(peopled, TextRuling.text_id)}
    assert ruled < {row[0] for row in rows(peopled, Text.id)}, "what people ruled on binds later comments"
    emptied = [row.payload for row in rows(peopled, RawRow.payload) if not row.payload]
    assert len(emptied) >= 6


def test_accounts_go_with_their_last_comment_unless_a_measure_is_in_force(peopled):
    peopled.say("zoe-1", "a word by somebody else", by="zoe-id-1")
    keep(peopled, comments=730)
    names = {row.author_id for row in rows(peopled, Account.author_id)}
    assert names == {"eve-id-7", "ann-id-8", "the-brand"}


def test_an_archive_that_was_taken_in_lately_stays(world):
    world.say("old", "said long ago", by="ann-id-8", at=NOW - timedelta(days=900))
    world.say("new", "said today", by="ann-id-8")
    assert keep(world, NOW + timedelta(days=1), comments=730) == {}
    assert count(world, Comment) == 2


def test_what_was_said_before_an_edit_goes_with_its_text(peopled):
    assert keep(peopled, NOW + timedelta(days=366), earlier_texts=365) == {"earlier_texts": 1}
    assert count(peopled, CommentVersion) == 0
    assert "eves-shop dot com" not in peopled.told().lower()
    assert count(peopled, Comment) == 6


def test_rows_that_came_in_are_emptied_and_known_all_the_same(peopled):
    before = {row.id for row in rows(peopled, RawRow.id)}
    keep(peopled, NOW + timedelta(days=91), raw_rows=90)
    assert {row.payload for row in rows(peopled, RawRow.payload)} == {""}
    assert {row.id for row in rows(peopled, RawRow.id)} == before
    assert count(peopled, Quarantined) == 0


def test_cases_wait_for_their_comments_and_keep_no_name(peopled):
    assert keep(peopled, cases=(700, "pseudonymise")) == {}, "the next run would open them again"
    keep(peopled, comments=730)
    assert keep(peopled, cases=(700, "pseudonymise")) == {"cases": 3}
    states = {row.id: row for row in rows(peopled, Case.id, Case.state, Case.subject, Case.reasons)}
    assert {name for name, row in states.items() if row.subject.startswith("(erased) ")} == {"k1", "k3", "k4"}
    assert states["k2"].state == "open"


def test_cases_that_nothing_points_to_can_be_erased(world):
    world.case("k1", "tube/x", [], state="withdrawn")
    world.case("k2", "tube/y", [])
    world.decide("k2", "a note")
    keep(world, cases=(700, "erase"))
    assert {row.id for row in rows(world, Case.id)} == {"k2"}
    assert rows(world, Case.subject)[0].subject.startswith("(erased) ")


@pytest.mark.parametrize("then", ["erase", "pseudonymise"])
def test_decisions_lose_whom_they_are_about_and_the_chain_holds(peopled, then):
    assert keep(peopled, decisions=(184, then)) == {"decisions": 3}
    assert set(rows(peopled, Decision.note)) == {("",)}
    with peopled.store.reading() as session:
        assert verify_chain(session).erased == 3
    assert count(peopled, Measure) == 2, "a measure without an end is in force"


def test_measures_that_are_over_go_with_decisions(world):
    world.say("a", "some words", by="ann-id-8")
    with world.store.writing() as session:
        ids = session.scalars(select(Account.id)).all()
        shared = {"account_id": ids[0], "taken_by": "x", "note": "", "decision_id": None}
        add(session, Measure, [
            {**shared, "kind": "warn", "taken_at": NOW, "ends_at": None, "lifted_at": None},
            {**shared, "kind": "mute", "taken_at": NOW, "ends_at": NOW + timedelta(days=7), "lifted_at": None},
            {**shared, "kind": "ban", "taken_at": NOW, "ends_at": None, "lifted_at": None},
        ])  # fmt: skip
    assert keep(world, decisions=184) == {"decisions": 2}
    assert [row.kind for row in rows(world, Measure.kind)] == ["ban"]


def test_feedback_can_stay_without_who_said_it(peopled):
    assert keep(peopled, feedback=(365, "pseudonymise")) == {"feedback": 1}
    assert [row.said_by for row in rows(peopled, PolicyFeedback.said_by)] == ["somebody"]
    assert keep(peopled, feedback=(365, "pseudonymise")) == {}
    assert keep(peopled, feedback=365) == {"feedback": 1}


def test_logs_and_who_was_told_go(peopled):
    with peopled.store.writing() as session:
        add(session, Access, [{"at": NOW, "by": "x", "command": "explain", "subject": "s"}])
    kept = {"runs": 400, "accesses": 365, "alerts": 180, "strikes": 365}
    assert keep(peopled, **kept) == {"runs": 1, "accesses": 1, "alerts": 2}
    assert (count(peopled, Run), len(peopled.tables()["alerts"])) == (0, 2)


def answered(world):
    """The appeal is granted, whoever waits is told, what was done is taken back; one report waits."""
    case_id = rows(world, Appeal.case_id)[0].case_id
    world.say("new-1", "words of which nobody thought anything yet", by="ann-id-8")
    world.report("new-1", by="zoe", text="please look at it")
    with world.store.writing() as session:
        decide(session, world.policy, case_id, Ruling("restore", note="you are right"), "moderator-2", NOW)
        session.execute(update(Notice).where(Notice.state == "waiting").values(state="ready", text="Hello Eve"))
        session.execute(update(Action).values(state="done", taken_back_at=NOW))
    return world


@pytest.mark.parametrize("then", ["erase", "pseudonymise"])
def test_reports_and_appeals_that_were_answered_keep_no_words_and_nobodys_name(peopled, then):
    world = answered(peopled)
    kept = {"reports": (700, then), "appeals": (700, then)}
    assert keep(world, **kept) == {"reports": 2, "appeals": 1}
    assert keep(world, **kept) == {}
    reports = {row.state: row.text for row in rows(world, Report.state, Report.text)}
    appeals = rows(world, Appeal.text, Appeal.account_id, Appeal.outcome)
    if then == "erase":
        assert (reports.keys(), appeals) == ({"open"}, [])
    else:
        assert (reports["answered"], appeals) == ("", [("", None, "restored")])
    assert reports["open"] != "", "what waits for an answer is still needed"


@pytest.mark.parametrize("then", ["erase", "pseudonymise"])
def test_notices_that_were_sent_keep_no_words_and_nobodys_name(peopled, then):
    world = answered(peopled)
    assert keep(world, notices=(700, then))["notices"] > 1
    assert keep(world, notices=(700, then)) == {}
    left = rows(world, Notice.recipient, Notice.text, Notice.account_id)
    assert set(left) == (set() if then == "erase" else {("(erased) ", None, None)})


def test_actions_that_are_over_go_with_decisions_to_nobodys_name(peopled):
    world = answered(peopled)
    keep(world, decisions=(700, "pseudonymise"))
    assert all(row.target.startswith("(erased)") for row in rows(world, Action.target))
    assert keep(world, decisions=(700, "pseudonymise")) == {}


def test_again_changes_nothing(peopled):
    kept = dict.fromkeys(("comments", "earlier_texts", "raw_rows", "runs", "alerts", "strikes", "feedback"), 300)
    assert keep(peopled, **kept, cases=(300, "pseudonymise"), decisions=300)
    before = peopled.told()
    assert keep(peopled, **kept, cases=(300, "pseudonymise"), decisions=300) == {}
    assert peopled.told() == before


def test_small_batches_come_to_the_same(peopled, monkeypatch):
    monkeypatch.setattr(retention, "ROWS_AT_ONCE", 1)
    assert keep(peopled, comments=300, raw_rows=90, decisions=300)["comments"] == 6
    assert count(peopled, Comment) == 0


def test_what_the_policy_does_not_name_is_kept(peopled):
    before = peopled.told()
    assert keep(peopled) == {}
    assert peopled.told() == before


def test_files_go_by_when_they_were_written(world):
    queue = world.settings.published / "queues" / "care.jsonl"
    queue.parent.mkdir(parents=True)
    queue.write_text("{}\n")
    now = datetime.now(UTC)
    assert keep(world, now + timedelta(days=29), queue_files=30) == {}
    assert keep(world, now + timedelta(days=31), queue_files=30) == {"queue_files": 1}
    assert not queue.exists()
