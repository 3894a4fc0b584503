"""The rows of identities: a table a kind, a column a member of its record."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

import msgspec
import sqlalchemy as sql

from radiograph.model.iam.records import (
    Entity,
    GroupRecord,
    KeyRecord,
    PolicyRecord,
    ProfileRecord,
    ProviderRecord,
    RoleRecord,
    Use,
    UserRecord,
)

from .rows import AccountRows, Row

__all__ = [
    "AliasRows",
    "AttachmentRows",
    "GroupRows",
    "KeyRows",
    "MemberRows",
    "PolicyRows",
    "ProfileRows",
    "ProviderRows",
    "RoleRows",
    "UseRows",
    "UserRows",
]

E = TypeVar("E", bound=Entity)

_JSON = ("clients", "inline", "tags", "thumbprints", "versions")


def _table(name: str, record: type[msgspec.Struct]) -> sql.TableClause:
    members = (sql.column(one, sql.JSON() if one in _JSON else None) for one in record.__struct_fields__)
    return sql.table(name, sql.column("account"), *members)


class EntityRows(AccountRows, Generic[E]):
    """An account's entities of one kind; see the Protocol."""

    record: ClassVar[type[Any]]

    def all(self) -> list[E]:
        """Give every one, by name."""
        return [self._made(row) for row in self._select(order=("name",))]

    def count(self) -> int:
        """Give how many there are."""
        query = sql.select(sql.func.count()).select_from(self.table).where(self._mine)
        return self._connection.execute(query).scalar_one()

    def named(self, name: str) -> E | None:
        """Give the one of exactly this name, or None."""
        return self._one(self.table.c.name == name)

    def like(self, name: str) -> E | None:
        """Give the one whose name differs from this in case at most, or None."""
        return self._one(sql.func.lower(self.table.c.name) == name.lower())

    def with_id(self, id_: str) -> E | None:
        """Give the one of this id, or None."""
        return self._one(self.table.c.id == id_)

    def put(self, entity: E) -> None:
        """Keep an entity, in place of the one of its id."""
        self._replace(self.table.c.id == entity.id, **_members(entity))

    def remove(self, id_: str) -> None:
        """Forget the entity of this id."""
        self._delete(self.table.c.id == id_)

    def _one(self, where: sql.ColumnElement[bool]) -> E | None:
        return next((self._made(row) for row in self._select(where)), None)

    def _made(self, row: Row) -> E:
        made: E = msgspec.convert({name: row._mapping[name] for name in self.record.__struct_fields__}, self.record)
        return made


def _members(record: msgspec.Struct) -> dict[str, Any]:
    """Give the columns of a record; what is in them may be Structs."""
    return {name: msgspec.to_builtins(value) for name, value in msgspec.structs.asdict(record).items()}


class UserRows(EntityRows[UserRecord]):
    """Users."""

    record = UserRecord
    table = _table("iam_users", UserRecord)


class GroupRows(EntityRows[GroupRecord]):
    """Groups."""

    record = GroupRecord
    table = _table("iam_groups", GroupRecord)


class RoleRows(EntityRows[RoleRecord]):
    """Roles."""

    record = RoleRecord
    table = _table("iam_roles", RoleRecord)

    def remove(self, id_: str) -> None:
        """Forget the role of this id, and when it was used."""
        super().remove(id_)
        UseRows(self._connection, self._account).remove(id_)


class PolicyRows(EntityRows[PolicyRecord]):
    """Managed policies."""

    record = PolicyRecord
    table = _table("iam_policies", PolicyRecord)


class ProfileRows(EntityRows[ProfileRecord]):
    """Instance profiles."""

    record = ProfileRecord
    table = _table("iam_instance_profiles", ProfileRecord)


class ProviderRows(EntityRows[ProviderRecord]):
    """OpenID Connect providers."""

    record = ProviderRecord
    table = _table("iam_providers", ProviderRecord)


class LinkRows(AccountRows):
    """Pairs; see the Protocol."""

    def of(self, one: str) -> list[str]:
        """Give the others of one, in order."""
        return [row.other for row in self._select(self.table.c.one == one, order=("other",))]

    def to(self, other: str) -> list[str]:
        """Give the ones of an other, in order."""
        return [row.one for row in self._select(self.table.c.other == other, order=("one",))]

    def counts(self) -> dict[str, int]:
        """Give how many others each one has, if any."""
        one = self.table.c.one
        query = sql.select(one, sql.func.count().label("others")).where(self._mine).group_by(one)
        return {row.one: row.others for row in self._connection.execute(query)}

    def put(self, one: str, other: str) -> None:
        """Keep a pair."""
        self._replace(self.table.c.one == one, self.table.c.other == other, one=one, other=other)

    def remove(self, one: str, other: str) -> None:
        """Forget a pair."""
        self._delete(self.table.c.one == one, self.table.c.other == other)


class MemberRows(LinkRows):
    """Which group has which user."""

    table = sql.table("iam_members", *(sql.column(name) for name in ("account", "one", "other")))


class AttachmentRows(LinkRows):
    """Which managed policy is attached to what."""

    table = sql.table("iam_attachments", *(sql.column(name) for name in ("account", "one", "other")))


class KeyRows(AccountRows):
    """Access keys; see the Protocol."""

    table = sql.table(
        "iam_access_keys",
        *(sql.column(name) for name in ("account", "id", "user_id", "created_at")),
        sql.column("active", sql.Boolean()),
        sql.column("secret", sql.LargeBinary()),
    )

    def of(self, user_id: str) -> list[KeyRecord]:
        """Give a user's keys, oldest first."""
        rows = self._select(self.table.c.user_id == user_id, order=("created_at", "id"))
        return [self._made(row) for row in rows]

    def with_id(self, id_: str) -> KeyRecord | None:
        """Give the key of this id, or None."""
        return next((self._made(row) for row in self._select(self.table.c.id == id_)), None)

    def put(self, key: KeyRecord) -> None:
        """Keep a key, in place of the one of its id."""
        self._replace(self.table.c.id == key.id, **msgspec.structs.asdict(key))

    def remove(self, id_: str) -> None:
        """Forget the key of this id, and when it was used."""
        self._delete(self.table.c.id == id_)
        UseRows(self._connection, self._account).remove(id_)

    @staticmethod
    def _made(row: Row) -> KeyRecord:
        return KeyRecord(**{name: row._mapping[name] for name in KeyRecord.__struct_fields__})


class UseRows(AccountRows):
    """When keys and roles were last used."""

    table = sql.table("iam_uses", *(sql.column(name) for name in ("account", "id", "used_at", "service", "region")))

    def get(self, id_: str) -> Use | None:
        """Give what was noted last, or None."""
        rows = self._select(self.table.c.id == id_)
        return next((Use(row.used_at, row.service, row.region) for row in rows), None)

    def put(self, id_: str, use: Use) -> None:
        """Keep a use, in place of what was noted before."""
        self._replace(self.table.c.id == id_, id=id_, **msgspec.structs.asdict(use))

    def remove(self, id_: str) -> None:
        """Forget what was noted."""
        self._delete(self.table.c.id == id_)


class AliasRows(AccountRows):
    """The account's other name."""

    table = sql.table("iam_aliases", sql.column("account"), sql.column("alias"))

    def get(self) -> str | None:
        """Give it, or None."""
        return next((row.alias for row in self._select()), None)

    def put(self, alias: str | None) -> bool:
        """Keep it; False when another account has it."""
        taken = sql.select(self.table.c.account).where(self.table.c.alias == alias, ~self._mine)
        if alias is not None and self._connection.execute(taken).first() is not None:
            return False
        self._delete()
        if alias is not None:
            self._connection.execute(self.table.insert().values(account=self._account, alias=alias))
        return True
