"""Which traces are of a group: those that matched it when the minute they began in was counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from radiograph.filters.tree import Expression
from radiograph.model.windows import FoundTrace
from radiograph.storage.interfaces import TraceGroup

from .engine import Engine
from .times import NEARBY_S

__all__ = ["Find", "GroupsOf", "Members"]

Find: TypeAlias = Callable[[str, int, int, Expression], list[FoundTrace]]
"""From account, start, end and expression to the traces that began in between and satisfy it."""
GroupsOf: TypeAlias = Callable[[str], list[TraceGroup]]
"""An account's groups that do not have all traces."""

_NEWEST = """
  AND (minute, version) IN (
      SELECT minute, max(version) FROM group_traces
      WHERE account = {account:String} AND of_group = {group:String}
        AND minute >= toDateTime({members_from:Int64}, 'UTC') AND minute < toDateTime({members_to:Int64}, 'UTC')
      GROUP BY minute)"""
_COUNTED = f"""
SELECT trace_id FROM group_traces
WHERE account = {{account:String}} AND of_group = {{group:String}}
  AND minute >= toDateTime({{members_from:Int64}}, 'UTC') AND minute < toDateTime({{members_to:Int64}}, 'UTC')
  AND NOT has({{members_open:Array(UInt32)}}, toUnixTimestamp(minute)) {_NEWEST}"""
_MEMBERS = f"""
AND (trace_id IN ({_COUNTED})
     OR trace_id IN (SELECT CAST(unhex(arrayJoin({{members:Array(String)}})) AS FixedString(16))))"""
_PER_MINUTE = f"""
SELECT toUnixTimestamp(of_minute) AS minute, traces FROM (
    SELECT minute AS of_minute, countIf(trace_id != toFixedString('', 16)) AS traces FROM group_traces
    WHERE account = {{account:String}} AND of_group = {{group:String}}
      AND minute >= toDateTime({{members_from:Int64}}, 'UTC') AND minute < toDateTime({{members_to:Int64}}, 'UTC')
      {_NEWEST}
    GROUP BY of_minute)"""
_NOBODY = bytes(16)


class _Traces(msgspec.Struct):
    minute: int
    traces: int


class Members:
    """The traces of groups, as the store knows them."""

    def __init__(self, engine: Engine, find: Find) -> None:
        self._engine, self._find = engine, find

    def count(self, account: str, group: TraceGroup, minutes: Sequence[int], version: int) -> None:
        """Note which traces that began in these minutes are of a group."""
        rows = [(minute, _NOBODY) for minute in minutes]
        rows += [(one.time_s // 60 * 60, _bytes_of(one)) for one in self._of(account, group, minutes)]
        self._engine.insert(
            "group_traces",
            [
                ("account", "String", [account] * len(rows)),
                ("of_group", "String", [group.arn] * len(rows)),
                ("minute", "DateTime", [minute for minute, _ in rows]),
                ("version", "UInt64", [version] * len(rows)),
                ("trace_id", "FixedString(16)", [trace_id for _, trace_id in rows]),
            ],
        )

    def condition(
        self, account: str, group: TraceGroup, minutes: Sequence[int], uncounted: Sequence[int] = ()
    ) -> tuple[str, dict[str, object]]:
        """Give SQL, and what to bind, that only documents of a group's traces near some minutes satisfy."""
        members = self._of(account, group, uncounted)
        return _MEMBERS, {
            "group": group.arn,
            "members_from": min(minutes) - NEARBY_S,
            "members_to": max(minutes) + 60,
            "members_open": list(uncounted),
            "members": [_bytes_of(one).hex() for one in members],
        }

    def _of(self, account: str, group: TraceGroup, minutes: Sequence[int]) -> list[FoundTrace]:
        if not minutes:
            return []
        wanted = frozenset(minutes)
        found = self._find(account, min(minutes), max(minutes) + 60, group.expression)
        return [one for one in found if one.time_s // 60 * 60 in wanted]

    def per_minute(self, account: str, group_arn: str, start_s: int, end_s: int) -> dict[int, int]:
        """Give how many traces that began in each counted minute are of a group."""
        asked = {"account": account, "group": group_arn, "members_from": start_s, "members_to": end_s}
        return {one.minute: one.traces for one in self._engine.rows(_Traces, _PER_MINUTE, **asked)}


def _bytes_of(trace: FoundTrace) -> bytes:
    return bytes.fromhex(trace.trace_id[2:].replace("-", ""))
