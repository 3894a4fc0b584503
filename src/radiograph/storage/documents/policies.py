"""Resource policies: a row a policy, a column a member."""

from __future__ import annotations

import msgspec
import sqlalchemy as sql

from radiograph.model.policies import ResourcePolicy

from .rows import AccountRows, Row

__all__ = ["PolicyRows"]

_MEMBERS = ResourcePolicy.__struct_fields__


class PolicyRows(AccountRows):
    """An account's resource policies; see the Protocol."""

    table = sql.table("resource_policies", sql.column("account"), *(sql.column(name) for name in _MEMBERS))

    def all(self) -> list[ResourcePolicy]:
        """Give every policy, by name."""
        return [_policy(row) for row in self._select(order=("policy_name",))]

    def named(self, name: str) -> ResourcePolicy | None:
        """Give the policy of this name, or None."""
        return next((_policy(row) for row in self._select(self.table.c.policy_name == name)), None)

    def put(self, policy: ResourcePolicy) -> None:
        """Keep a policy, in place of the one of its name."""
        self._replace(self.table.c.policy_name == policy.policy_name, **msgspec.structs.asdict(policy))

    def remove(self, name: str) -> None:
        """Forget the policy of this name."""
        self._delete(self.table.c.policy_name == name)


def _policy(row: Row) -> ResourcePolicy:
    return ResourcePolicy(**{name: row._mapping[name] for name in _MEMBERS})
