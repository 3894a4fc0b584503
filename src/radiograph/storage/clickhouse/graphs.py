"""Nodes and edges: closed hours and minutes from the roll-up, open minutes from the documents, in one answer."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from radiograph.clock import Clock
from radiograph.model.graph_rows import EDGE, RESPONSE, GraphRow, NodeKey
from radiograph.storage.interfaces import TraceGroup

from .engine import Engine
from .graph_scope import in_minutes, in_traces, runs
from .links import Links
from .members import Members
from .minutes import HOUR_S, Minutes
from .sums import Asked, Sums
from .times import NEARBY_S
from .traces import hex_id

__all__ = ["GraphReader"]

_CALLER_DELAY_S = 20
_FOREVER_US = 1 << 62
_GRAPH_ROWS = "SELECT * REPLACE (toUnixTimestamp(minute) AS minute)"
_ANY, _CLIENT = NodeKey(""), "client"


class GraphReader:
    """The part of a :class:`~radiograph.storage.interfaces.TraceReader` that knows the graph."""

    def __init__(self, engine: Engine, minutes: Minutes, clock: Clock, members: Members, links: Links) -> None:
        self._engine, self._minutes, self._clock = engine, minutes, clock
        self._members, self._links = members, links
        self._sums = Sums(engine)

    def graph(self, account: str, start_s: int, end_s: int, group: TraceGroup | None = None) -> list[GraphRow]:
        """Give nodes and edges of a window's minutes; see the Protocol."""
        return self._window(account, start_s, end_s, 0, "true", {}, group)

    def matched(self, account: str, group_arn: str, start_s: int, end_s: int) -> dict[int, int]:
        """Give how many traces matched a group, by minute; see the Protocol."""
        return self._members.per_minute(account, group_arn, start_s, end_s)

    def series(
        self,
        account: str,
        start_s: int,
        end_s: int,
        period_s: int,
        caller: NodeKey | None,
        callee: NodeKey | None,
        group: TraceGroup | None = None,
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
        # What only its callers know, and the client, are of no account.
        for node, column, there in ((callee, "source", "active"), (caller, "caller_source", "caller_type != 'client'")):
            if node.account:
                names[f"of_{column}"] = node.account
                conditions.append(
                    f"{there} AND if({column} = '', {{account:String}}, {column}) = {{of_{column}:String}}"
                )
        return self._window(account, start_s, end_s, period_s, " AND ".join(conditions), names, group)

    def trace_graph(self, account: str, trace_ids: Sequence[str]) -> list[GraphRow]:
        """Give nodes and edges of these traces alone; see the Protocol."""
        ids = [hex_id(trace_id) for trace_id in trace_ids]
        scope, asked = in_traces(), {"account": account, "ids": ids}
        sql = f"{_GRAPH_ROWS} FROM ({scope.sql(self._engine, asked)})"
        rows = self._engine.rows(GraphRow, sql, **asked, exact=True, orphans_until=_FOREVER_US)
        linked = self._links.sql_of_traces(scope, account, ids)
        if linked is not None:
            sql, bound = linked
            rows += self._engine.rows(GraphRow, f"{_GRAPH_ROWS} FROM ({sql})", **asked, **bound, exact=True)
        return rows

    def _window(
        self,
        account: str,
        start_s: int,
        end_s: int,
        period_s: int,
        condition: str,
        names: dict[str, str],
        group: TraceGroup | None,
    ) -> list[GraphRow]:
        """Give closed minutes summed by period, and open ones each by itself: whoever asks adds them up."""
        start, end = start_s // 60 * 60, -(-end_s // 60) * 60
        # Asked once: a minute that is counted meanwhile is in the one answer or in the other, never in both.
        view = self._minutes.view(account, start, end, with_hours=period_s % HOUR_S == 0)
        of_group = "" if group is None else group.arn
        asked = Asked(account, of_group, start, end, period_s, condition, tuple(names.items()))
        rows = list(self._sums.of(asked, view))
        for run in runs(view.open, longest=len(view.open)):
            rows += self._open_rows(account, run, period_s, condition, names, group)
        return rows

    def _open_rows(
        self,
        account: str,
        run: list[int],
        period_s: int,
        condition: str,
        names: dict[str, str],
        group: TraceGroup | None,
    ) -> list[GraphRow]:
        members, bound = "", dict[str, object]()
        if group is not None:
            run = [minute for minute in run if minute + 60 > group.since_s]
            if not run:
                return []
            around = self._minutes.of(account, run[0] - NEARBY_S, run[-1] + 60)
            members, bound = self._members.condition(account, group, run, around)
        scope = in_minutes(run, members)
        parameters = {"account": account, "minutes": run, **bound}
        asked = {**parameters, **names, "exact": False}
        sql = f"{_GRAPH_ROWS} FROM ({scope.sql(self._engine, parameters)}) WHERE {condition}"
        until = int((self._clock() - _CALLER_DELAY_S) * 1_000_000)
        found = self._engine.rows(GraphRow, sql, orphans_until=until, **asked)
        if self._links.among(account, run):
            sql = f"{_GRAPH_ROWS} FROM ({self._links.sql(scope)}) WHERE {condition}"
            found += self._engine.rows(GraphRow, sql, **asked)
        return [msgspec.structs.replace(row, minute=_period(row.minute, period_s)) for row in found]


def _period(minute: int, period_s: int) -> int:
    return minute // period_s * period_s if period_s else 0
