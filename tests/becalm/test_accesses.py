import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from becalm import accesses as log
from becalm import cli
from becalm.accesses import accesses, key_of, note_access
from becalm.errors import AccountUnknown
from becalm.store import Access, Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, add_comments):
    home = tmp_path / "home"
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as store, store.writing() as session:
        add_comments(session, 4)
    return home


@pytest.fixture
def invoke(home):
    def run(*arguments):
        return CliRunner().invoke(cli.app.becalm, [*arguments, "--home", str(home)], catch_exceptions=False)

    return run


@pytest.fixture
def store(home):
    with Store.open(f"sqlite:///{home / 'becalm.db'}") as opened:
        yield opened


def looks(store):
    with store.reading() as session:
        return session.execute(select(Access.by, Access.command, Access.subject)).all()


def test_who_looks_at_a_comment_is_written_down_under_a_pseudonym(invoke, store):
    assert invoke("explain", "c1", "--by", "lead-1").exit_code == 0
    with store.reading() as session:
        key = key_of(session, "clipshare", "bob")
    assert looks(store) == [("lead-1", "explain", key)]
    assert "bob" not in key
    assert key in invoke("accesses", "clipshare:bob").output
    assert invoke("accesses", "clipshare:ann").output == ""


def test_who_exports_lists_looks_at_everybody(invoke, store):
    assert invoke("export", "signals", "--by", "lead-1").exit_code == 0
    assert looks(store) == [("lead-1", "export signals", "everybody")]


def test_what_can_not_be_found_is_no_look(invoke, store):
    with pytest.raises(Exception, match="no comment of this id"):
        invoke("explain", "nothing")
    assert looks(store) == []


def test_a_store_that_is_being_written_keeps_nobody_from_looking(home, invoke, store, monkeypatch, caplog):
    monkeypatch.setattr(log, "WAIT_MILLISECONDS", 1)
    with closing(sqlite3.connect(home / "becalm.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        result = invoke("explain", "c1")
        writer.execute("ROLLBACK")
    assert result.exit_code == 0
    assert "T0" in result.output
    assert looks(store) == []
    assert "could not be written down" in caplog.text


def test_looks_are_told_the_latest_first_and_bounded(store):
    for number in range(5):
        assert note_access(store, "x", f"command {number}", ["everybody"], NOW)
    with store.reading() as session:
        assert [one.command for one in accesses(session, limit=2)] == ["command 4", "command 3"]


def test_who_asks_for_what_is_no_account_is_told(store):
    with store.reading() as session, pytest.raises(AccountUnknown):
        accesses(session, "nobody")
