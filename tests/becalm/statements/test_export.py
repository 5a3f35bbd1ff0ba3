import csv
import io
from datetime import date

import orjson
import pytest
from sqlalchemy import update

from becalm.cases.deciding import Ruling, decide
from becalm.statements.export import good_statements, write_csv, write_json
from becalm.statements.reading import count_states, held_back, summaries, whole
from becalm.statements.vocabulary import FIELDS
from becalm.store import Statement
from becalm.store.upsert import put

ONE = "moderator-1"


@pytest.fixture
def three(desk):
    """Statements of three days, checked."""
    for rule in ("single-spam", "flood", "private-data"):
        desk.do(decide, desk.case(rule), ONE, ruling=Ruling("hide"))
        desk.later(days=1)
    desk.make()
    desk.check()
    return desk


def exported(desk, write, *days):
    out = io.BytesIO()
    with desk.store.reading() as session:
        count = write(out, good_statements(session, *days))
    return count, out.getvalue()


def test_json_holds_the_fields_of_the_schema_with_lists_as_lists(three):
    count, content = exported(three, write_json)
    found = orjson.loads(content)["statements"]
    assert (count, len(found)) == (3, 3)
    assert all(set(each) <= set(FIELDS) and isinstance(each["decision_visibility"], list) for each in found)
    assert None not in found[0].values()


def test_csv_has_a_column_for_each_field_and_lists_as_json(three):
    count, content = exported(three, write_csv)
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert (count, list(rows[0])) == (3, list(FIELDS))
    assert rows[0]["decision_visibility"] == '["DECISION_VISIBILITY_CONTENT_DISABLED"]'
    assert rows[0]["decision_account"] == ""


def test_both_say_the_same(three):
    found = orjson.loads(exported(three, write_json)[1])["statements"]
    rows = csv.DictReader(io.StringIO(exported(three, write_csv)[1].decode()))
    read = [
        {name: orjson.loads(value) if value.startswith("[") else value for name, value in row.items() if value}
        for row in rows
    ]
    assert read == found


@pytest.mark.parametrize(
    ("days", "expected"),
    [((date(2026, 3, 4), None), 2), ((None, date(2026, 3, 3)), 1), ((date(2026, 3, 4), date(2026, 3, 4)), 1),
     ((date(2027, 1, 1), None), 0)],
)  # fmt: skip
def test_days_are_those_on_which_they_came_into_force(three, days, expected):
    assert exported(three, write_json, *days)[0] == expected


def test_an_empty_export_is_whole(desk):
    assert orjson.loads(exported(desk, write_json)[1]) == {"statements": []}
    assert exported(desk, write_csv)[1].decode().strip() == ",".join(FIELDS)


def test_what_fails_is_held_back_and_named_and_never_exported(three):
    bad = three.statements()[1]
    with three.store.writing() as session:
        fields = {**bad.fields, "decision_facts": "Written by ann@mail.example.", "content_date": "1999-01-01"}
        session.execute(update(Statement).where(Statement.puid == bad.puid).values(fields=fields, state="unchecked"))
    three.check()
    with three.store.reading() as session:
        (held,) = held_back(session)
        assert count_states(session) == {"good": 2, "held back": 1}
        assert [each["state"] for each in summaries(session)] == ["good", "held back", "good"]
    assert held["puid"] == bad.puid
    assert set(held["failures"]) == {
        "no text holds private data", "content_date lies between 2000-01-01 and 2038-01-01",
    }  # fmt: skip
    assert bad.puid not in exported(three, write_json)[1].decode()
    assert exported(three, write_json)[0] == 2


def test_what_is_held_back_is_made_anew_and_may_then_go(three):
    bad = three.statements()[1]
    with three.store.writing() as session:
        session.execute(update(Statement).where(Statement.puid == bad.puid).values(fields={**bad.fields, "x": 1}))
        session.execute(update(Statement).where(Statement.puid == bad.puid).values(state="unchecked"))
    three.check()
    assert exported(three, write_json)[0] == 2
    assert three.make().changed == 1
    three.check()
    assert exported(three, write_json)[0] == 3


def test_what_is_good_is_not_checked_again(three):
    assert three.check() is None


def test_a_whole_statement_is_found_by_the_beginning_of_its_id(three):
    made = three.statements()[0]
    with three.store.reading() as session:
        record = whole(session, made.puid[:12])
    assert (record["statement"], record["rule"], record["state"]) == (made.fields, "single-spam", "good")


def test_ten_thousand_are_exported_in_batches(three):
    made = three.statements()[0]
    with three.store.writing() as session:
        # Rows beside the log: only the export is looked at.
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        rows = [
            {column.name: getattr(made, column.name) for column in Statement.__table__.columns}
            | {"puid": f"x{number}", "seq": number + 10}
            for number in range(10_000)
        ]
        put(session, Statement, rows)
        count = sum(1 for _ in good_statements(session))
        session.rollback()
    assert count == 10_003
