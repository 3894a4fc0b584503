"""The SQL that finds traces in one slice of a window: by a condition on all the documents of each.

First the needs (see :mod:`.truths`) choose traces by single rows, where there are any; then the documents of what is
left are grouped, and the condition is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from radiograph.model.windows import TraceWindow

from .predicates import Condition
from .times import ID_TIME, NEARBY_S, OWN_TIME
from .truths import Need

__all__ = [
    "COUNT_DOCUMENTS",
    "COUNT_TRACES",
    "EARLY_S",
    "FIND_NEWEST",
    "FIND_OWN_TIMES",
    "ROOT",
    "Slice",
    "began",
    "slice_parameters",
    "slice_query",
    "slice_rows",
]

EARLY_S, _DAY_S = 300, 86_400
_COLUMNS = ("trace_id", "trace_time", "id", "start_us", "span_us", "duration_us", "segment", "complete")
ROOT = """
    arrayExcept(arrayDistinct(arrayMap(one -> one.3, below)), {all}) AS missing,
    if(root_sent.1 = 1, root_sent, arrayFirst(one -> has(missing, one.3), arraySort(below)).4) AS root,"""
"""The first segment without a parent, else the first whose parent is not here; of neither, nothing is true."""

_OF_MINUTES = """
FROM segments
WHERE account = {account:String}
  AND minute >= toStartOfMinute(toDateTime({start:Int64}, 'UTC')) AND minute < toDateTime({end:Int64}, 'UTC')"""
COUNT_DOCUMENTS = f"SELECT count() AS one {_OF_MINUTES}"
"""About how many documents begin in a slice: told by the primary key."""
COUNT_TRACES = f"""SELECT count() AS documents, uniqExact(trace_id) AS traces {_OF_MINUTES}
  AND trace_time >= {{start:Int64}} AND trace_time < {{end:Int64}}"""
FIND_NEWEST = """
SELECT toUnixTimestamp(minute) AS one
FROM segments
WHERE account = {account:String}
ORDER BY minute DESC
LIMIT 1"""
FIND_OWN_TIMES = f"SELECT 1 AS one {_OF_MINUTES} AND {OWN_TIME} = 1 LIMIT 1"


class Slice(NamedTuple):
    """``[start, end)`` of a window in epoch seconds, and whether documents have times of their own near it."""

    start_s: int
    end_s: int
    own_times: bool


def slice_query(condition: Condition, window: TraceWindow, part: Slice) -> str:
    """Give the query of ``id``, ``time`` and ``sure`` (the documents need not be asked), newest first."""
    lower, upper, needs = condition.truth
    sampled = "" if window.share >= 1.0 else " AND sipHash64(trace_id) < {share:UInt64}"
    chosen = "".join(
        f"\n    AND trace_id IN ({slice_rows(window, part, ['trace_id'], sampled, need)})" for need in needs
    )
    aggregates = "".join(f",\n    {sql} AS {name}" for name, sql in condition.aggregates.items())
    root = ROOT.format(all=condition.all_ids) if "root_sent" in condition.aggregates else ""
    columns = sorted({*_COLUMNS, *condition.columns})
    before = "" if window.before is None else "AND (time, id) < ({before_time:Int64}, {before_id:String})"
    source = slice_rows(window, part, columns, sampled, chosen=chosen)
    source = source.removeprefix(f"SELECT {', '.join(columns)} FROM") if " UNION ALL " not in source else f"({source})"
    return f"""
SELECT
    lower(hex(trace_id)) AS id, time,{root}
    documents != entities AS torn, NOT torn AND {lower} AS sure
FROM (
    SELECT
    trace_id, toUInt32({began(window, part)}) AS time, count() AS documents, uniqExact(id) AS entities{aggregates}
    FROM {source}
    GROUP BY trace_id
)
WHERE time >= {{start:Int64}} AND time < {{end:Int64}} AND (torn OR {upper}) {before}
ORDER BY time DESC, id DESC
LIMIT {{most:UInt64}}"""


def slice_rows(
    window: TraceWindow,
    part: Slice,
    columns: Sequence[str],
    sampled: str,
    need: Need | None = None,
    chosen: str = "",
) -> str:
    """Give the documents of a slice's traces: those that meet a need, or all of traces that are ``chosen``."""
    table = "segments FINAL" if need is None else "segments"
    if need is not None:
        chosen = f" AND {need.sql}"
    met = "" if need is None or need.hint == "1" else f"AND {need.hint}"
    begin = (
        f"SELECT {', '.join(columns)} FROM {table} PREWHERE account = {{account:String}}{sampled}{chosen}\n    WHERE"
    )
    since = "minute >= toStartOfMinute(toDateTime({earliest:Int64}, 'UTC'))"
    within = "trace_time >= {start:Int64} AND trace_time < {end:Int64}"
    if window.kind != "TraceId":
        ended = _ended(window.kind)
        return f"""{begin} {since} {met}
      AND trace_id IN (SELECT trace_id FROM segments WHERE account = {{account:String}} AND {since}
                         AND {ended} >= {{start:Int64}} AND {ended} < {{end:Int64}} AND {_matched(window.kind)})"""
    regular = f"{begin} {since} AND {within} {met}"
    if not part.own_times:
        return regular
    return f"""{regular}
    UNION ALL {begin} {OWN_TIME} = 1 AND NOT ({within}) {met}
      AND minute >= toDateTime({{nearby_from:Int64}}, 'UTC') AND minute <= toDateTime({{nearby_to:Int64}}, 'UTC')"""


def began(window: TraceWindow, part: Slice) -> str:
    """Give the time that puts a trace into the window, as an aggregate of its documents."""
    if window.kind != "TraceId":
        return f"maxIf({_ended(window.kind)}, {_matched(window.kind)} AND {_ended(window.kind)} < {{last:Int64}})"
    return (
        f"if(countIf(trace_time = {ID_TIME}) > 0, any({ID_TIME}), min(trace_time))"
        if part.own_times
        else "any(trace_time)"
    )


def _ended(kind: str) -> str:
    return f"toUInt32(intDiv(start_us + {'duration_us' if kind == 'Service' else 'span_us'}, 1000000))"


def _matched(kind: str) -> str:
    return "(segment AND complete)" if kind == "Service" else "1"


def slice_parameters(account: str, window: TraceWindow, part: Slice) -> dict[str, object]:
    """Give what the query of a slice needs to have bound, but for the condition's and ``most``."""
    before = window.before
    cut = {} if before is None else {"before_time": before.time_s, "before_id": before.trace_id[2:].replace("-", "")}
    return cut | {
        "account": account,
        "start": part.start_s,
        "end": part.end_s,
        "last": window.end_s,
        "earliest": part.start_s - (EARLY_S if window.kind == "TraceId" else _DAY_S),
        "nearby_from": part.start_s - NEARBY_S,
        "nearby_to": part.end_s + NEARBY_S,
        "share": int(window.share * 2**64),
    }
