"""Files of reports and appeals: each row ends somewhere, and twice is once."""

import orjson
import pytest
from sqlalchemy import select

from becalm.appeals.files import take_in_appeals
from becalm.errors import SourceUnusable
from becalm.reports.files import take_in_reports
from becalm.reports.held import Filed
from becalm.store import HeldIntake


def written(path, rows):
    path.write_bytes(b"".join(each if isinstance(each, bytes) else orjson.dumps(each) + b"\n" for each in rows))
    return path


def held(hotline):
    with hotline.store.reading() as session:
        return {row.line: row.why for row in session.scalars(select(HeldIntake))}


def row(**more):
    return {"platform": "youtube", "comment_id": "quiet", "reporter": "zoe", "reason": "spam"} | more


def test_every_row_is_a_report_or_known_or_held_with_why(hotline, tmp_path):
    rows = [
        row(),
        row(),
        row(reporter="yan"),
        row(reporter=None),
        b"no json\n",
        row(reported_at="1970-01-01T00:00:00Z"),
    ]
    file = written(tmp_path / "reports.jsonl", rows)
    assert take_in_reports(hotline.store, hotline.policy, file, hotline.now) == Filed(rows=6, new=2, known=1, held=3)
    assert sorted(held(hotline)) == [4, 5, 6]
    assert held(hotline)[4] == "reporter: is missing"
    assert len(hotline.stream.cases(rule="reported")) == 1


def test_the_same_file_twice_changes_nothing(hotline, tmp_path):
    file = written(tmp_path / "reports.jsonl", [row(), row(reporter="yan"), b"[]\n"])
    take_in_reports(hotline.store, hotline.policy, file, hotline.now)
    before = hotline.stream.tables()
    hotline.later(hours=1)
    assert take_in_reports(hotline.store, hotline.policy, file, hotline.now) == Filed(rows=3, new=0, known=2, held=1)
    assert hotline.stream.tables() == before


def test_a_table_of_cells_is_read_too(hotline, tmp_path):
    file = tmp_path / "reports.csv"
    file.write_text("platform,comment_id,reporter,reason,reported_at\nyoutube,quiet,zoe,spam,2026-03-20T10:00:00Z\n")
    assert take_in_reports(hotline.store, hotline.policy, file, hotline.now).new == 1


def test_a_file_of_something_else_is_refused(hotline, tmp_path):
    file = written(tmp_path / "reports.jsonl", [{"text": "hello"}])
    with pytest.raises(SourceUnusable, match="no row has `platform`"):
        take_in_reports(hotline.store, hotline.policy, file, hotline.now)


def test_a_held_row_that_can_be_taken_in_later_is_let_go(hotline, tmp_path):
    file = written(tmp_path / "reports.jsonl", [row(reported_at="2026-04-02T10:00:00Z")])
    assert take_in_reports(hotline.store, hotline.policy, file, hotline.now).held == 1
    hotline.later(days=3)
    assert take_in_reports(hotline.store, hotline.policy, file, hotline.now).new == 1
    assert held(hotline) == {}


def test_appeals_come_in_files_as_well(hotline, tmp_path):
    decision = hotline.decide(hotline.ids["rude"]).decision.id
    good = {"platform": "youtube", "author_id": "rudi", "decision": decision, "text": "a quotation"}
    file = written(tmp_path / "appeals.jsonl", [good, good | {"author_id": "ann"}, good | {"text": ""}])
    told = take_in_appeals(hotline.store, hotline.policy, file, hotline.now)
    assert told == Filed(rows=3, new=1, known=0, held=2)
    before = hotline.stream.tables()
    assert take_in_appeals(hotline.store, hotline.policy, file, hotline.now) == Filed(rows=3, new=0, known=1, held=2)
    assert hotline.stream.tables() == before
