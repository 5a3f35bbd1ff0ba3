"""The log of decisions: whatever is changed in it afterwards is found."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError

from becalm.decisions import Decided, append, decisions_of, verify_chain
from becalm.errors import ChainBroken, StoreUnusable
from becalm.store import Case, ChainHead, Decision, PolicyVersion, Store
from becalm.store.upsert import add

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def decided(number):
    return Decided(
        case_id="k1", kind="decision", by="ann", is_machine=False, rule="abuse", policy_version="1", action="hide",
        outcome="upheld", decided_at=NOW + timedelta(minutes=number), note=f"note {number}",
        subjects={"comments": [number], "accounts": [7]},
    )  # fmt: skip


@pytest.fixture
def store(tmp_path):
    """A chain of five."""
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as store:
        with store.writing() as session:
            add(session, PolicyVersion, [{"version": "1", "digest": "x", "document": "", "first_used_at": NOW}])
            add(session, Case, [{
                "id": "k1", "queue": "q", "kind": "comment", "subject": "s", "rule": "abuse", "policy_version": "1",
                "priority": 0.5, "reasons": [], "opened_at": NOW, "due_at": NOW, "suggested_action": "hide",
                "suggested_template": "t", "evidence": [],
            }])  # fmt: skip
            for number in range(1, 6):
                append(session, decided(number))
        yield store


def verified(store, noted=None):
    with store.reading() as session:
        return verify_chain(session, noted)


def change(store, statement):
    with store.writing() as session:
        session.execute(statement)


def test_a_chain_that_nobody_touched_holds(store):
    told = verified(store)
    assert (told.decisions, told.erased, len(told.head)) == (5, 0, 64)
    assert verified(store, told.head).has_noted


def test_an_empty_log_holds(tmp_path):
    with Store.open(f"sqlite:///{tmp_path / 'empty.db'}") as store:
        assert verified(store).decisions == 0


def test_ids_are_as_statements_of_reasons_want_them(store):
    with store.reading() as session:
        ids = [each.id for each in decisions_of(session, "k1")]
    assert len(set(ids)) == 5
    assert all(each.isalnum() and each[0] == "d" for each in ids)


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        (update(Decision).where(Decision.seq == 3).values(action="none"), 3),
        (update(Decision).where(Decision.seq == 3).values(by="bob"), 3),
        (update(Decision).where(Decision.seq == 2).values(decided_at=NOW), 2),
        (update(Decision).where(Decision.seq == 2).values(note="another"), 2),
        (update(Decision).where(Decision.seq == 4).values(subjects={"comments": []}), 4),
        (update(Decision).where(Decision.seq == 4).values(id="dx"), 4),
        (update(Decision).where(Decision.seq == 4).values(digest="0" * 64), 4),
        (update(Decision).where(Decision.seq == 1).values(previous="1" * 64), 1),
        (delete(Decision).where(Decision.seq == 2), 2),
        (delete(Decision).where(Decision.seq == 5), 5),
        (delete(Decision), 1),
        (delete(ChainHead), 6),
        (update(Decision).where(Decision.seq == 5).values(seq=6), 5),
    ],
)
def test_every_change_is_found_where_it_is(store, statement, seq):
    change(store, statement)
    with pytest.raises(ChainBroken) as caught:
        verified(store)
    assert caught.value.seq == seq


def test_a_chain_made_anew_from_the_middle_lacks_the_noted_digest(store):
    noted = verified(store).head
    with store.writing() as session:
        kept = decisions_of(session, "k1")[:3]
        session.execute(delete(Decision))
        session.execute(delete(ChainHead))
        for each in kept:
            append(session, each)
    assert verified(store).decisions == 3
    with pytest.raises(ChainBroken, match="is not in it"):
        verified(store, noted)


def test_what_must_be_erased_is_gone_and_the_chain_holds(store):
    change(store, update(Decision).where(Decision.seq == 2).values(note="", subjects={}, salt=None))
    assert verified(store).erased == 1


def test_the_mark_of_machines_agrees_with_who_decided(store):
    wrong = update(Decision).where(Decision.seq == 2).values(is_machine=True)
    with pytest.raises(StoreUnusable, match="CHECK constraint"):
        change(store, wrong)
    with store.engine.begin() as connection:
        connection.execute(text("PRAGMA ignore_check_constraints=ON"))
        connection.execute(wrong)
    with pytest.raises(ChainBroken):
        verified(store)


def test_two_links_never_share_a_number(store):
    with store.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text("INSERT INTO decisions SELECT * FROM decisions WHERE seq = 2"))


def test_the_zone_that_somebody_decided_in_makes_no_difference(store):
    with store.writing() as session:
        there = decided(9).decided_at.astimezone(timezone(timedelta(hours=5)))
        written = append(session, Decided(**{name: getattr(decided(9), name) for name in Decided.__slots__}))
        append(session, Decided(
            case_id="k1", kind="decision", by="ann", is_machine=False, rule="abuse", policy_version="1",
            action="hide", outcome="upheld", decided_at=there,
        ))  # fmt: skip
    assert verified(store).decisions == 7
    assert written.seq == 6


def test_a_rolled_back_decision_leaves_no_hole(store):
    def fail():
        with store.writing() as session:
            append(session, decided(8))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.writing() as session:
        assert append(session, decided(9)).seq == 6
    assert verified(store).decisions == 6
