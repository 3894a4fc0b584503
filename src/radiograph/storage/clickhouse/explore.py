"""Questions over many traces at once; see :class:`~radiograph.storage.interfaces.explorer.TraceExplorer`."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from radiograph.filters.tree import Everything, Expression
from radiograph.model.rows import COMPLETE
from radiograph.storage.interfaces.explorer import (
    Arrived,
    AttributeRow,
    CellRow,
    Cells,
    Compared,
    ComparedRow,
    FailedDocuments,
    SetRow,
    Tally,
    TraceSelection,
    Window,
)

from .attributes import gather
from .engine import Engine, load_query
from .predicates import compile_condition
from .sample import BLOCKS, Sampler
from .traces import ClickHouseTraces, hex_id
from .truths import Need

__all__ = ["TraceQuestions"]

_MOST_DOCUMENTS, _MOST_GATHERED = 300_000, 60_000
"""Of a sample: where little is gathered of a trace, and where all its attributes are."""
_MOST_COMPARED = 2_000
_MOST_ARRIVED = 1_000
_FAILED = "(error OR fault OR arrayExists(one -> bitAnd(one, 5) != 0, sub_flags))"
_SEQUENCE = f"bitAnd(version, {COMPLETE - 1})"


class _Failed(msgspec.Struct):
    id: str
    many: int


class _One(msgspec.Struct):
    one: int


class _Come(msgspec.Struct):
    id: str
    newest: int
    many: int


class _Told(msgspec.Struct):
    id: str
    sure: int


class TraceQuestions:
    """The part of the store that knows many traces at once."""

    def __init__(self, engine: Engine, traces: ClickHouseTraces) -> None:
        self._engine, self._traces = engine, traces
        self._sampler = Sampler(engine, traces.satisfying, traces.true_times)
        self._heatmap_sql, self._breakdown_sql = load_query("explore_heatmap"), load_query("explore_breakdown")
        self._sets_sql, self._differences_sql = load_query("explore_sets"), load_query("explore_differences")

    def heatmap(self, account: str, window: Window, columns: int) -> Cells:
        """Give a window's traces by when they began and how long they took; see the Protocol."""
        sample = self._sampler.take(account, window, _MOST_DOCUMENTS, blocks=columns * -(-BLOCKS // columns))
        sql = self._heatmap_sql.replace("/*traces*/ traces", sample.traces())
        cells = self._engine.rows(CellRow, sql, **sample.parameters, columns=columns)
        return Cells(cells, sample.share)

    def breakdown(self, account: str, window: Window, attributes: Sequence[str] | None, most: int) -> Tally:
        """Give the most frequent values of attributes; see the Protocol."""
        sample = self._sampler.take(account, window, _MOST_GATHERED)
        gathered, bound = gather(attributes)
        sql = self._breakdown_sql.replace("/*traces*/ traces", sample.traces(gathered.aggregates, gathered.of_root))
        sql = sql.replace("arrayConcat(/*pairs*/ [])", f"arrayConcat({gathered.pairs})")
        rows = self._engine.rows(AttributeRow, sql, **sample.parameters, **bound, most=most)
        count = f"SELECT count() AS one FROM {sample.traces()}"
        (traces,) = self._engine.rows(_One, count, **sample.parameters)
        return Tally(rows, traces.one, sample.share)

    def compare(self, account: str, window: Window, a: TraceSelection, b: TraceSelection | None) -> Compared:
        """Give how two sets differ; see the Protocol."""
        asked = [a.expression, Everything() if b is None else b.expression]
        sample = self._sampler.take(account, window, _MOST_GATHERED, asked)
        of_a, bound_a = _selected(a, 0)
        of_b, bound_b = ("1", {}) if b is None else _selected(b, 1)
        number = f"multiIf({of_a}, 1, {of_b}, 2, 0)"
        parameters: dict[str, object] = {**sample.parameters, **bound_a, **bound_b}
        sql = self._sets_sql.replace("/*traces*/ traces", sample.traces()).replace("/*number*/ 0", number)
        sets = self._engine.rows(SetRow, sql, **parameters)
        counts = {one.number: one.count for one in sets}
        gathered, bound = gather(None)
        sql = self._differences_sql.replace("/*traces*/ traces", sample.traces(gathered.aggregates, gathered.of_root))
        sql = sql.replace("arrayConcat(/*pairs*/ [])", f"arrayConcat({gathered.pairs})")
        rows = self._engine.rows(
            ComparedRow,
            sql.replace("/*number*/ 0", number),
            **parameters,
            **bound,
            all_a=max(counts.get(1, 0), 1),
            all_b=max(counts.get(2, 0), 1),
            most=_MOST_COMPARED,
        )
        return Compared(sets, rows, sample.share)

    def failed(self, account: str, window: Window, service: str | None, most_traces: int) -> FailedDocuments:
        """Give documents of traces with an error or a fault; see the Protocol."""
        of_service = "" if service is None else " AND (name = {service:String} OR NOT segment)"
        need = Need(1, f"({_FAILED}{of_service})")
        sample = self._sampler.take(account, window, _MOST_DOCUMENTS, needs=(need,))
        sql = f"""SELECT lower(hex(trace_id)) AS id, toUInt64(count() OVER ()) AS many
            FROM {sample.traces([("failed_", f"max({need.sql})")])} WHERE failed_
            ORDER BY cityHash64(trace_id, 1) LIMIT {{most:UInt64}}"""
        bound = {} if service is None else {"service": service}
        found = self._engine.rows(_Failed, sql, **sample.parameters, **bound, most=most_traces)
        if not found:
            return FailedDocuments([], 0, sample.share)
        ids = [_trace_id(one.id) for one in found]
        return FailedDocuments(self._traces.documents(account, ids), len(ids), sample.share * len(ids) / found[0].many)

    def arrived(self, account: str, after: int | None, expression: Expression | None, most: int) -> Arrived:
        """Give which traces have come after a place in the order of arrival; see the Protocol."""
        if after is None:
            sql = f"SELECT max({_SEQUENCE}) AS one FROM segments WHERE account = {{account:String}}"
            (newest,) = self._engine.rows(_One, sql, account=account)
            return Arrived([], 0, newest.one)
        sql = f"""SELECT lower(hex(trace_id)) AS id, max({_SEQUENCE}) AS newest, toUInt64(count() OVER ()) AS many
            FROM segments WHERE account = {{account:String}} AND ((version > {{after:UInt64}} AND version < {COMPLETE})
               OR version > {{after:UInt64}} + {COMPLETE})
            GROUP BY trace_id ORDER BY newest DESC LIMIT {{most:UInt64}}"""
        # Whoever comes back after a night is told how many there were, and gets the newest.
        come = self._engine.rows(_Come, sql, account=account, after=after, most=_MOST_ARRIVED)
        if not come:
            return Arrived([], 0, after)
        asked = [_trace_id(one.id) for one in come]
        if expression is not None and not isinstance(expression, Everything):
            holding = self._holding(account, asked, expression)
            asked = [id_ for id_ in asked if id_ in holding]
        dropped = len(asked[most:]) + come[0].many - len(come)
        return Arrived(asked[:most], dropped, come[0].newest)

    def _holding(self, account: str, trace_ids: Sequence[str], expression: Expression) -> set[str]:
        """Give those of some traces that satisfy an expression, by their columns where these can tell."""
        condition = compile_condition(expression)
        sql = self._sampler.told_of_traces(condition)
        ids = [hex_id(trace_id) for trace_id in trace_ids]
        told = self._engine.rows(_Told, sql, account=account, ids=ids, **condition.parameters)
        unsure = [_trace_id(one.id) for one in told if not one.sure]
        true = self._traces.satisfying(account, unsure, expression) if unsure else set[str]()
        return {_trace_id(one.id) for one in told if one.sure} | true


def _selected(selection: TraceSelection, number: int) -> tuple[str, dict[str, object]]:
    """Give whether a trace is in a set, as SQL, and what to bind."""
    bounds = {
        "time >= {{}}": selection.start_s,
        "time < {{}}": selection.end_s,
        "took_us / 1e6 >= {{}}": selection.min_s,
        "took_us / 1e6 < {{}}": selection.max_s,
    }
    parts, bound = [f"other_{number}"], dict[str, object]()
    for n, (sql, value) in enumerate(bounds.items()):
        if value is not None:
            bound[f"bound_{number}_{n}"] = float(value)
            parts.append(sql.replace("{{}}", f"{{bound_{number}_{n}:Float64}}"))
    return f"({' AND '.join(parts)})", bound


def _trace_id(digits: str) -> str:
    return f"1-{digits[:8]}-{digits[8:]}"
