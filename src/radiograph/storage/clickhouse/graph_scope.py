"""Which documents a graph query counts, and where their callers and callees may be found."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from .engine import load_query

__all__ = ["NEARBY_S", "in_minutes", "in_traces", "runs"]

NEARBY_S = 900
"""A callee is looked for among documents that begin at most this long before or after its caller's document."""

_ROWS, _OWNERS = load_query("graph_rows"), load_query("owners")
_MINUTES = "toUnixTimestamp(minute) IN {{{name}:Array(UInt32)}}"
_BETWEEN = "minute >= toDateTime({low}, 'UTC') AND minute <= toDateTime({high}, 'UTC')"
_TRACES = "trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))"


def in_minutes(minutes: list[int], name: str = "minutes") -> str:
    """Give SQL for the rows of some minutes that lie close together, bound as the parameter ``name``."""
    low, high = min(minutes), max(minutes)
    scope = f"{_BETWEEN.format(low=low, high=high)} AND {_MINUTES.format(name=name)}"
    around = _BETWEEN.format(low=low - NEARBY_S, high=high + NEARBY_S)
    of_scope = f"SELECT trace_id FROM segments WHERE account = {{account:String}} AND {scope}"
    row_scope = f"toUnixTimestamp(row_minute) IN {{{name}:Array(UInt32)}}"
    return _compose(scope, f"{around} AND trace_id IN ({of_scope})", row_scope)


def in_traces() -> str:
    """Give SQL for the rows of some traces, bound as the parameter ``ids``."""
    return _compose(_TRACES, _TRACES, "true")


def runs(minutes: Iterable[int], longest: int = 60) -> list[list[int]]:
    """Give the minutes, ascending, in runs without a gap of more than ``NEARBY_S``, at most ``longest`` in each."""
    ordered = sorted(minutes)
    if not ordered:
        return []
    result = [[ordered[0]]]
    for previous, minute in pairwise(ordered):
        if minute - previous > NEARBY_S or len(result[-1]) >= longest:
            result.append([])
        result[-1].append(minute)
    return result


def _compose(scope: str, nearby: str, row_scope: str) -> str:
    owners = _OWNERS.replace("/*nearby*/ true", nearby)
    return (
        _ROWS.replace("/*owners*/ SELECT trace_id, id, name, type FROM segments WHERE false", owners)
        .replace("/*scope*/ true", scope)
        .replace("/*nearby*/ true", nearby)
        .replace("/*row_scope*/ true", row_scope)
    )
