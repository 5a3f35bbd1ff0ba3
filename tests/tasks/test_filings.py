"""Reports and appeals in the inbox, taken in once."""

import orjson
import pytest

from becalm.settings import settings_for
from becalm.store import HeldIntake, Report, Store
from tasks.filings import UNUSABLE, any_filings, take_in_filings


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("BECALM_SETTLE_SECONDS", "0")
    monkeypatch.setenv("BECALM_INBOX", str(tmp_path / "inbox"))
    found = settings_for(home=tmp_path / "var")
    found.inbox.mkdir(parents=True)
    return found


def put(settings, name, *rows):
    (settings.inbox / name).write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))


def counted(settings, model):
    with Store.open(settings.store_url) as store, store.reading() as session:
        return session.query(model).count()


def report(**more):
    return {"platform": "youtube", "comment_id": "c1", "reporter": "zoe", "reason": "spam"} | more


def test_an_empty_inbox_is_nothing_to_do(settings):
    assert not any_filings(settings, None)
    assert take_in_filings.fn(settings).counts == {}


def test_each_new_file_is_taken_in_once(settings):
    put(settings, "reports-1.jsonl", report(), report(reporter=""))
    assert any_filings(settings, None)
    assert take_in_filings.fn(settings).counts == {"reports": 1, "reports known": 0, "reports held": 1}
    assert take_in_filings.fn(settings).counts == {}
    put(settings, "reports-1.jsonl", report(), report(reporter="yan"))
    assert take_in_filings.fn(settings).counts == {"reports": 1, "reports known": 1, "reports held": 0}
    assert (counted(settings, Report), counted(settings, HeldIntake)) == (2, 1)


def test_a_file_that_can_not_be_used_stops_no_other(settings):
    put(settings, "appeals.jsonl", {"hello": "there"})
    put(settings, "reports.jsonl", report())
    counts = take_in_filings.fn(settings).counts
    assert counts["reports"] == 1
    assert list(counts[UNUSABLE]) == ["appeals.jsonl"]
    assert UNUSABLE not in take_in_filings.fn(settings).counts


def test_what_lies_beside_the_comments_is_taken_in_with_them(settings, tmp_path):
    (tmp_path / "reports.jsonl").write_bytes(orjson.dumps(report()))
    assert take_in_filings.fn(settings, tmp_path).counts["reports"] == 1
    assert take_in_filings.fn(settings, tmp_path).counts["reports known"] == 1
