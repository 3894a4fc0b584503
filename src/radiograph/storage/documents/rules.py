"""Sampling rules: a row a rule, a column a member, named like its attribute."""

from __future__ import annotations

import msgspec
import sqlalchemy as sql

from radiograph.model.sampling_rules import SamplingRateBoost, SamplingRule, SamplingRuleRecord

from .rows import AccountRows, Row

__all__ = ["RuleRows"]

_JSON = {"attributes": sql.JSON(), "sampling_rate_boost": sql.JSON(none_as_null=True)}
_MEMBERS = SamplingRule.__struct_fields__


class RuleRows(AccountRows):
    """An account's sampling rules; see the Protocol."""

    table = sql.table(
        "sampling_rules",
        sql.column("account"),
        *(sql.column(name, _JSON.get(name)) for name in _MEMBERS),
        sql.column("created_at"),
        sql.column("modified_at"),
    )

    def all(self) -> list[SamplingRuleRecord]:
        """Give every rule, by (priority, name)."""
        return [_record(row) for row in self._select(order=("priority", "rule_name"))]

    def named(self, name: str) -> SamplingRuleRecord | None:
        """Give the rule of this name, or None."""
        return next((_record(row) for row in self._select(self.table.c.rule_name == name)), None)

    def put(self, record: SamplingRuleRecord) -> None:
        """Keep a rule, in place of the one of its name."""
        values = {name: getattr(record.sampling_rule, name) for name in _MEMBERS}
        if record.sampling_rule.sampling_rate_boost is not None:
            values["sampling_rate_boost"] = msgspec.to_builtins(record.sampling_rule.sampling_rate_boost)
        self._replace(
            self.table.c.rule_name == record.sampling_rule.rule_name,
            **values,
            created_at=record.created_at,
            modified_at=record.modified_at,
        )

    def remove(self, name: str) -> None:
        """Forget the rule of this name."""
        self._delete(self.table.c.rule_name == name)


def _record(row: Row) -> SamplingRuleRecord:
    # Made, not decoded: the model holds priorities to what callers may write, and Default's is higher.
    values = {name: row._mapping[name] for name in _MEMBERS}
    if values["sampling_rate_boost"] is not None:
        values["sampling_rate_boost"] = msgspec.convert(values["sampling_rate_boost"], SamplingRateBoost)
    return SamplingRuleRecord(
        sampling_rule=SamplingRule(**values), created_at=row.created_at, modified_at=row.modified_at
    )
