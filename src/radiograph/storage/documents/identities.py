"""Users, groups, roles, policies and keys of every account, in the file that has the settings too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sql

from radiograph.model.iam.passwords import PasswordPolicy
from radiograph.model.iam.records import Use

from .database import Database
from .identities_generations import Generations
from .identities_rows import (
    AliasRows,
    AttachmentRows,
    GroupRows,
    KeyRows,
    MemberRows,
    PolicyRows,
    ProfileRows,
    ProviderRows,
    RoleRows,
    UseRows,
    UserRows,
)
from .passwords_rows import PasswordPolicyRows, PasswordRows

__all__ = ["AccountIdentities", "IdentityDatabase"]


class AccountIdentities:
    """An :class:`~radiograph.storage.interfaces.Identities`, while its transaction lasts."""

    def __init__(self, connection: sql.Connection, account: str) -> None:
        self.users = UserRows(connection, account)
        self.groups = GroupRows(connection, account)
        self.roles = RoleRows(connection, account)
        self.policies = PolicyRows(connection, account)
        self.profiles = ProfileRows(connection, account)
        self.providers = ProviderRows(connection, account)
        self.members = MemberRows(connection, account)
        self.attachments = AttachmentRows(connection, account)
        self.keys = KeyRows(connection, account)
        self.passwords = PasswordRows(connection, account)
        self._password_policies = PasswordPolicyRows(connection, account)
        self._uses = UseRows(connection, account)
        self._aliases = AliasRows(connection, account)

    @property
    def alias(self) -> str | None:
        """Give the account's other name, if it has one."""
        return self._aliases.get()

    def set_alias(self, alias: str | None) -> bool:
        """Keep the account's other name, or none; False when another account has it."""
        return self._aliases.put(alias)

    @property
    def password_policy(self) -> PasswordPolicy | None:
        """Give what the account demands of passwords, if it says so."""
        return self._password_policies.get()

    def set_password_policy(self, policy: PasswordPolicy | None) -> None:
        """Keep what the account demands of passwords, or that it says nothing."""
        self._password_policies.put(policy)

    def last_use(self, id_: str) -> Use | None:
        """Give when a key or a role was last used."""
        return self._uses.get(id_)


class IdentityDatabase:
    """A :class:`~radiograph.storage.interfaces.IdentityStore` in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises: OSError when it cannot be used.
        """
        self._database = Database(path)
        self._generations = Generations(path, self._database)

    @contextmanager
    def read(self, account: str) -> Iterator[AccountIdentities]:
        """Give what an account has at one moment; see the Protocol."""
        with self._database.reading() as connection:
            yield AccountIdentities(connection, account)

    @contextmanager
    def change(self, account: str) -> Iterator[AccountIdentities]:
        """Give what an account has to read and to write; see the Protocol."""
        with self._database.writing() as connection:
            yield AccountIdentities(connection, account)
            self._generations.raise_(connection, account)
        self._generations.changed()

    def generation(self, account: str) -> int:
        """Give a number that every change of an account raises."""
        return self._generations.of(account)

    def account_of(self, access_key_id: str) -> str | None:
        """Give the account that an access key is of, or None."""
        keys = KeyRows.table
        with self._database.reading() as connection:
            return connection.execute(sql.select(keys.c.account).where(keys.c.id == access_key_id)).scalar()

    def account_of_alias(self, alias: str) -> str | None:
        """Give the account that has this other name, or None."""
        aliases = AliasRows.table
        with self._database.reading() as connection:
            return connection.execute(sql.select(aliases.c.account).where(aliases.c.alias == alias)).scalar()

    def note_use(self, account: str, id_: str, use: Use) -> None:
        """Keep when a key or a role was last used."""
        with self._database.writing() as connection:
            UseRows(connection, account).put(id_, use)

    def close(self) -> None:
        """Release the file."""
        self._generations.close()
        self._database.close()
