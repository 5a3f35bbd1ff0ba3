from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

import becalm.signals_file
from becalm.exports import signals
from becalm.files import write_json_lines
from becalm.signals_file import publish_signals
from becalm.store import Comment, RawRow, Signals, Store
from becalm.store.unpublished import FEW, note_unpublished, unpublished
from becalm.store.upsert import add

COPIED = (RawRow, Comment, Signals)


@pytest.fixture
def store(tmp_path: Path, add_comments) -> Iterator[Store]:
    """Eight scored comments, none published yet."""
    with Store.open(f"sqlite:///{tmp_path / 'becalm.db'}") as opened:
        with opened.writing() as session:
            add_comments(session, 8)
            note_unpublished(session, range(8))
        yield opened


def rescore(store, comment_id, score):
    with store.writing() as session:
        session.execute(update(Signals).where(Signals.comment_id == comment_id).values(spam=score))
        note_unpublished(session, [comment_id])


def move(store, comment_id, hours):
    with store.writing() as session:
        comment = session.scalars(select(Comment).where(Comment.id == comment_id)).one()
        comment.published_at += timedelta(hours=hours)
        note_unpublished(session, [comment_id])


def arrive(store, hours):
    """A comment like the first of all, at another time."""
    with store.writing() as session:
        number = session.scalars(select(func.count()).select_from(Comment)).one()
        first = {table: dict(session.execute(select(table.__table__).limit(1)).mappings().one()) for table in COPIED}
        own = {"id": number, "comment_id": f"c{number}", "raw_row_id": number}
        at = first[Comment]["published_at"] + timedelta(hours=hours)
        add(session, RawRow, [first[RawRow] | {"id": number}])
        add(session, Comment, [first[Comment] | own | {"published_at": at}])
        add(session, Signals, [first[Signals] | {"comment_id": number}])
        note_unpublished(session, [number])


def published(store, path):
    with store.writing() as session:
        count = publish_signals(session, path)
        assert unpublished(session) == set()
    content = path.read_bytes()
    assert count == content.count(b"\n")
    return content


def as_it_should_be(store, path):
    with store.reading() as session:
        write_json_lines(path, signals(session))
    return path.read_bytes()


change = st.one_of(
    st.tuples(st.just(rescore), st.integers(0, 7), st.sampled_from([0.0, 0.5])),
    st.tuples(st.just(move), st.integers(0, 7), st.integers(-9, 9)),
    st.tuples(st.just(arrive), st.integers(-9, 9)),
    st.just(None),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(change, max_size=12))
def test_whatever_changes_the_file_is_as_if_written_anew(store, tmp_path, changes):
    path = tmp_path / "signals.jsonl"
    for one in changes:
        if one is None:
            published(store, path)
        else:
            one[0](store, *one[1:])
    assert published(store, path) == as_it_should_be(store, tmp_path / "anew.jsonl")


def test_lines_that_did_not_change_are_not_made_again(store, tmp_path, monkeypatch):
    path = tmp_path / "signals.jsonl"
    published(store, path)
    rescore(store, 3, 0.5)
    made = []
    monkeypatch.setattr(
        becalm.signals_file, "_line", lambda record: made.append(record) or orjson.dumps(record) + b"\n"
    )
    published(store, path)
    assert [record["comment_id"] for record in made] == ["c3"]


@pytest.mark.parametrize("damage", [b"", b"{}\n", None])
def test_a_file_that_is_not_the_one_written_last_is_written_anew(store, tmp_path, damage):
    path = tmp_path / "signals.jsonl"
    content = published(store, path)
    rescore(store, 3, 0.1235)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage + content[5:])
    assert published(store, path) == content


def test_a_comment_that_is_gone_is_gone_from_the_file(store, tmp_path):
    path = tmp_path / "signals.jsonl"
    published(store, path)
    with store.writing() as session:
        session.execute(delete(Signals).where(Signals.comment_id == 2))
    assert published(store, path) == as_it_should_be(store, tmp_path / "anew.jsonl")


def test_too_many_changes_are_not_told_one_by_one(store, tmp_path):
    published(store, tmp_path / "signals.jsonl")
    with store.writing() as session:
        note_unpublished(session, [1, 2])
        note_unpublished(session, [2, 5])
        assert unpublished(session) == {1, 2, 5}
        note_unpublished(session, range(FEW + 1))
        assert unpublished(session) is None
        note_unpublished(session, [1])
        assert unpublished(session) is None
