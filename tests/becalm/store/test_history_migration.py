"""Revision 0002: campaigns that stood before it know their texts after it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, inspect, select, text

from becalm.store import Campaign, CampaignEvent, CampaignText, GroupText, PairRuling, Store, TextRuling, migrate

NEW_TABLES = {"campaign_events", "campaign_texts", "pair_rulings", "text_rulings"}
LISTS = "'[]', 'buy tea', 2, 2, 1, '[]', '2026-03-01 12:00:00', '2026-03-02 12:00:00', '[]'"
BEFORE = (
    "INSERT INTO texts (id, normalised, script) VALUES "
    "(1, 'buy tea', 'Latin'), (2, 'buy cups', 'Latin'), (3, 'buy pots', 'Latin'), (4, 'first', 'Latin')",
    "INSERT INTO campaigns (id, verdict, score, reasons, medoid_text, comments, accounts, threads, channels, "
    "first_seen, last_seen, markers, is_current) VALUES "
    f"('c1', 'campaign', 0.9, {LISTS}, true), ('c2', 'flood', 0.8, {LISTS}, true), "
    f"('c3', 'flood', 0.8, {LISTS}, false)",
    "INSERT INTO groups (id, verdict, score, reasons, medoid_id, campaign_id) VALUES "
    "('g1', 'campaign', 0.9, '[]', 1, 'c1'), ('g3', 'flood', 0.8, '[]', 3, 'c2'), ('g4', 'echo', 0.1, '[]', 4, NULL)",
    "INSERT INTO group_texts (text_id, group_id, similarity, channel) VALUES "
    "(1, 'g1', 1, 'characters'), (2, 'g1', 0.8, 'characters'), (3, 'g3', 1, 'characters'), (4, 'g4', 1, 'characters')",
)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """A store at 0001 with two campaigns, one that is past, and an echo."""
    engine = create_engine(url)
    migrate.upgrade(engine, "0001")
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))
    yield engine
    engine.dispose()


def texts_of_campaigns(engine: Engine) -> set[tuple[int, str]]:
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(CampaignText.text_id, CampaignText.campaign_id))}


def test_before_it_there_is_no_history(engine):
    assert NEW_TABLES.isdisjoint(inspect(engine).get_table_names())
    assert migrate.current(engine) == "0001"


def test_opening_an_old_store_fills_the_texts_of_its_campaigns(engine, url):
    with Store.open(url) as store, store.reading() as session:
        assert session.get(Campaign, "c1").medoid_text == "buy tea"
        for model in (CampaignEvent, PairRuling, TextRuling):
            assert session.scalars(select(model)).all() == []
    assert texts_of_campaigns(engine) == {(1, "c1"), (2, "c1"), (3, "c2")}


def test_a_store_without_groups_has_no_texts_to_fill(url, engine):
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM group_texts"))
    migrate.upgrade(engine)
    assert texts_of_campaigns(engine) == set()


def test_going_back_takes_the_history_and_nothing_else(engine):
    migrate.upgrade(engine)
    migrate.downgrade(engine, "0001")
    assert NEW_TABLES.isdisjoint(inspect(engine).get_table_names())
    with engine.connect() as connection:
        assert len(connection.execute(select(GroupText.text_id)).all()) == 4
        assert len(connection.execute(select(Campaign.id)).all()) == 3


def test_forth_and_back_and_forth_again_fills_the_same(engine):
    migrate.upgrade(engine)
    filled = texts_of_campaigns(engine)
    migrate.downgrade(engine, "0001")
    migrate.upgrade(engine)
    assert texts_of_campaigns(engine) == filled
