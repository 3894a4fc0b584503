"""Brings a store's tables to this release: ``migrations/*.sql`` in the order of their names, each once."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from .engine import Engine

__all__ = ["migrate"]

_MIGRATIONS = Path(__file__).parent / "migrations"
_DURABLE = (
    "fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, "
    "min_compressed_bytes_to_fsync_after_merge = 1, old_parts_lifetime = 300, "
    "max_suspicious_broken_parts = 1000000, max_suspicious_broken_parts_bytes = 1000000000000"
)
"""Measured under power cuts and full disks: ADR 0002."""


class _Applied(msgspec.Struct):
    name: str


def migrate(engine: Engine) -> list[str]:
    """Give the names of the migrations applied now, in order; what they create is synced to disk.

    Raises: ServiceUnavailable.
    """
    engine.execute(
        "CREATE TABLE IF NOT EXISTS migrations (name String, applied DateTime DEFAULT now()) "
        f"ENGINE = MergeTree ORDER BY name SETTINGS {_DURABLE}"
    )
    done = {row.name for row in engine.rows(_Applied, "SELECT name FROM migrations")}
    pending = [path for path in sorted(_MIGRATIONS.glob("*.sql")) if path.stem not in done]
    for path in pending:
        text = "\n".join(line for line in path.read_text().splitlines() if not line.lstrip().startswith("--"))
        for statement in text.split(";"):
            if statement.strip():
                engine.execute(statement.replace("{merge_tree_settings}", _DURABLE))
        engine.insert("migrations", [("name", "String", [path.stem])])
    if pending:
        # A new table's directory entry is not synced by the engine: a power cut right after the first start would
        # lose whole tables.
        os.sync()
    return [path.stem for path in pending]
