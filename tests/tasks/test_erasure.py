"""A person is erased from a home that runs have been through."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from sqlalchemy import func, select

from becalm.erasure import carry
from becalm.erasure.erase import erase
from becalm.erasure.files import FILES, Reach, files_of, reach_of
from becalm.erasure.retention import keep_to_policy
from becalm.errors import HomeBusy, StoreUnusable
from becalm.policy import load_policy
from becalm.store import Account, Campaign, Comment, Erasure, GroupText, Store, Text
from becalm.store.marks import made_from
from tasks.rule import texts_to_rule_on

POLICY = load_policy()
NOW = datetime(2026, 12, 1, tzinfo=UTC)
MARK = "zanzibar quillfeather marmalade"


def of_eve(comment, number: int, text: str, **changes: Any):
    return comment(text, author_id="evesown77", author_name="Eve Quillfeather", comment_id=f"evec{number}", **changes)


@pytest.fixture
def rows(comment) -> list[dict[str, Any]]:
    """Eve pushes something with nine others, and writes much that nobody else does."""
    push = "visit my-golden-teapot.example for {} free kettles today only friends"
    pushed = [comment(push.format(number), published_at=f"2026-05-03T10:0{number}:00Z") for number in range(9)]
    eves = [
        of_eve(comment, number, push.format(number), published_at=f"2026-05-03T10:1{number}:00Z") for number in range(3)
    ]
    alone = [of_eve(comment, 3 + number, f"{MARK} number {number} is what only one says") for number in range(5)]
    replies = [comment("I don't understand what that is meant to say", parent_id="evec3")]
    others = [comment(f"comment {number} about quite another matter, number {number}") for number in range(30)]
    return [*pushed, *eves, *alone, *replies, *others]


@pytest.fixture
def eves_home(home, write, rows):
    home.whole_way(write(rows))
    edited = rows[13] | {"text": f"{MARK} was edited by the one who said it"}
    home.run(write([edited], "edited.jsonl"))
    return home


def out(home, **options):
    who = "clipshare:evesown77"
    return erase(home.settings, POLICY, who, "lead-1", "asked", NOW, texts_to_rule_on, **options)


def telling(folder: Path, *marks: str) -> list[str]:
    """Every file with any of the marks in its bytes."""
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(mark.encode() in path.read_bytes() for mark in marks)
    ]


MARKS = ("zanzibar", "evesown77", "Quillfeather", "quillfeather", *(f'evec{number}"' for number in range(8)))


def test_no_byte_of_any_file_tells_of_the_person(eves_home):
    folder = eves_home.settings.home
    assert len(telling(folder, *MARKS)) > 3
    ids = eves_home.ask(select(Comment.text_id).join(Account).where(Account.author_id == "evesown77"))
    vectors = [row[0] for row in eves_home.ask(select(Text.id).where(Text.normalised.contains("zanzibar")))]
    out(eves_home)
    assert telling(folder, *MARKS) == []
    assert not (folder / "index").exists()
    assert ids
    assert vectors
    assert not {row[0] for row in eves_home.ask(select(Text.id))} & set(vectors)


def test_the_next_run_goes_on_and_campaigns_keep_their_ids(eves_home, write, comment):
    before = eves_home.ask(select(Campaign.id).where(Campaign.is_current))
    out(eves_home)
    eves_home.run(write([comment("something new that somebody says")], "more.jsonl"))
    assert eves_home.ask(select(Campaign.id).where(Campaign.is_current)) == before
    assert before
    assert telling(eves_home.settings.home, *MARKS) == []
    tables = eves_home.tables()
    eves_home.moderate()
    assert eves_home.tables() == tables


def test_what_is_left_is_as_if_the_person_had_never_written(eves_home, new_home, write, rows):
    out(eves_home)
    eves_home.moderate()
    never = new_home("never")
    never.run(write([row | {"parent_id": None} for row in rows if row["author_id"] != "evesown77"], "others.jsonl"))
    assert eves_home.published("assignments") == never.published("assignments")
    assert [row["comment_id"] for row in eves_home.published("signals")] == [
        row["comment_id"] for row in never.published("signals")
    ], "scores stay as they were given, among others in the thread"
    assert eves_home.published("accounts") == never.published("accounts")
    grouped = select(GroupText.text_id, GroupText.group_id).order_by(GroupText.text_id)
    assert eves_home.ask(grouped) == never.ask(grouped)


def test_erased_comments_don_t_come_back_by_themselves(eves_home, write, rows):
    out(eves_home)
    again = [row | {"likes": 5} for row in rows]
    counts = eves_home.run(write(again, "again.jsonl"))
    assert counts["erased before"] == 8
    assert telling(eves_home.settings.home, *MARKS) == []
    unseen = {**rows[9], "comment_id": "evec99", "text": "an old one that was never sent before"}
    assert eves_home.run(write([unseen], "old.jsonl"))["erased before"] == 1
    new = unseen | {"comment_id": "evec100", "published_at": (NOW + timedelta(days=1)).isoformat()}
    late = new | {"published_at": "2026-12-02T00:00:00Z"}
    counts = eves_home.ingest(write([late], "new.jsonl"))
    assert "erased before" not in counts, "what is written after the erasure is somebody's new comment"


def test_they_do_where_that_was_wanted(eves_home, write, rows):
    out(eves_home, may_return=True)
    counts = eves_home.ingest(write([row | {"likes": 5} for row in rows], "again.jsonl"))
    assert counts["stored"] == 8


def test_figures_of_an_earlier_review_stay(eves_home):
    figures = eves_home.settings.published / "review" / "figures.json"
    before = json.loads(figures.read_text("utf-8"))
    out(eves_home)
    after = json.loads(figures.read_text("utf-8"))
    assert after.keys() == before.keys()
    assert {name: one for name, one in after.items() if name != "tables"} == {
        name: one for name, one in before.items() if name != "tables"
    }


def test_one_that_dies_is_finished_by_the_next(eves_home):
    """Somebody reads the database meanwhile, so its old bytes can't be dropped."""
    with reading(eves_home.settings.home / "becalm.db"), pytest.raises(StoreUnusable, match="run this again"):
        out(eves_home)
    assert eves_home.ask(select(Erasure.state)) == [("underway",)]
    again = out(eves_home)
    assert (again.earlier, again.carried.is_nothing) == (NOW, True)
    assert eves_home.ask(select(Erasure.state)) == [("done",)]
    assert telling(eves_home.settings.home, *MARKS) == []


def test_one_that_dies_within_the_store_changes_nothing_there(eves_home, monkeypatch):
    tables = eves_home.tables()

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(carry, "mend_marks", die)
        with pytest.raises(KeyboardInterrupt):
            out(eves_home)
    assert eves_home.tables() == tables
    out(eves_home)
    assert telling(eves_home.settings.home, *MARKS) == []


def test_nobody_is_erased_while_a_run_is_at_work(eves_home):
    tables = eves_home.tables()
    with FileLock(eves_home.settings.home / "becalm.lock"), pytest.raises(HomeBusy):
        out(eves_home)
    assert eves_home.tables() == tables


def test_files_that_people_put_there_are_named_and_left(eves_home):
    theirs = eves_home.settings.home / "inbox" / "comments.jsonl"
    theirs.parent.mkdir()
    theirs.write_text('{"author_id": "evesown77"}\n')
    assert out(eves_home).left == (theirs,)
    assert theirs.exists()


def test_every_file_of_a_home_is_reached_or_holds_nothing(moderated):
    own = set(FILES) - {"**"}
    assert own
    assert [found.path for found in files_of(moderated.settings.home) if found.reach == Reach.THEIRS] == []
    assert reach_of("published/training/pack.jsonl") == Reach.SCRUBBED
    assert reach_of("index/words.late.npz") == Reach.CACHE


def test_retention_leaves_a_home_that_the_next_run_goes_on_with(eves_home):
    before = eves_home.ask(select(Campaign.id).where(Campaign.is_current))
    with Store.open(eves_home.settings.store_url) as store:
        keep_to_policy(store, eves_home.settings, POLICY, NOW + timedelta(days=731), texts_to_rule_on)
        with store.reading() as session:
            assert made_from(session, "threads")
    eves_home.moderate()
    assert before
    assert eves_home.ask(select(func.count()).select_from(Comment)) == [(0,)]
    assert eves_home.ask(select(Campaign.is_current).distinct()) == [(False,)]
    assert eves_home.published("signals") == []


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Holds the database open at what it says now."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM comments").fetchall()
        yield
