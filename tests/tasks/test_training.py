"""Packs of a simulated brand whose cases people decided, some of them twice."""

import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from becalm.cases.claims import claim, skip
from becalm.cases.deciding import Ruling, decide
from becalm.cases.reversing import reverse
from becalm.decisions.samples import draw, judge_again, waiting
from becalm.policy import load_policy
from becalm.responses.once import SaidInPublic
from becalm.store import Account, Case, Store
from becalm.training import Wanted, forget, read_pack, write_new_pack
from becalm.training.names import is_whole, lowered

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def decided(moderated):
    """The staff decided every case that there is, doubted some and was doubted in others."""
    dice, policy, now = random.Random(5), load_policy(), NOW
    with Store.open(moderated.settings.store_url) as store:
        with store.reading() as session:
            cases = session.execute(select(Case.id, Case.suggested_action).order_by(Case.id)).all()
        with store.writing() as session:
            for case_id, action in cases:
                now += timedelta(minutes=5)
                chance = dice.random()
                if chance < 0.2:
                    claim(session, policy, case_id, "moderator-1", now)
                    skip(session, policy, case_id, "moderator-1", "not sure", now)
                ruling = Ruling(action) if dice.random() < 0.8 else Ruling("none", "dismissed", note="a quotation")
                try:
                    decide(session, policy, case_id, ruling, "lead-1", now)
                except SaidInPublic:
                    decide(session, policy, case_id, Ruling("message"), "lead-1", now)
                if chance > 0.9:
                    reverse(session, policy, case_id, "lead-1", now, note="lead-1 was wrong")
            draw(session, 10, "seed", now)
            for each in waiting(session, policy, "reviewer-1"):
                judge_again(session, policy, each.decision_id, "reviewer-1", dice.choice(["upheld", "dismissed"]), now)
        yield store, moderated.settings.home, policy


def test_nobody_of_a_whole_brand_is_named_and_everybody_can_be_forgotten(decided):
    store, home, policy = decided
    pack, folder = write_new_pack(store, home, policy, Wanted(60, "all"), NOW)
    assert len(pack.scenarios) == 60
    assert len({one.about for one in pack.scenarios}) > 4
    # Numbers of scenarios and the policy's own words are nobody's.
    said = lowered(json.dumps([[one.thread, *(each.text for each in one.comments)] for one in pack.scenarios]))
    with store.reading() as session:
        accounts = session.execute(select(Account.id, Account.author_id, Account.name, Account.is_brand)).all()
    people = [row for row in accounts if not row.is_brand]
    named = [name for row in people for name in (row.author_id, row.name) if name and _stands_in(name, said)]
    assert named == []
    assert "lead-1" not in (folder / "pack.json").read_text()
    with store.writing() as session:
        gone = forget(session, home, accounts=[row.id for row in people])
    assert (gone.scenarios, gone.removed) == (60, 1)
    assert not folder.exists()


def test_the_same_store_makes_the_same_bytes_in_any_folder(decided, tmp_path):
    store, home, policy = decided
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        write_new_pack(store, home, policy, Wanted(20, "same"), NOW, folder)
    one, other = ({path.name: path.read_bytes() for path in sorted(folder.iterdir())} for folder in folders)
    assert one == other
    assert set(one) == {"index.html", "pack.json"}
    assert read_pack(folders[0]) == read_pack(folders[1] / "pack.json")


def _stands_in(name, text):
    name, at = " ".join(lowered(name).split()), -1
    while (at := text.find(name, at + 1)) >= 0:
        if is_whole(text, at, at + len(name)):
            return True
    return False
