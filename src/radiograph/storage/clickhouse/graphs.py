"""Nodes and edges: closed minutes from the roll-up, open ones from the documents, in one answer.

The roll-up is a cache of exact counts. A minute is counted whole once it has gone quiet; what arrives later, for it
or for the other end of a call, opens it again. ADR 0004 has why no materialised view does this.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import msgspec

from radiograph.clock import Clock
from radiograph.errors import ServiceUnavailable
from radiograph.model.graph_rows import EDGE, RESPONSE, GraphRow, NodeKey
from radiograph.model.rows import COMPLETE

from .engine import Engine, load_query
from .graph_scope import NEARBY_S, in_minutes, in_traces, runs
from .minutes import OpenMinutes
from .traces import hex_id

__all__ = ["GraphReader", "MinuteKeeper"]

_QUIET_S, _GRACE_S, _LONGEST_OPEN_S = 5, 15, 120
_MOST_COUNTED_AT_ONCE = 60
_CALLER_DELAY_S = 20
_FOREVER_US = 1 << 62
_ANY, _CLIENT = NodeKey(""), "client"


class GraphReader:
    """The part of a :class:`~radiograph.storage.interfaces.TraceReader` that knows the graph."""

    def __init__(self, engine: Engine, minutes: OpenMinutes, clock: Clock) -> None:
        self._engine, self._minutes, self._clock = engine, minutes, clock
        self._sums, self._sealed = load_query("graph_sums"), load_query("graph_sealed")

    def graph(self, account: str, start_s: int, end_s: int) -> list[GraphRow]:
        """Give nodes and edges of a window's minutes; see the Protocol."""
        return self._window(account, start_s, end_s, 0, "true", {})

    def series(
        self, account: str, start_s: int, end_s: int, period_s: int, caller: NodeKey | None, callee: NodeKey | None
    ) -> list[GraphRow]:
        """Give a node's or an edge's rows by period; see the Protocol."""
        kind = EDGE if callee is None or caller is not None else RESPONSE
        caller = NodeKey("", _CLIENT) if callee is None else caller or _ANY
        callee = callee or _ANY
        wanted = {
            "name": callee.name,
            "type": callee.type,
            "caller_name": caller.name,
            "caller_type": caller.type,
        }
        names = {f"of_{column}": value for column, value in wanted.items() if value}
        conditions = [f"kind = {kind}", *(f"{column} = {{of_{column}:String}}" for column in wanted if wanted[column])]
        return self._window(account, start_s, end_s, period_s, " AND ".join(conditions), names)

    def trace_graph(self, account: str, trace_ids: Sequence[str]) -> list[GraphRow]:
        """Give nodes and edges of these traces alone; see the Protocol."""
        ids = [hex_id(trace_id) for trace_id in trace_ids]
        rows = in_traces().sql(self._engine, {"account": account, "ids": ids})
        sql = self._sums.replace("/*rows*/ SELECT * FROM graph_minutes", rows)
        return self._engine.rows(
            GraphRow, sql, account=account, ids=ids, exact=True, period=0, orphans_until=_FOREVER_US
        )

    def _window(
        self, account: str, start_s: int, end_s: int, period_s: int, condition: str, names: dict[str, str]
    ) -> list[GraphRow]:
        start, end = start_s // 60 * 60, -(-end_s // 60) * 60
        open_minutes = self._minutes.of(account, start, end)
        sources, parameters = [f"SELECT * FROM ({self._sealed}) WHERE {condition}"], dict[str, object](names)
        for n, run in enumerate(runs(open_minutes, longest=len(open_minutes))):
            name = f"minutes_{n}"
            rows = in_minutes(run, name).sql(self._engine, {"account": account, name: run})
            sources.append(f"SELECT * FROM ({rows}) WHERE {condition}")
            parameters[name] = run
        sql = self._sums.replace("/*rows*/ SELECT * FROM graph_minutes", " UNION ALL ".join(sources))
        return self._engine.rows(
            GraphRow,
            sql,
            account=account,
            start=start,
            end=end,
            open=open_minutes,
            exact=False,
            orphans_until=int((self._clock() - _CALLER_DELAY_S) * 1_000_000),
            period=period_s,
            **parameters,
        )


class _Minute(msgspec.Struct):
    account: str
    minute: int
    sequence: int


class MinuteKeeper:
    """Keeps the roll-up current: opens minutes as they are written, counts them once they are quiet."""

    def __init__(self, engine: Engine, minutes: OpenMinutes, clock: Clock) -> None:
        self._engine, self._minutes, self._clock = engine, minutes, clock
        self._lock = threading.Lock()
        self._touched: dict[str, tuple[int, int, int]] = {}
        # A count that was cut short left rows behind that no version names: they must not come to count.
        self._version = max(self._last("version", "graph_minutes"), self._last("version", "graph_versions"))
        uncounted = self._engine.rows(_Minute, load_query("uncounted_minutes"))
        first = 1 + min([self._last("sequence", "graph_versions"), *(minute.sequence - 1 for minute in uncounted)])
        for minute in uncounted:
            self.written(minute.account, frozenset((minute.minute,)), first)

    def _last(self, column: str, table: str) -> int:
        sql = f"SELECT '' AS account, 0 AS minute, max({column}) AS sequence FROM {table}"
        return self._engine.rows(_Minute, sql)[0].sequence

    def written(self, account: str, minutes: frozenset[int], first: int) -> None:
        """Open the minutes of a batch that has just been written; ``first`` is its lowest journal sequence."""
        self._minutes.touch(account, minutes, self._clock())
        self._look_around(account, min(minutes), max(minutes), first)

    def _look_around(self, account: str, low: int, high: int, first: int) -> None:
        with self._lock:
            known_low, known_high, known_first = self._touched.get(account, (low, high, first))
            self._touched[account] = (min(low, known_low), max(high, known_high), min(first, known_first))

    def count(self) -> int:
        """Count every open minute that has gone quiet; give how many.

        Raises: ServiceUnavailable.
        """
        self._open_relatives()
        now = self._clock()
        counted = 0
        for account, known in self._minutes.snapshot().items():
            ready = {
                minute: state.generation
                for minute, state in known.items()
                if minute + 60 + _GRACE_S <= now
                and (state.touched_s + _QUIET_S <= now or state.opened_s + _LONGEST_OPEN_S <= now)
            }
            for run in runs(ready, _MOST_COUNTED_AT_ONCE):
                self._count_run(account, run)
                self._minutes.close(account, {minute: ready[minute] for minute in run})
                counted += len(run)
        return counted

    def _count_run(self, account: str, run: list[int]) -> None:
        self._version += 1
        scope = {"account": account, "minutes": run}
        # The sequences first: a document written meanwhile is then newer than what the minute says it has.
        sequences = self._engine.rows(_Minute, load_query("minute_sequences"), **scope)
        rows = in_minutes(run).sql(self._engine, scope)
        self._engine.execute(
            "INSERT INTO graph_minutes (account, minute, version, kind, caller_name, caller_type, name, type, active, "
            "bucket, ok, error, throttle, fault, total_us, first_us, last_us) "
            "SELECT {account:String}, minute, {version:UInt64}, kind, caller_name, caller_type, name, type, active, "
            f"bucket, ok, error, throttle, fault, total_us, first_us, last_us FROM ({rows})",
            version=self._version,
            exact=False,
            orphans_until=_FOREVER_US,
            **scope,
        )
        self._engine.insert(
            "graph_versions",
            [
                ("account", "String", [account] * len(sequences)),
                ("minute", "DateTime", [row.minute for row in sequences]),
                ("version", "UInt64", [self._version] * len(sequences)),
                ("sequence", "UInt64", [row.sequence for row in sequences]),
            ],
        )

    def _open_relatives(self) -> None:
        """Open closed minutes that hold the other end of a call whose one end has just arrived."""
        for account in list(self._touched):
            with self._lock:
                low, high, first = self._touched.pop(account)
            try:
                self._open_relatives_of(account, low, high, first - 1)
            except ServiceUnavailable:
                self._look_around(account, low, high, first)
                raise

    def _open_relatives_of(self, account: str, low: int, high: int, since: int) -> None:
        rows = self._engine.rows(
            _Minute,
            load_query("related_minutes"),
            account=account,
            since=since,
            complete_since=since + COMPLETE,
            low=low - NEARBY_S,
            high=high + NEARBY_S,
            open=self._minutes.of(account, 0, 1 << 40),
        )
        minutes = [row.minute for row in rows]
        if minutes:
            self._minutes.touch(account, minutes, self._clock())
            self._engine.execute(load_query("reopen_minutes"), account=account, minutes=minutes)

    def sweep(self) -> None:
        """Delete the rows of versions that no longer count.

        Raises: ServiceUnavailable.
        """
        for row in self._engine.rows(_Minute, load_query("obsolete_minutes")):
            self._engine.execute(
                "DELETE FROM graph_minutes WHERE account = {account:String} "
                "AND minute = toDateTime({minute:Int64}, 'UTC') "
                "AND version < {version:UInt64}",
                account=row.account,
                minute=row.minute,
                version=row.sequence,
            )
