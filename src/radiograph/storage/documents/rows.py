"""The rows of one account in one table: the one place where the account is asked for."""

from __future__ import annotations

from typing import Any, ClassVar

import sqlalchemy as sql

__all__ = ["AccountRows"]

Row = sql.Row[Any]


class AccountRows:
    """An account's rows while a transaction lasts; the families say what the columns are."""

    table: ClassVar[sql.TableClause]
    """Its first column is ``account``; the columns themselves are made by ``migrations/*.sql``."""

    def __init__(self, connection: sql.Connection, account: str) -> None:
        self._connection, self._account = connection, account

    def _select(self, *where: sql.ColumnElement[bool], order: tuple[str, ...] = ()) -> list[Row]:
        query = sql.select(self.table).where(self._mine, *where).order_by(*(self.table.c[name] for name in order))
        return list(self._connection.execute(query))

    def _replace(self, *where: sql.ColumnElement[bool], **values: Any) -> None:
        """Put a row in place of those that match; a delete and an insert, which every database has."""
        self._delete(*where)
        self._connection.execute(self.table.insert().values(account=self._account, **values))

    def _delete(self, *where: sql.ColumnElement[bool]) -> None:
        self._connection.execute(self.table.delete().where(self._mine, *where))

    @property
    def _mine(self) -> sql.ColumnElement[bool]:
        return self.table.c.account == self._account
