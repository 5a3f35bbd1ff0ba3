import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from becalm.errors import StoreUnusable
from becalm.store import StageMark, Text
from becalm.store.upsert import KEYS_AT_ONCE, add, add_missing, chunks, known, put, remove


def marks(**made_from: str) -> list[dict[str, str]]:
    return [{"stage": stage, "made_from": value} for stage, value in made_from.items()]


def kept(store) -> dict[str, str]:
    with store.reading() as session:
        return dict(session.execute(select(StageMark.stage, StageMark.made_from)).all())


@given(st.lists(st.integers(), max_size=50), st.integers(1, 9))
def test_chunks_hold_everything_in_order(values, size):
    parts = list(chunks(values, size))
    assert [one for part in parts for one in part] == values
    assert all(1 <= len(part) <= size for part in parts)


def test_add_missing_leaves_what_is_there(store):
    with store.writing() as session:
        add(session, StageMark, marks(embed="1"))
        add_missing(session, StageMark, marks(embed="2", index="2"))
    assert kept(store) == {"embed": "1", "index": "2"}


def test_put_overwrites_what_is_there(store):
    with store.writing() as session:
        add(session, StageMark, marks(embed="1", group="1"))
        put(session, StageMark, marks(embed="2", index="2"))
    assert kept(store) == {"embed": "2", "group": "1", "index": "2"}


def test_put_overwrites_only_the_columns_given(store):
    with store.writing() as session:
        put(session, Text, [{"id": 1, "normalised": "one", "script": "Latin", "compared_by": "rules"}])
        put(session, Text, [{"id": 1, "normalised": "one", "script": "Thai"}])
    with store.reading() as session:
        assert session.execute(select(Text.script, Text.compared_by)).one() == ("Thai", "rules")


def test_nothing_to_write_is_fine(store):
    with store.writing() as session:
        for write in (add, add_missing, put):
            write(session, StageMark, [])
    assert kept(store) == {}


def test_adding_a_known_key_is_an_error_and_writes_nothing(store):
    def add_twice() -> None:
        with store.writing() as session:
            add(session, StageMark, marks(index="1", embed="1"))
            add(session, StageMark, marks(embed="2"))

    with pytest.raises(StoreUnusable):
        add_twice()
    assert kept(store) == {}


def test_more_keys_than_one_statement_takes_are_asked_for_in_parts(store):
    rows = [{"id": number, "normalised": f"{number}", "script": "none"} for number in range(KEYS_AT_ONCE + 500)]
    wanted = list(range(-5, KEYS_AT_ONCE + 600))
    with store.writing() as session:
        add(session, Text, rows)
        assert known(session, Text.id, wanted) == {row["id"] for row in rows}
        remove(session, Text.id, wanted[: KEYS_AT_ONCE + 100])
        assert len(session.scalars(select(Text.id)).all()) == 500 - 95
        assert known(session, Text.id, []) == set()
        remove(session, Text.id, [])
