"""The SQLite file itself: every change is on stable storage before it is answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from radiograph.errors import ServiceUnavailable

from .migrate import migrate

__all__ = ["Database"]

_PATIENCE_S = 30.0


class Database:
    """Transactions on one SQLite file; may be used from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file, make it when there is none, bring it to this release.

        Raises: OSError when it cannot be used.
        """
        url = sql.URL.create("sqlite", database=str(path))
        self._engine = sql.create_engine(url, connect_args={"timeout": _PATIENCE_S})
        sql.event.listen(self._engine, "connect", _prepare)
        sql.event.listen(self._engine, "begin", _begin)
        try:
            with self.writing() as connection:
                migrate(connection)
        except (ServiceUnavailable, sql.exc.DatabaseError, OSError) as error:
            self.close()
            raise OSError(f"{path} cannot be used: {getattr(error, 'orig', error)}") from error

    @contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """Give a connection that sees the file as it was at its first question.

        Raises: ServiceUnavailable.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """Give the one connection that may write; others wait. An exception undoes what was written.

        Raises: ServiceUnavailable.
        """
        # IMMEDIATE takes the lock before the first question: a deferred one could find at its first write that
        # somebody else was quicker, and what it had read would be wrong.
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sql.Connection]:
        try:
            with self._engine.connect() as connection:
                connection.execution_options(radiograph_begin=begin)
                with connection.begin():
                    yield connection
        except (sql.exc.OperationalError, sql.exc.TimeoutError) as error:
            reason = getattr(error, "orig", None) or error
            raise ServiceUnavailable(f"the settings cannot be reached: {reason}; ask again in a moment") from error

    def scrub(self) -> bool:
        """Carry the write-ahead log into the file and empty it; False while somebody still reads from it.

        Raises: ServiceUnavailable.
        """
        try:
            with self._engine.connect() as connection:
                raw: Any = connection.connection.dbapi_connection
                (busy, _, _) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except (sqlite3.Error, sql.exc.DatabaseError) as error:
            raise ServiceUnavailable(f"the settings' log cannot be emptied: {error}; ask again in a moment") from error
        return not busy

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin below, and not where sqlite3 guesses
    # What is removed is overwritten: of a destroyed key nothing may stay behind.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: sql.Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("radiograph_begin", "BEGIN"))
