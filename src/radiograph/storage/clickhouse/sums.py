"""What the roll-up adds up to, kept while the same hours and minutes count: graphs are asked for again and again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import msgspec

from radiograph.model.graph_rows import GraphRow

from .engine import Engine, load_query
from .minutes import HOUR_S, View

__all__ = ["Sums"]

_HOURS = "has({versions:Array(UInt64)}, bitShiftLeft(toUInt64(toUnixTimestamp(minute)), 32) + version)"
_MINUTES = (
    "NOT has({open:Array(UInt32)}, toUnixTimestamp(minute)) "
    "AND (minute < toDateTime({hours_from:Int64}, 'UTC') OR minute >= toDateTime({hours_to:Int64}, 'UTC') "
    "OR NOT has({hours:Array(UInt32)}, toUnixTimestamp(toStartOfHour(minute)))) "
    "AND (NOT has({recounted:Array(UInt32)}, toUnixTimestamp(minute)) "
    "OR has({current:Array(UInt64)}, bitShiftLeft(toUInt64(toUnixTimestamp(minute)), 32) + version))"
)
_MOST_ROWS = 20_000


class Asked(msgspec.Struct, frozen=True):
    """What is to be summed; ``condition`` is SQL over a row's columns, ``names`` what it binds."""

    account: str
    group: str
    """The ARN of a group, empty for all traces."""
    start_s: int
    end_s: int
    period_s: int
    condition: str
    names: tuple[tuple[str, str], ...]


class Sums:
    """Rows of closed hours and minutes, the last ones kept. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sql = load_query("graph_closed")
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], list[GraphRow]] = OrderedDict()
        self._rows = 0

    def of(self, asked: Asked, view: View) -> list[GraphRow]:
        """Give the rows of what counts, hours and minutes by themselves: whoever asks adds them up.

        Raises: ServiceUnavailable.
        """
        rows: list[GraphRow] = []
        if view.hours:
            # Their versions say all about them: the same hours are in many windows.
            key = ("hours", *view.versions, asked.account, asked.group, asked.period_s, asked.condition, asked.names)
            rows += self._once(key, "graph_hours", _HOURS, asked, {"versions": view.versions})
        if len(view.hours) * HOUR_S < asked.end_s - asked.start_s:
            lists = {"open": view.open, "hours": view.hours, "recounted": view.recounted, "current": view.current}
            bounds = {"hours_from": 0, "hours_to": 0}
            if view.hours:
                bounds = {"hours_from": view.hours[0], "hours_to": view.hours[-1] + HOUR_S}
            key = ("minutes", view.changes, asked, *map(tuple, lists.values()))
            rows += self._once(key, "graph_minutes", _MINUTES, asked, lists | bounds)
        return rows

    def forget(self) -> None:
        """Keep nothing of what was told before: rows have been dropped."""
        with self._lock:
            self._kept.clear()
            self._rows = 0

    def _once(
        self, key: tuple[Any, ...], table: str, counts: str, asked: Asked, lists: dict[str, Any]
    ) -> list[GraphRow]:
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
        sql = self._sql.replace("/*table*/ graph_minutes", table).replace("/*counts*/ true", counts)
        scope = {"account": asked.account, "group": asked.group, "start": asked.start_s, "end": asked.end_s}
        rows = self._engine.rows(
            GraphRow,
            sql.replace("/*condition*/ true", asked.condition),
            **scope,
            **lists,
            **dict(asked.names),
            period=asked.period_s,
        )
        with self._lock:
            if key not in self._kept:
                self._kept[key] = rows
                self._rows += len(rows)
            while self._rows > _MOST_ROWS and len(self._kept) > 1:
                self._rows -= len(self._kept.popitem(last=False)[1])
        return rows
