"""The database without its holes, in which what was deleted can still be read."""

from sqlalchemy import text

from .engine import Store


def compact(store: Store) -> int | None:
    """MiB of the file of SQLite, made anew without free pages, its write-ahead log emptied.

    None elsewhere: other databases look after themselves.
    """
    if store.engine.dialect.name != "sqlite":
        return None
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        size = connection.execute(text("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
        return int(size.scalar_one()) // 2**20


def is_log_empty(store: Store) -> bool:
    """Whether nothing is left in SQLite's write-ahead log; somebody who reads keeps it from being emptied."""
    if store.engine.dialect.name != "sqlite":
        return True
    with store.engine.connect() as connection:
        busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
    return not busy
