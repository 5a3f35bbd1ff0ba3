from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from becalm.errors import InputError
from becalm.store import Batch, Quarantined, RawRow, Store
from becalm.store.quarantine import (
    DISMISSED,
    REPLAYED,
    dismiss,
    fix,
    held,
    hold,
    mark_replayed,
    states,
    summary,
    to_replay,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
EMPTY = {"expectation": "text says something", "found": "an empty text"}
EARLY = {"expectation": "published_at is not before social platforms (2004)", "found": "1970-01-01T00:00:00+00:00"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Nine raw rows of two files, three of them held."""
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        with opened.writing() as session:
            for number, source in enumerate(("b.jsonl", "a.csv"), start=1):
                session.add(Batch(id=number, run_id="r", source=source, first_line=1, rows=5, collected_at=NOW))
            session.flush()
            session.add_all(
                RawRow(id=number, batch_id=1 + number % 2, line=20 - number, payload=f'{{"text": "row {number}"}}')
                for number in range(1, 10)
            )
            session.flush()
            hold(session, {1: [EMPTY], 2: [EMPTY, EARLY], 3: [EARLY]}, NOW)
        yield opened


def rows_of(store: Store) -> list[tuple]:
    with store.reading() as session:
        return [tuple(row) for row in session.execute(select(Quarantined.__table__).order_by("raw_row_id"))]


def test_held_rows_come_with_source_line_failures_and_content(store):
    with store.reading() as session:
        rows = held(session)
    assert [(row.source, row.line, row.raw_row_id) for row in rows] == [
        ("a.csv", 17, 3),
        ("a.csv", 19, 1),
        ("b.jsonl", 18, 2),
    ]
    assert rows[2].failed == (EMPTY, EARLY)
    assert (rows[2].payload, rows[2].is_fixed, rows[2].quarantined_at) == ('{"text": "row 2"}', False, NOW)


def test_limit_cuts_the_list(store):
    with store.reading() as session:
        assert [row.raw_row_id for row in held(session, limit=2)] == [3, 1]


def test_summary_counts_a_row_for_each_expectation_it_failed(store):
    with store.reading() as session:
        assert summary(session) == {EARLY["expectation"]: 2, EMPTY["expectation"]: 2}
        assert summary(session, REPLAYED) == {}
        assert states(session) == {"open": 3, "replayed": 0, "dismissed": 0}


def test_holding_the_same_rows_again_changes_nothing(store):
    before = rows_of(store)
    with store.writing() as session:
        assert hold(session, {1: [EMPTY], 2: [EMPTY, EARLY]}, NOW + timedelta(days=1)) == 0
    assert rows_of(store) == before


def test_row_that_fails_otherwise_when_tried_again_keeps_its_fix_and_its_day(store):
    with store.writing() as session:
        fix(session, 2, '{"text": "mended"}')
        assert hold(session, {2: [EARLY], 4: [EMPTY]}, NOW + timedelta(days=1)) == 1
    with store.reading() as session:
        row = next(row for row in held(session) if row.raw_row_id == 2)
    assert (row.failed, row.payload, row.quarantined_at) == ((EARLY,), '{"text": "mended"}', NOW)


def test_closed_row_is_not_opened_by_the_same_file(store):
    with store.writing() as session:
        dismiss(session, 1)
        mark_replayed(session, [2])
        hold(session, {1: [EARLY], 2: [EARLY]}, NOW)
        assert states(session) == {"open": 1, "replayed": 1, "dismissed": 1}


def test_only_mended_rows_are_replayed_unless_all_are_asked_for(store):
    with store.writing() as session:
        fix(session, 3, '{"text": "mended"}')
        assert [(row.raw_row_id, row.payload, row.is_fixed) for row in to_replay(session)] == [
            (3, '{"text": "mended"}', True)
        ]
        assert [row.raw_row_id for row in to_replay(session, only_fixed=False)] == [3, 1, 2]


def test_replayed_row_leaves_the_list_and_stays_on_record(store):
    with store.writing() as session:
        fix(session, 3, '{"text": "mended"}')
        mark_replayed(session, [3])
        assert [row.raw_row_id for row in held(session)] == [1, 2]
        assert [row.payload for row in held(session, REPLAYED)] == ['{"text": "mended"}']


def test_dismissed_row_is_never_replayed(store):
    with store.writing() as session:
        dismiss(session, 1)
        mark_replayed(session, [1])
        assert [row.raw_row_id for row in held(session, DISMISSED)] == [1]


@pytest.mark.parametrize("number", [4, 999, 2])
def test_row_that_is_not_held_open_can_not_be_changed(store, number):
    with store.writing() as session:
        mark_replayed(session, [2])
    before = rows_of(store)
    for change in (lambda session: fix(session, number, "{}"), lambda session: dismiss(session, number)):
        with pytest.raises(InputError, match=f"row {number} is not held open"), store.writing() as session:
            change(session)
    assert rows_of(store) == before


@pytest.mark.parametrize("payload", ["", "text", "[1]", "{", "null"])
def test_fix_that_is_no_json_object_is_refused(store, payload):
    with pytest.raises(InputError, match="no JSON object"), store.writing() as session:
        fix(session, 1, payload)


def test_twenty_thousand_rows_are_held_at_once(store):
    with store.writing() as session:
        session.add_all(RawRow(id=number, batch_id=1, line=number, payload="{}") for number in range(100, 20_100))
        session.flush()
        assert hold(session, {number: [EMPTY] for number in range(100, 20_100)}, NOW) == 20_000
        assert hold(session, {number: [EMPTY] for number in range(100, 20_100)}, NOW) == 0
        mark_replayed(session, range(100, 20_100))
        assert states(session)["replayed"] == 20_000
