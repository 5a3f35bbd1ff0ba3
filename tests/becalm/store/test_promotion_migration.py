"""Revisions 0004 and 0005: what spam was before models learned it is kept as promotion, and nobody is alerted yet."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, inspect, select, text

from becalm.store import Alert, AlertDelivery, Signals, Store, migrate

NEW_TABLES = {"alerts", "alert_deliveries"}
BEFORE = (
    "INSERT INTO batches (id, run_id, source, first_line, rows, collected_at) VALUES "
    "(1, 'r', 'a.jsonl', 1, 1, '2026-03-01 12:00:00')",
    "INSERT INTO raw_rows (id, batch_id, line, payload) VALUES (1, 1, 1, '{}')",
    "INSERT INTO accounts (id, platform, author_id, is_brand) VALUES (1, 'clipshare', 'a', false)",
    "INSERT INTO threads (id, platform, thread_id, channel, title, text) VALUES (1, 'clipshare', 't', 'tea', '', '')",
    "INSERT INTO texts (id, normalised, script) VALUES (1, 'buy tea', 'Latin')",
    "INSERT INTO comments (id, platform, comment_id, channel, thread_id, account_id, text_id, raw_row_id, text, "
    "published_at, is_brand, raw) VALUES "
    "(1, 'clipshare', 'c', 'tea', 1, 1, 1, 1, 'buy tea', '2026-03-01 12:00:00', false, '{}')",
    "INSERT INTO signals (comment_id, scored_text_id, scorer, spam, abuse, off_topic, complaint, praise, sentiment, "
    "keywords, private_data, reasons) VALUES (1, 1, 'lexicons-1', 0.7, 0.2, 0, 0, 0, 0, '[]', '[]', '[]')",
)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """A store at 0003 with one scored comment."""
    engine = create_engine(url)
    migrate.upgrade(engine, "0003")
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))
    yield engine
    engine.dispose()


def test_opening_an_old_store_keeps_its_spam_as_promotion(engine, url):
    with Store.open(url) as store, store.reading() as session:
        scored = session.get(Signals, 1)
        assert (scored.spam, scored.promotion, scored.abuse) == (0.7, 0.7, 0.2)
        assert session.scalars(select(Alert)).all() == session.scalars(select(AlertDelivery)).all() == []
    assert migrate.current(engine) == migrate.newest()


def test_each_step_goes_back_alone(engine):
    migrate.upgrade(engine)
    migrate.downgrade(engine, "0004")
    assert NEW_TABLES.isdisjoint(inspect(engine).get_table_names())
    assert "promotion" in {column["name"] for column in inspect(engine).get_columns("signals")}
    migrate.downgrade(engine, "0003")
    assert "promotion" not in {column["name"] for column in inspect(engine).get_columns("signals")}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT spam FROM signals")).scalars().all() == [0.7]
