"""What there is one of in an account: a row a choice, under the name of its Struct."""

from __future__ import annotations

from typing import TypeVar

import msgspec
import sqlalchemy as sql

from radiograph.model.choices import Choice

from .rows import AccountRows

__all__ = ["ChoiceRows"]

C = TypeVar("C", bound=Choice)


class ChoiceRows(AccountRows):
    """An account's choices; see the Protocol."""

    table = sql.table("account_choices", sql.column("account"), sql.column("name"), sql.column("value", sql.JSON()))

    def get(self, type_: type[C]) -> C | None:
        """Give the choice of this kind, or None when none was made."""
        rows = self._select(self.table.c.name == type_.__name__)
        return next((msgspec.convert(row.value, type_) for row in rows), None)

    def put(self, choice: Choice) -> None:
        """Keep a choice, in place of the one of its kind."""
        name = type(choice).__name__
        self._replace(self.table.c.name == name, name=name, value=msgspec.to_builtins(choice))
