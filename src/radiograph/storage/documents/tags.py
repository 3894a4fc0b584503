"""Tags: a row a tag."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sql

from radiograph.model.tags import Tag

from .rows import AccountRows

__all__ = ["TagRows"]


class TagRows(AccountRows):
    """The tags of an account's resources; see the Protocol."""

    table = sql.table("resource_tags", *(sql.column(name) for name in ("account", "resource_arn", "key", "value")))

    def of(self, resource: str) -> list[Tag]:
        """Give a resource's tags, by key."""
        rows = self._select(self.table.c.resource_arn == resource, order=("key",))
        return [Tag(key=row.key, value=row.value) for row in rows]

    def put(self, resource: str, tags: Sequence[Tag]) -> None:
        """Keep tags, in place of those with their keys."""
        of, key = self.table.c.resource_arn == resource, self.table.c.key
        for tag in tags:
            self._replace(of, key == tag.key, resource_arn=resource, key=tag.key, value=tag.value)

    def remove(self, resource: str, keys: Sequence[str]) -> None:
        """Forget the tags with these keys."""
        self._delete(self.table.c.resource_arn == resource, self.table.c.key.in_(keys))

    def forget(self, resource: str) -> None:
        """Forget all tags of a resource."""
        self._delete(self.table.c.resource_arn == resource)
