from itertools import chain

from sqlalchemy import inspect

from becalm.erasure.going import Going
from becalm.erasure.tables import BY_HAND, EMPTIED, NOTHING_PERSONAL, ROWS, SPOKEN
from becalm.store import Base

TABLES = set(Base.metadata.tables)
REACHED = {rule.table.__tablename__ for rule in chain(ROWS, EMPTIED)}
REACHED |= {table.__tablename__ for table in chain(BY_HAND, (table for table, _ in SPOKEN))}


def test_every_table_is_reached_or_holds_nothing_about_who_comments():
    harmless = {table.__tablename__ for table in NOTHING_PERSONAL}
    assert harmless | REACHED == TABLES, (
        "a new table needs a line in becalm/erasure/tables.py: its docstring says which"
    )
    assert harmless.isdisjoint(REACHED)


def test_rules_name_columns_that_there_are():
    for rule in chain(ROWS, EMPTIED):
        assert set(rule.columns) <= set(rule.table.__table__.columns.keys())
        assert rule.of in Going.__dataclass_fields__
    for table, column in SPOKEN:
        assert column in table.__table__.columns


def test_rows_go_before_the_rows_that_they_point_to():
    places = {rule.table.__tablename__: place for place, rule in enumerate(ROWS)}
    for rule in ROWS:
        for key in inspect(rule.table).local_table.foreign_keys:
            target = key.column.table.name
            assert places.get(target, len(places)) > places[rule.table.__tablename__], (rule.table, target)


def test_every_column_that_points_to_what_goes_is_reached():
    """A foreign key to comments, texts, raw rows or accounts that no rule names would keep them from going."""
    goes = {"comments": "comments", "texts": "texts", "raw_rows": "raw_rows", "accounts": "accounts"}
    reached = {(rule.table.__tablename__, name) for rule in ROWS for name in rule.columns}
    # These go along with rows that are found by another column.
    along = {("comments", "text_id"), ("comments", "account_id"), ("comments", "raw_row_id"), ("groups", "medoid_id")}
    along |= {("comment_versions", "raw_row_id")}
    # These are emptied, or their rows removed, by hand.
    along |= {(table, "account_id") for table in ("actions", "appeals", "notices")} | {("notices", "comment_id")}
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name in goes:
                assert (table.name, key.parent.name) in reached | along
