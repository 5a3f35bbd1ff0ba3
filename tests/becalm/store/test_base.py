from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from becalm.store import Run, stable_id

KOLKATA = timezone(timedelta(hours=5, minutes=30))


def test_times_come_back_in_utc(store):
    started = datetime(2026, 3, 1, 1, 30, 0, 250, tzinfo=KOLKATA)
    with store.writing() as session:
        session.add(Run(id="r", job="run", started_at=started, figures={}))
    with store.reading() as session:
        kept = session.scalars(select(Run.started_at)).one()
    assert kept == started
    assert kept.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(store):
    naive = datetime(2026, 3, 1)  # noqa: DTZ001
    with pytest.raises(StatementError, match="a time without a zone"), store.writing() as session:
        session.add(Run(id="r", job="run", started_at=naive, figures={}))
    with store.reading() as session:
        assert session.scalars(select(Run.id)).all() == []


def test_times_without_value_stay_so(store):
    with store.writing() as session:
        session.add(Run(id="r", job="run", started_at=datetime(2026, 3, 1, tzinfo=UTC), figures={}))
    with store.reading() as session:
        assert session.scalars(select(Run.finished_at)).one() is None


def test_times_compare_whatever_zone_they_came_in(store):
    with store.writing() as session:
        for hour, zone in ((12, UTC), (16, KOLKATA), (20, KOLKATA)):
            session.add(Run(id=f"{hour}", job="run", started_at=datetime(2026, 3, 1, hour, tzinfo=zone), figures={}))
    with store.reading() as session:
        before = session.scalars(select(Run.id).where(Run.started_at < datetime(2026, 3, 1, 12, tzinfo=UTC))).all()
    assert before == ["16"]


@given(st.lists(st.text(max_size=20), max_size=4))
def test_ids_are_positive_63_bit_numbers_that_never_change(parts):
    assert 0 <= stable_id(*parts) < 2**63
    assert stable_id(*parts) == stable_id(*parts)


def test_the_parts_of_an_id_are_kept_apart():
    ids = {stable_id("a", "bc"), stable_id("ab", "c"), stable_id("abc"), stable_id("abc", ""), stable_id("", "abc")}
    assert len(ids) == 5


def test_an_id_is_the_same_on_every_machine():
    assert stable_id("clipshare", "c1") == 3754138142641388584


def test_half_a_surrogate_pair_has_an_id_too():
    assert stable_id("\ud800") != stable_id("\ud801")
