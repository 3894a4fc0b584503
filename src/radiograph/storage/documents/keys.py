"""Keys: a row a key, an alias, a data key, a dictionary."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sql

from radiograph.model.keys import CustomerKey, DataKeyRecord, DictionaryRecord

from .rows import AccountRows, Row

__all__ = ["KeyRows"]


def _table(name: str, record: type[msgspec.Struct]) -> sql.TableClause:
    kinds = {"managed": sql.Boolean()}
    members = (sql.column(one, kinds.get(one)) for one in record.__struct_fields__)
    return sql.table(name, sql.column("account"), *members)


class _Aliases(AccountRows):
    table = sql.table(
        "key_aliases", sql.column("account"), sql.column("alias"), sql.column("key_id"), sql.column("created_at")
    )

    def all(self) -> dict[str, str]:
        return {row.alias: row.key_id for row in self._select(order=("alias",))}

    def put(self, alias: str, key_id: str, now: float) -> None:
        self._replace(self.table.c.alias == alias, alias=alias, key_id=key_id, created_at=now)

    def remove(self, alias: str) -> None:
        self._delete(self.table.c.alias == alias)


class _DataKeys(AccountRows):
    table = _table("data_keys", DataKeyRecord)

    def all(self) -> list[DataKeyRecord]:
        return [DataKeyRecord(**_members(row, DataKeyRecord)) for row in self._select(order=("number",))]

    def put(self, record: DataKeyRecord) -> None:
        self._replace(self.table.c.number == record.number, **msgspec.structs.asdict(record))


class _Dictionaries(AccountRows):
    table = _table("data_key_dictionaries", DictionaryRecord)

    def all(self) -> list[DictionaryRecord]:
        return [DictionaryRecord(**_members(row, DictionaryRecord)) for row in self._select(order=("number",))]

    def put(self, record: DictionaryRecord) -> None:
        self._replace(self.table.c.number == record.number, **msgspec.structs.asdict(record))


class KeyRows(AccountRows):
    """An account's keys; see the Protocol."""

    table = _table("customer_keys", CustomerKey)

    def __init__(self, connection: sql.Connection, account: str) -> None:
        super().__init__(connection, account)
        self._aliases = _Aliases(connection, account)
        self._data_keys = _DataKeys(connection, account)
        self._dictionaries = _Dictionaries(connection, account)

    def all(self) -> list[CustomerKey]:
        """Give every key, oldest first."""
        return [CustomerKey(**_members(row, CustomerKey)) for row in self._select(order=("created_at", "id"))]

    def with_id(self, id_: str) -> CustomerKey | None:
        """Give the key of this id, or None."""
        found = self._select(self.table.c.id == id_)
        return next((CustomerKey(**_members(row, CustomerKey)) for row in found), None)

    def put(self, key: CustomerKey) -> None:
        """Keep a key, in place of the one of its id."""
        self._replace(self.table.c.id == key.id, **msgspec.structs.asdict(key))

    def aliases(self) -> dict[str, str]:
        """Give the id of the key that each alias stands for, by alias."""
        return self._aliases.all()

    def put_alias(self, alias: str, key_id: str, now: float) -> None:
        """Keep an alias, in place of the one of its name."""
        self._aliases.put(alias, key_id, now)

    def remove_alias(self, alias: str) -> None:
        """Forget an alias, if there is one."""
        self._aliases.remove(alias)

    def data_keys(self) -> list[DataKeyRecord]:
        """Give every data key, by number."""
        return self._data_keys.all()

    def put_data_key(self, record: DataKeyRecord) -> None:
        """Keep a data key, in place of the one of its number."""
        self._data_keys.put(record)

    def dictionaries(self) -> list[DictionaryRecord]:
        """Give every dictionary, by number."""
        return self._dictionaries.all()

    def put_dictionary(self, record: DictionaryRecord) -> None:
        """Keep a dictionary, in place of the one of its number."""
        self._dictionaries.put(record)


def _members(row: Row, record: type[msgspec.Struct]) -> dict[str, Any]:
    return {name: row._mapping[name] for name in record.__struct_fields__}
