from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from becalm.store import Account, Comment, CommentVersion, RawRow, Text, Thread, stable_id
from becalm.store.keep import Kept, keep_comments, keep_raw, keep_threads, raw_row_id

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
POST = {
    "platform": "clipshare",
    "thread_id": "t1",
    "channel": "lantern-tea",
    "title": "A new kettle",
    "text": "Boils fast",
}


def keep(store, *rows, now=NOW) -> Kept:
    with store.writing() as session:
        return keep_comments(session, rows, now)


def everything(store, *columns):
    with store.reading() as session:
        return session.execute(select(*columns).order_by(*columns)).all()


def test_a_comment_is_kept_with_its_account_thread_and_text(store, checked):
    row = checked(
        "c1", "Hello THERE", author_name="Ann", likes=3, rating=4.5, language="en", parent_id="c0", mood="fine"
    )
    assert keep(store, row) == Kept(1, 0)
    with store.reading() as session:
        comment = session.scalars(select(Comment)).one()
        assert (comment.platform, comment.comment_id, comment.text) == ("clipshare", "c1", "Hello THERE")
        assert (comment.likes, comment.rating, comment.language, comment.parent_id) == (3, 4.5, "en", "c0")
        assert comment.published_at == NOW
        assert comment.raw["mood"] == "fine"
        assert not comment.is_brand
        assert session.get(Account, comment.account_id).account_id == "clipshare:ann"
        assert session.get(Thread, comment.thread_id).channel == "lantern-tea"
        assert session.get(Text, comment.text_id).normalised == "hello there"


def test_the_same_rows_again_change_nothing(store, checked):
    rows = [checked("c1"), checked("c2", "bye")]
    keep(store, *rows)
    before = everything(store, Comment.id, Comment.text, Comment.raw_row_id)
    assert keep(store, *rows) == Kept(0, 2)
    assert everything(store, Comment.id, Comment.text, Comment.raw_row_id) == before
    assert everything(store, CommentVersion.text) == []


def test_an_edit_keeps_what_was_said_before(store, checked):
    first, second, third = checked(text="one"), checked(text="two"), checked(text="three")
    keep(store, first)
    assert keep(store, second, now=NOW + timedelta(days=1)) == Kept(0, 1)
    keep(store, third, now=NOW + timedelta(days=2))
    assert everything(store, Comment.text) == [("three",)]
    assert everything(store, CommentVersion.replaced_at, CommentVersion.text, CommentVersion.raw_row_id) == [
        (NOW + timedelta(days=1), "one", first.raw_row_id),
        (NOW + timedelta(days=2), "two", second.raw_row_id),
    ]


def test_edits_in_one_batch_are_kept_in_their_order(store, checked):
    rows = [checked(text=text) for text in ("one", "two", "two", "three")]
    assert keep(store, *rows) == Kept(1, 3)
    assert everything(store, Comment.text, Comment.raw_row_id) == [("three", rows[3].raw_row_id)]
    assert {text for (text,) in everything(store, CommentVersion.text)} == {"one", "two"}


def test_other_likes_are_no_edit(store, checked):
    keep(store, checked(likes=1))
    keep(store, checked(likes=2))
    assert everything(store, Comment.likes) == [(2,)]
    assert everything(store, CommentVersion.text) == []


def test_one_id_on_two_platforms_is_two_comments_and_two_accounts(store, checked):
    assert keep(store, checked(), checked(platform="reviewhub")) == Kept(2, 0)
    assert everything(store, Comment.platform, Comment.comment_id) == [("clipshare", "c1"), ("reviewhub", "c1")]
    assert everything(store, Account.platform, Account.author_id) == [("clipshare", "ann"), ("reviewhub", "ann")]


def test_many_comments_share_one_text(store, checked):
    keep(store, *(checked(f"c{number}", "FIRST") for number in range(5)))
    assert everything(store, Text.normalised) == [("first",)]


def test_a_given_name_replaces_the_one_before_and_none_does_not(store, checked):
    for name, expected in (("Ann", "Ann"), (None, "Ann"), ("", "Ann"), ("Ann B.", "Ann B.")):
        keep(store, checked(author_name=name))
        assert everything(store, Account.name) == [(expected,)]


def test_of_names_in_one_batch_the_last_holds(store, checked):
    keep(store, checked(author_name="Ann"), checked("c2", author_name="Bea"), checked("c3"))
    assert everything(store, Account.name) == [("Bea",)]


def test_who_once_spoke_for_the_brand_stays_the_brand(store, checked):
    keep(store, checked(), checked("c2", is_brand=True))
    keep(store, checked("c3", is_brand=False))
    assert everything(store, Account.is_brand) == [(True,)]


def test_nothing_to_keep_is_fine(store):
    assert keep(store) == Kept(0, 0)
    with store.writing() as session:
        assert keep_threads(session, []) == 0
        keep_raw(session, 1, [])


@pytest.mark.parametrize("text", ["\N{KISS MARK}" * 3, "สวัสดี", "a'; DROP TABLE comments; --", "x" * 100_000])
def test_any_text_comes_back_as_it_was(store, checked, text):
    keep(store, checked(text=text))
    assert everything(store, Comment.text) == [(text,)]


def test_a_thread_that_comments_named_gets_its_title_later(store, checked):
    keep(store, checked())
    assert everything(store, Thread.title) == [("",)]
    with store.writing() as session:
        assert keep_threads(session, [POST]) == 1
        assert keep_threads(session, [POST]) == 0
        assert keep_threads(session, [{**POST, "title": "An old kettle"}]) == 1
    keep(store, checked("c2"))
    assert everything(store, Thread.id, Thread.title) == [(stable_id("clipshare", "t1"), "An old kettle")]


def test_of_two_rows_for_one_thread_the_later_holds(store):
    with store.writing() as session:
        assert keep_threads(session, [POST, {**POST, "title": "Later", "published_at": NOW}]) == 1
    assert everything(store, Thread.title, Thread.published_at) == [("Later", NOW)]


def test_threads_without_words_are_kept(store):
    with store.writing() as session:
        keep_threads(session, [{"platform": "clipshare", "thread_id": 77, "title": None}])
    assert everything(store, Thread.thread_id, Thread.title, Thread.text) == [("77", "", "")]


def test_a_raw_row_is_kept_once_as_it_first_came(store, checked):
    row = checked()
    with store.writing() as session:
        keep_raw(session, 1, [(row.raw_row_id, 99, {"other": "content"})])
        assert session.get(RawRow, row.raw_row_id).line == 1
        assert session.scalar(select(func.count()).select_from(RawRow)) == 1


fields = st.dictionaries(st.text(max_size=9), st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=9))


@given(fields)
def test_the_id_of_a_row_is_made_of_its_content_in_any_order(row):
    backwards = dict(reversed(list(row.items())))
    assert raw_row_id(backwards) == raw_row_id(row)
    assert raw_row_id({**row, "one more": 1}) != raw_row_id(row)
