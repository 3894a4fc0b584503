"""An account's settings, of every family, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import sqlalchemy as sql

from .choices import ChoiceRows
from .database import Database
from .groups import GroupRows
from .keys import KeyRows
from .policies import PolicyRows
from .rules import RuleRows
from .sharing import SharingDatabase
from .tags import TagRows

__all__ = ["AccountSettings", "SettingsDatabase"]


class AccountSettings(msgspec.Struct, frozen=True):
    """A :class:`~radiograph.storage.interfaces.Settings`, while its transaction lasts."""

    rules: RuleRows
    groups: GroupRows
    tags: TagRows
    policies: PolicyRows
    choices: ChoiceRows
    keys: KeyRows


class SettingsDatabase:
    """A :class:`~radiograph.storage.interfaces.SettingsStore` in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises: OSError when it cannot be used.
        """
        self._database = Database(path)
        self.sharing = SharingDatabase(self._database)

    @contextmanager
    def read(self, account: str) -> Iterator[AccountSettings]:
        """Give an account's settings as they are at one moment; see the Protocol."""
        with self._database.reading() as connection:
            yield _settings(connection, account)

    @contextmanager
    def change(self, account: str) -> Iterator[AccountSettings]:
        """Give an account's settings to read and to write; see the Protocol."""
        with self._database.writing() as connection:
            yield _settings(connection, account)

    def accounts_with_keys(self) -> list[str]:
        """Give every account that has keys; see the Protocol."""
        with self._database.reading() as connection:
            return list(connection.execute(sql.select(KeyRows.table.c.account).distinct()).scalars())

    def scrub(self) -> bool:
        """Leave nothing of what was removed in any file; see the Protocol."""
        return self._database.scrub()

    def close(self) -> None:
        """Release the file."""
        self._database.close()


def _settings(connection: sql.Connection, account: str) -> AccountSettings:
    return AccountSettings(
        RuleRows(connection, account),
        GroupRows(connection, account),
        TagRows(connection, account),
        PolicyRows(connection, account),
        ChoiceRows(connection, account),
        KeyRows(connection, account),
    )
