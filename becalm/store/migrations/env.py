"""Run by Alembic, over the connection that becalm.store.migrate hands in."""

from alembic import context

from becalm.store import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
