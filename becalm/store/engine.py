"""Opening the store: SQLite tuned for one writer and many readers, or any other SQLAlchemy URL."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import orjson
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.orm import Session

from ..errors import DatabaseUrlUnusable, StoreUnusable
from . import migrate

logger = logging.getLogger(__name__)

BUSY_TIMEOUT_SECONDS = 30


class Store:
    """An open, migrated database. `reading()` and `writing()` give sessions; `writing()` commits at its end."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Connect and bring the schema to its newest version.

        Raises `StoreUnusable` when the URL, the file or the server can't be used.
        """
        engine = _connectable(url)
        try:
            migrate.upgrade(engine)
        except DatabaseError as error:
            engine.dispose()
            raise StoreUnusable(f"can't open the store {engine.url!r}: {error.orig}") from error
        return cls(engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._session() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: all of it, or nothing."""
        with self._session() as session, session.begin():
            yield session

    @contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with Session(self.engine, expire_on_commit=False) as session:
                yield session
        except DatabaseError as error:
            raise StoreUnusable(f"the store {self.engine.url!r} refused: {error.orig}") from error

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _connectable(url: str) -> Engine:
    try:
        parsed = make_url(url)
        engine = create_engine(
            parsed,
            json_serializer=_as_json,
            json_deserializer=orjson.loads,
            hide_parameters=True,  # a failed statement must not tell what people wrote
        )
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise DatabaseUrlUnusable(f"BECALM_DATABASE_URL can't be used: {error}") from error
    if parsed.get_backend_name() == "sqlite":
        _prepare_sqlite(engine, parsed.database)
    return engine


def _as_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _prepare_sqlite(engine: Engine, database: str | None) -> None:
    if database and database != ":memory:":
        try:
            Path(database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnusable(f"can't make the folder of {database}: {error.strerror}") from error

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        # busy_timeout first: switching to WAL itself may have to wait for another process.
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA wal_autocheckpoint=16384")
        cursor.execute("PRAGMA cache_size=-262144")
        cursor.close()
