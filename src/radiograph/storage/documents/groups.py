"""Groups: a row a group."""

from __future__ import annotations

import sqlalchemy as sql
from msgspec import UNSET

from radiograph.model.groups import Group, InsightsConfiguration, MatchedGroup

from .rows import AccountRows, Row

__all__ = ["GroupRows"]


class GroupRows(AccountRows):
    """An account's groups; see the Protocol."""

    table = sql.table(
        "trace_groups",
        *(sql.column(name) for name in ("account", "group_name", "group_arn", "filter_expression")),
        sql.column("created_at", sql.Float()),
        sql.column("changed_at", sql.Float()),
        sql.column("insights_enabled", sql.Boolean()),
        sql.column("notifications_enabled", sql.Boolean()),
    )

    def all(self) -> list[Group]:
        """Give every group, by name."""
        return [_group(row) for row in self._select(order=("group_name",))]

    def named(self, name: str) -> Group | None:
        """Give the group of this name, or None."""
        return next((_group(row) for row in self._select(self.table.c.group_name == name)), None)

    def matching(self) -> list[MatchedGroup]:
        """Give what traces are matched against, by name."""
        return [
            MatchedGroup(row.group_name, row.group_arn, row.filter_expression or "", row.created_at, row.changed_at)
            for row in self._select(order=("group_name",))
        ]

    def put(self, group: Group, now: float) -> None:
        """Keep a group, in place of the one of its name."""
        insights = group.insights_configuration
        known = next(iter(self._select(self.table.c.group_name == group.group_name)), None)
        expression = None if group.filter_expression is UNSET else group.filter_expression
        changed = known is not None and known.filter_expression != expression
        self._replace(
            self.table.c.group_name == group.group_name,
            group_name=group.group_name,
            group_arn=group.group_arn,
            filter_expression=expression,
            created_at=now if known is None else known.created_at,
            changed_at=now if changed else 0.0 if known is None else known.changed_at,
            insights_enabled=bool(insights.insights_enabled),
            notifications_enabled=bool(insights.notifications_enabled),
        )

    def remove(self, name: str) -> None:
        """Forget the group of this name."""
        self._delete(self.table.c.group_name == name)


def _group(row: Row) -> Group:
    return Group(
        group_name=row.group_name,
        group_arn=row.group_arn,
        filter_expression=UNSET if row.filter_expression is None else row.filter_expression,
        insights_configuration=InsightsConfiguration(
            insights_enabled=row.insights_enabled, notifications_enabled=row.notifications_enabled
        ),
    )
