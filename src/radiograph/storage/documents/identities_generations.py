"""How often each account has changed, told in less than a microsecond whichever process changed it.

The file is looked at once a millisecond at most: under load that is what most requests then need not do.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import sqlalchemy as sql

from radiograph.errors import ServiceUnavailable

from .database import Database

__all__ = ["Generations"]

_LOOK_S = 0.001


class Generations:
    """The numbers of all accounts; may be asked from several threads."""

    table = sql.table("iam_generations", sql.column("account"), sql.column("generation"))

    def __init__(self, path: Path, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        # A connection that never writes: its data_version is another one after every commit of anybody else.
        self._watching = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._seen: int | None = None
        self._known: dict[str, int] = {}
        self._look_at_s = 0.0

    def of(self, account: str) -> int:
        """Give an account's number.

        Raises: ServiceUnavailable.
        """
        if time.monotonic() >= self._look_at_s:
            self._look()
        return self._known.get(account, 0)

    def changed(self) -> None:
        """Look again before the next answer: this process has changed something itself."""
        with self._lock:
            self._look_at_s = 0.0

    def _look(self) -> None:
        with self._lock:
            began = time.monotonic()
            version = self._version()
            if version != self._seen:
                self._known = self._read()
                self._seen = version
            self._look_at_s = began + _LOOK_S

    def raise_(self, connection: sql.Connection, account: str) -> None:
        """Raise an account's number by one, in the transaction that changes it."""
        mine = self.table.c.account == account
        raised = connection.execute(self.table.update().where(mine).values(generation=self.table.c.generation + 1))
        if not raised.rowcount:
            connection.execute(self.table.insert().values(account=account, generation=1))

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._watching.close()

    def _version(self) -> int:
        try:
            (version,) = self._watching.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error as error:
            raise ServiceUnavailable(f"the identities cannot be reached: {error}; ask again in a moment") from error
        return int(version)

    def _read(self) -> dict[str, int]:
        with self._database.reading() as connection:
            return {row.account: row.generation for row in connection.execute(sql.select(self.table))}
