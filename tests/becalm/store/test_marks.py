from datetime import UTC, datetime

import pytest

from becalm.store import Batch
from becalm.store.marks import data_version, is_made_from, made_from, mark_made_from


def test_a_stage_is_marked_by_what_its_result_was_made_from(store):
    with store.writing() as session:
        assert made_from(session, "group") is None
        mark_made_from(session, "group", "first")
        mark_made_from(session, "group", "second")
        assert is_made_from(session, "group", "second")
        assert not is_made_from(session, "group", "first")
        assert not is_made_from(session, "score", "second")


def test_a_mark_falls_with_its_transaction(store):
    def fail() -> None:
        with store.writing() as session:
            mark_made_from(session, "group", "first")
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError):
        fail()
    with store.reading() as session:
        assert made_from(session, "group") is None


def test_the_version_of_the_data_changes_with_every_batch(store):
    seen = []
    for _ in range(3):
        with store.writing() as session:
            seen.append(data_version(session))
            session.add(
                Batch(run_id="r", source="a", first_line=1, rows=1, collected_at=datetime(2026, 3, 1, tzinfo=UTC))
            )
    assert len(set(seen)) == 3
