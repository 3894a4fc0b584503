"""Brings a settings file to this release: ``migrations/*.sql`` in the order of their numbers, each once."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sql

__all__ = ["migrate"]

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: sql.Connection) -> None:
    """Apply what is missing, all of it in the caller's transaction: a file is of one release or of the other.

    Raises: OSError for a file of a later release.
    """
    connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY)")
    steps = {int(path.name.split("_")[0]): path for path in sorted(_MIGRATIONS.glob("*.sql"))}
    version = connection.exec_driver_sql("SELECT max(version) FROM schema_version").scalar() or 0
    if version > max(steps):
        raise OSError(f"the settings are of a later release: version {version}, and {max(steps)} is the last known")
    for number, path in steps.items():
        if number > version:
            for statement in _statements(path.read_text()):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("INSERT INTO schema_version (version) VALUES (?)", (number,))


def _statements(text: str) -> list[str]:
    spoken = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [statement for statement in spoken.split(";") if statement.strip()]
