"""Days of data as the engine keeps them: partitions."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from .engine import Engine

__all__ = ["drop_before"]

_TABLES = (
    *("segments", "documents", "segment_links", "link_origins"),
    *("graph_minutes", "graph_hours", "graph_versions", "group_traces"),
)


class _Partition(msgspec.Struct):
    table: str
    partition: str


def drop_before(engine: Engine, before_s: int) -> list[str]:
    """Drop every day wholly before an epoch second; give ``table day`` of each.

    Raises: ServiceUnavailable.
    """
    before = datetime.fromtimestamp(before_s, UTC).date().isoformat()
    found = engine.rows(
        _Partition,
        "SELECT DISTINCT table, partition FROM system.parts WHERE active AND database = currentDatabase() "
        "AND table IN {tables:Array(String)} AND partition < {before:String}",
        tables=_TABLES,
        before=before,
    )
    for one in found:
        engine.execute(f"ALTER TABLE {one.table} DROP PARTITION {{partition:String}}", partition=one.partition)
    return [f"{one.table} {one.partition}" for one in found]
