"""Which documents a graph query counts, and where their callers and callees may be found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from .engine import Engine, load_query
from .times import NEARBY_S

__all__ = ["Scope", "in_minutes", "in_traces", "runs"]

_ROWS, _OWNERS, _ALONE = load_query("graph_rows"), load_query("owners"), load_query("alone")
# A subsegment can come embedded and alone: one entity, complete where either is.
_ONE_OF_EACH = "ORDER BY class = 4 LIMIT 1 BY trace_id, entity"
_NO_OWNERS = "/*owners*/ SELECT trace_id, id, name, type FROM segments WHERE false"
_MINUTES = "toUnixTimestamp(minute) IN {minutes:Array(UInt32)}"
_BETWEEN = "minute >= toDateTime({low}, 'UTC') AND minute <= toDateTime({high}, 'UTC')"
_TRACES = "trace_id IN (SELECT CAST(unhex(arrayJoin({ids:Array(String)})) AS FixedString(16)))"


class Scope(msgspec.Struct, frozen=True):
    """Predicates: of the documents to count, of those that may be their relatives, of the rows to give, of minutes."""

    documents: str
    nearby: str
    rows: str
    when: str
    """Like that of the documents, but of what knows nothing of traces."""

    def sql(self, engine: Engine, parameters: Mapping[str, object]) -> str:
        """Give SQL for the rows; whose work a subsegment is, is looked for only where one was sent alone."""
        alone = engine.rows(_Found, _ALONE.replace("/*nearby*/ true", self.nearby), **parameters)
        rows = _ROWS.replace(_NO_OWNERS, _OWNERS).replace("/*one_of_each*/", _ONE_OF_EACH) if alone else _ROWS
        return (
            rows.replace("/*scope*/ true", self.documents)
            .replace("/*nearby*/ true", self.nearby)
            .replace("/*row_scope*/ true", self.rows)
        )


class _Found(msgspec.Struct):
    found: int


def in_minutes(minutes: Sequence[int], members: str = "") -> Scope:
    """Give the scope of some minutes, bound as the parameter ``minutes``; ``members`` narrows the documents."""
    low, high = min(minutes), max(minutes)
    when = f"{_BETWEEN.format(low=low, high=high)} AND {_MINUTES}"
    documents = f"{when}{members}"
    around = _BETWEEN.format(low=low - NEARBY_S, high=high + NEARBY_S)
    of_scope = f"SELECT trace_id FROM segments WHERE account = {{account:String}} AND {documents}"
    rows = "toUnixTimestamp(row_minute) IN {minutes:Array(UInt32)}"
    return Scope(documents, f"{around} AND trace_id IN ({of_scope})", rows, when)


def in_traces() -> Scope:
    """Give the scope of some traces, bound as the parameter ``ids``."""
    return Scope(_TRACES, _TRACES, "true", "true")


def runs(minutes: Iterable[int], longest: int) -> list[list[int]]:
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
