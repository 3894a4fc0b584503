"""The rows of passwords, and of what an account demands of them."""

from __future__ import annotations

import msgspec
import sqlalchemy as sql

from radiograph.model.iam.passwords import PasswordPolicy
from radiograph.model.iam.records import PasswordRecord

from .rows import AccountRows

__all__ = ["PasswordPolicyRows", "PasswordRows"]


class PasswordRows(AccountRows):
    """Passwords of users; see the Protocol."""

    table = sql.table(
        "iam_passwords",
        *(sql.column(name) for name in ("account", "user_id", "created_at", "changed_at", "hash")),
        sql.column("must_change", sql.Boolean()),
        sql.column("earlier", sql.JSON()),
    )

    def of(self, user_id: str) -> PasswordRecord | None:
        """Give a user's, or None."""
        rows = self._select(self.table.c.user_id == user_id)
        names = PasswordRecord.__struct_fields__
        return next((msgspec.convert({one: row._mapping[one] for one in names}, PasswordRecord) for row in rows), None)

    def put(self, password: PasswordRecord) -> None:
        """Keep one, in place of the user's."""
        self._replace(self.table.c.user_id == password.user_id, **msgspec.structs.asdict(password))

    def remove(self, user_id: str) -> None:
        """Forget a user's."""
        self._delete(self.table.c.user_id == user_id)


class PasswordPolicyRows(AccountRows):
    """What an account demands."""

    table = sql.table("iam_password_policies", sql.column("account"), sql.column("policy", sql.JSON()))

    def get(self) -> PasswordPolicy | None:
        """Give it, or None."""
        return next((msgspec.convert(row.policy, PasswordPolicy) for row in self._select()), None)

    def put(self, policy: PasswordPolicy | None) -> None:
        """Keep it, or none."""
        self._delete()
        if policy is not None:
            self._replace(policy=msgspec.to_builtins(policy))
