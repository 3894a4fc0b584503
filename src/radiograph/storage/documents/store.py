"""Sampling rules in SQLite; every change is on stable storage before it is answered."""

from __future__ import annotations

from pathlib import Path

import msgspec
import sqlalchemy as sql

from radiograph.model.sampling import SamplingRule, SamplingRuleRecord

__all__ = ["SettingsDatabase"]

_metadata = sql.MetaData()
_rules = sql.Table(
    "sampling_rules",
    _metadata,
    sql.Column("account", sql.String(12), primary_key=True),
    sql.Column("name", sql.String(32), primary_key=True),
    sql.Column("priority", sql.Integer, nullable=False),
    sql.Column("fixed_rate", sql.Float, nullable=False),
    sql.Column("reservoir_size", sql.Integer, nullable=False),
    sql.Column("match", sql.LargeBinary, nullable=False),
    sql.Column("created_at", sql.Float, nullable=False),
    sql.Column("modified_at", sql.Float, nullable=False),
)


class SettingsDatabase:
    """A :class:`~radiograph.storage.interfaces.SettingsStore` in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._engine = sql.create_engine(f"sqlite:///{path}")
        sql.event.listen(self._engine, "connect", _make_durable)
        _metadata.create_all(self._engine)

    def sampling_rules(self, account: str) -> list[SamplingRuleRecord]:
        """Give the account's rules by (priority, name); see the Protocol."""
        query = sql.select(_rules).where(_rules.c.account == account).order_by(_rules.c.priority, _rules.c.name)
        with self._engine.connect() as connection:
            return [_record(row) for row in connection.execute(query)]

    def add_sampling_rule(self, account: str, record: SamplingRuleRecord) -> None:
        """Keep a rule unless one of its name is there; see the Protocol."""
        rule = record.sampling_rule
        with self._engine.begin() as connection:
            known = sql.select(_rules.c.name).where(_rules.c.account == account, _rules.c.name == rule.rule_name)
            if connection.execute(known).first() is None:
                connection.execute(
                    _rules.insert().values(
                        account=account,
                        name=rule.rule_name,
                        priority=rule.priority,
                        fixed_rate=rule.fixed_rate,
                        reservoir_size=rule.reservoir_size,
                        match=msgspec.json.encode(rule),
                        created_at=record.created_at,
                        modified_at=record.modified_at,
                    )
                )

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()


def _record(row: sql.Row[tuple[object, ...]]) -> SamplingRuleRecord:
    members = msgspec.json.decode(row.match)
    # The model holds what callers write to 1…9999; the built-in rule's 10000 is ours to set.
    rule = msgspec.convert(members | {"Priority": 1}, SamplingRule)
    rule = msgspec.structs.replace(
        rule, priority=row.priority, fixed_rate=row.fixed_rate, reservoir_size=row.reservoir_size
    )
    return SamplingRuleRecord(sampling_rule=rule, created_at=row.created_at, modified_at=row.modified_at)


def _make_durable(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
