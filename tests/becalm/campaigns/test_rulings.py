from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from becalm.campaigns.find import find_campaign
from becalm.campaigns.rulings import (
    NothingToRuleOn,
    rule_on_campaign,
    rule_on_pair,
    rule_on_texts,
    rulings,
    withdraw,
)
from becalm.store import CampaignText, PairRuling, Text, TextRuling, stable_id
from becalm.store.upsert import add

NOW = datetime(2026, 3, 29, 12, tzinfo=UTC)
TEXTS = ["buy tea", "buy cups", "mine", "yours"]


@pytest.fixture
def session(pushes: Any) -> Iterator[Session]:
    """Two campaigns, and two that are past: of one the text is still there."""
    pushes.campaign("c1", TEXTS[:2])
    pushes.campaign("c2", TEXTS[2:])
    pushes.past("c3", medoid_text="yours")
    pushes.past("c4", medoid_text="gone for good")
    with pushes.save().writing() as session:
        of = {"buy tea": "c1", "buy cups": "c1", "mine": "c2", "yours": "c2"}
        add(session, CampaignText, [{"text_id": stable_id(text), "campaign_id": one} for text, one in of.items()])
        yield session


def said(session: Session) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.kind, one.texts, one.said_by) for one in rulings(session)]


def pair(session: Session, one: str, other: str, *, is_same: bool, at: datetime = NOW) -> None:
    rule_on_pair(session, find_campaign(session, one), find_campaign(session, other), is_same=is_same, by="ann", at=at)


def test_rulings_are_told_with_the_latest_first(session):
    rule_on_texts(session, [stable_id("mine")], is_bad=False, by="ann", at=NOW)
    rule_on_texts(session, [stable_id("buy tea")], is_bad=True, by="bob", at=NOW + timedelta(days=2))
    pair(session, "c1", "c2", is_same=False, at=NOW + timedelta(days=1))
    assert [(kind, set(texts), by) for kind, texts, by in said(session)] == [
        ("bad", {"buy tea"}, "bob"), ("apart", {"buy tea", "mine"}, "ann"), ("good", {"mine"}, "ann")
    ]  # fmt: skip
    assert next(rulings(session)).said_at == NOW + timedelta(days=2)


def test_a_later_ruling_on_a_text_replaces_the_earlier_one(session):
    for is_bad, by in ((True, "ann"), (False, "bob")):
        rule_on_texts(session, [stable_id("mine")], is_bad=is_bad, by=by, at=NOW)
    assert said(session) == [("good", ("mine",), "bob")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(["bad", "good", "withdraw"])), max_size=12))
def test_what_was_said_last_of_each_text_is_in_force(session, spoken):
    withdraw(session, [stable_id(text) for text in TEXTS])
    last = {}
    for text, verdict in spoken:
        last[text] = verdict
        if verdict == "withdraw":
            withdraw(session, [stable_id(text)])
        else:
            rule_on_texts(session, [stable_id(text)], is_bad=verdict == "bad", by="ann", at=NOW)
    in_force = {(text, verdict) for text, verdict in last.items() if verdict != "withdraw"}
    assert {(texts[0], kind) for kind, texts, _ in said(session)} == in_force


def test_a_campaign_is_ruled_on_by_all_its_texts(session):
    assert rule_on_campaign(session, find_campaign(session, "c1"), is_bad=True, by="ann", at=NOW) == 2
    assert {texts for _, texts, _ in said(session)} == {("buy tea",), ("buy cups",)}


def test_a_campaign_whose_texts_stand_in_others_is_refused(session):
    with pytest.raises(NothingToRuleOn, match=r"^campaign c4: its texts stand in other campaigns"):
        rule_on_campaign(session, find_campaign(session, "c4"), is_bad=True, by="ann", at=NOW)
    assert said(session) == []


@pytest.mark.parametrize("named", [("c1", "c2"), ("c2", "c1")])
def test_a_pair_is_the_same_pair_in_any_order_and_a_later_ruling_replaces_it(session, named):
    pair(session, "c1", "c2", is_same=True)
    pair(session, *named, is_same=False)
    assert [kind for kind, *_ in said(session)] == ["apart"]
    ((first, second),) = session.execute(select(PairRuling.first_id, PairRuling.second_id))
    assert (first, second) == tuple(sorted((stable_id("buy tea"), stable_id("mine"))))


def test_a_past_campaign_is_ruled_on_by_the_text_it_stood_around(session):
    pair(session, "c1", "c3", is_same=False)
    assert [(kind, set(texts)) for kind, texts, _ in said(session)] == [("apart", {"buy tea", "yours"})]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [("c1", "c1", "c1: it was named twice"), ("c1", "c4", "c4: the text .* is gone"), ("c4", "c1", "c4: the text")],
)
def test_two_that_are_one_and_one_that_is_gone_are_refused(session, one, other, why):
    with pytest.raises(NothingToRuleOn, match=f"^campaign {why}"):
        pair(session, one, other, is_same=True)
    assert said(session) == []


def test_two_campaigns_around_the_same_text_are_refused(session):
    find_campaign(session, "c3").medoid_text = "buy tea"
    with pytest.raises(NothingToRuleOn, match=r"^campaign c1: it stands around the same text as c3"):
        pair(session, "c1", "c3", is_same=False)


def test_withdrawing_a_text_forgets_its_pairs_too_and_tells_how_many(session):
    rule_on_texts(session, [stable_id(text) for text in TEXTS], is_bad=True, by="ann", at=NOW)
    pair(session, "c1", "c2", is_same=True)
    assert withdraw(session, [stable_id("mine"), stable_id("never said")]) == 2
    assert {texts for _, texts, _ in said(session)} == {("buy tea",), ("buy cups",), ("yours",)}
    assert withdraw(session, []) == 0


def test_a_withdrawn_text_stays_a_text(session):
    rule_on_texts(session, [stable_id("mine")], is_bad=True, by="ann", at=NOW)
    withdraw(session, [stable_id("mine")])
    assert session.scalars(select(TextRuling)).all() == []
    assert session.get(Text, stable_id("mine")).normalised == "mine"
