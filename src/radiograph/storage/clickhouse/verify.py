"""Whether what the engine says it has written is there.

On a disk that fills up the engine can report success and leave a part cut short: measured, ADR 2. So each new part is
checked before its documents count as stored, and a broken one is put aside, so that they can be written again.
"""

from __future__ import annotations

import msgspec

from radiograph.errors import StoreLost
from radiograph.telemetry import log

from .engine import Engine, EngineError

__all__ = ["PartChecker"]


class _Part(msgspec.Struct):
    name: str
    first: int
    last: int


class _Check(msgspec.Struct):
    is_passed: int


class PartChecker:
    """Checks the parts that a table's only writer adds, and those that merges make of them."""

    def __init__(self, engine: Engine, table: str) -> None:
        self._engine, self._table = engine, table
        parts = self._parts()
        self._seen = {part.name for part in parts}
        self._last = max((part.last for part in parts), default=0)

    def _parts(self) -> list[_Part]:
        return self._engine.rows(
            _Part,
            "SELECT name, min_block_number AS first, max_block_number AS last FROM system.parts "
            "WHERE active AND database = currentDatabase() AND table = {table:String}",
            table=self._table,
        )

    def check(self) -> None:
        """Return when every part that is new since the last check is whole.

        Raises: ServiceUnavailable when what has just been written has to be written again; StoreLost when what was
        written earlier has to be, too.
        """
        parts = self._parts()
        broken = [part for part in parts if part.name not in self._seen and not self._is_whole(part.name)]
        for part in broken:
            log.error("part %s of %s is not whole: detached", part.name, self._table)
            self._engine.execute(f"ALTER TABLE {self._table} DETACH PART '{part.name}'")
        # Only now: had putting aside failed, the next check would have to find them again.
        self._seen = {part.name for part in parts}
        last, self._last = self._last, max((part.last for part in parts), default=0)
        if any(part.first <= last for part in broken):
            raise StoreLost(f"a merge of {self._table} is not whole")
        if broken or self._last <= last:
            raise EngineError(f"what was written to {self._table} is not whole")

    def _is_whole(self, name: str) -> bool:
        try:
            return all(one.is_passed for one in self._engine.rows(_Check, f"CHECK TABLE {self._table} PART '{name}'"))
        except EngineError as error:
            if "NO_SUCH_DATA_PART" in str(error):
                return True  # merged meanwhile: what it went into is checked next
            raise
