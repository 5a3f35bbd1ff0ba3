from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select

from becalm.store import Base, Run, Store, migrate


@pytest.fixture
def engine(url):
    engine = create_engine(url)
    yield engine
    engine.dispose()


def test_after_the_migrations_the_schema_is_that_of_the_models(engine):
    migrate.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_and_up_again_leaves_the_same(engine):
    migrate.upgrade(engine)
    tables = set(inspect(engine).get_table_names())
    migrate.downgrade(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    assert migrate.current(engine) is None
    migrate.upgrade(engine)
    assert set(inspect(engine).get_table_names()) == tables
    assert migrate.current(engine) == migrate.newest()


def test_a_fresh_database_is_at_no_revision(engine):
    assert migrate.current(engine) is None


def test_opening_again_migrates_nothing_and_keeps_everything(url):
    with Store.open(url) as store, store.writing() as session:
        session.add(
            Run(id="r", job="run", started_at=datetime(2026, 3, 1, tzinfo=UTC), figures={"seconds": {"read": 1.5}})
        )
    with Store.open(url) as store, store.reading() as session:
        assert session.scalars(select(Run.figures)).one() == {"seconds": {"read": 1.5}}
        assert migrate.current(store.engine) == migrate.newest()


def test_constraints_have_names_so_that_they_can_be_changed_later(engine):
    migrate.upgrade(engine)
    inspector = inspect(engine)
    for table in Base.metadata.tables:
        assert all(key["name"] for key in inspector.get_foreign_keys(table))
        assert all(key["name"] for key in inspector.get_unique_constraints(table))
        assert inspector.get_pk_constraint(table)["name"]
