"""The roll-up, a cache of exact counts: minutes counted whole once quiet, hours summed from them.

What arrives late, for a minute or for the other end of a call, opens it again. ADR 0004 has why no materialised view
does this.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import msgspec

from radiograph.clock import Clock
from radiograph.errors import ServiceUnavailable
from radiograph.model.rows import COMPLETE
from radiograph.telemetry import log

from .engine import Engine, load_query
from .graph_scope import Scope, in_minutes, runs
from .links import Links
from .members import GroupsOf, Members
from .minutes import HOUR_S, Minutes
from .times import NEARBY_S

__all__ = ["GRAPH_COLUMNS", "MinuteKeeper"]

GRAPH_COLUMNS = (
    "minute, kind, caller_name, caller_type, name, type, source, caller_source, active, ok, error, throttle, fault, "
    "total_us, first_us, last_us, buckets, counts, aliases"
)
_QUIET_S, _GRACE_S, _LONGEST_OPEN_S = 5, 15, 120
_MOST_COUNTED_AT_ONCE, _MOST_RUNS_AT_ONCE, _MOST_SUMMED_AT_ONCE = 60, 24, 24
_FOREVER_US = 1 << 62


class _Minute(msgspec.Struct):
    account: str
    minute: int
    sequence: int


class MinuteKeeper:
    """Opens minutes as they are written, counts them once they are quiet, sums the hours that are complete."""

    def __init__(
        self, engine: Engine, minutes: Minutes, clock: Clock, members: Members, links: Links, groups: GroupsOf
    ) -> None:
        self._engine, self._minutes, self._clock = engine, minutes, clock
        self._members, self._links, self._groups = members, links, groups
        self._lock = threading.Lock()
        self._touched: dict[str, dict[int, int]] = {}
        """By account: minutes that have got documents, and the lowest journal sequence of these."""
        # A count that was cut short left rows behind that no version names: they must not come to count.
        self._version = max(self._last("version", "graph_minutes"), self._last("version", "graph_versions"))
        for hour in self._engine.rows(_Minute, load_query("counted_hours")):
            if hour.sequence:
                self._minutes.summed(hour.account, hour.minute, hour.sequence)
            else:
                self._minutes.unsummed(hour.account, hour.minute)
        for one in self._engine.rows(_Minute, load_query("obsolete_minutes")):
            self._minutes.recounted(one.account, {one.minute: one.sequence})
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
        self._look_around(account, dict.fromkeys(minutes, first))

    def _look_around(self, account: str, minutes: Mapping[int, int]) -> None:
        with self._lock:
            known = self._touched.setdefault(account, {})
            for minute, first in minutes.items():
                known[minute] = min(first, known.get(minute, first))

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
            # The rest when it is next asked: whatever else runs by the clock must have its turn.
            for run in runs(ready, _MOST_COUNTED_AT_ONCE)[:_MOST_RUNS_AT_ONCE]:
                self._count_run(account, run)
                self._minutes.close(account, {minute: ready[minute] for minute in run})
                counted += len(run)
        self._sum_hours(now)
        return counted

    def _sum_hours(self, now: float) -> None:
        for account, hour, mark in self._minutes.hours_to_sum(now - _GRACE_S)[:_MOST_SUMMED_AT_ONCE]:
            (newest,) = self._engine.rows(
                _Minute, load_query("newest_version"), account=account, start=hour, end=hour + HOUR_S
            )
            version = newest.sequence
            scope = {"account": account, "hour": hour, "version": version}
            # An insert that failed may have come to pass all the same.
            if not self._engine.rows(_Minute, load_query("hour_is_summed"), **scope):
                self._engine.execute(load_query("sum_hour"), **scope)
            self._minutes.summed(account, hour, version, mark)

    def _count_run(self, account: str, run: list[int]) -> None:
        self._version += 1
        scope = {"account": account, "minutes": run}
        again = {one.minute for one in self._engine.rows(_Minute, load_query("counted_before"), **scope)}
        again |= self._minutes.recounted_of(account, run)
        # Should this fail half way, nothing of it must ever count.
        self._minutes.recounted(account, dict.fromkeys(run, 0))
        # The sequences first: a document written meanwhile is then newer than what the minute says it has.
        sequences = self._engine.rows(_Minute, load_query("minute_sequences"), **scope)
        self._count_rows("", in_minutes(run), scope)
        for group in self._groups(account):
            since = [minute for minute in run if minute + 60 > group.since_s]
            if not since:
                continue
            try:
                self._members.count(account, group, since, self._version)
                condition, bound = self._members.condition(account, group, since)
                self._count_rows(group.arn, in_minutes(since, condition), {**scope, "minutes": since, **bound})
            except ServiceUnavailable as error:  # one group's trouble is not the others'
                log.error("the group %s has no count of %d minutes: %s", group.arn, len(since), error)
        self._engine.insert(
            "graph_versions",
            [
                ("account", "String", [account] * len(sequences)),
                ("minute", "DateTime", [row.minute for row in sequences]),
                ("version", "UInt64", [self._version] * len(sequences)),
                ("sequence", "UInt64", [row.sequence for row in sequences]),
            ],
        )
        self._minutes.recounted(account, dict.fromkeys(again, self._version))
        for minute in set(run) - again:
            self._minutes.swept(account, minute)

    def _count_rows(self, group: str, scope: Scope, parameters: dict[str, Any]) -> None:
        found = [scope.sql(self._engine, parameters)]
        if self._links.among(parameters["account"], parameters["minutes"]):
            found.append(self._links.sql(scope))
        for rows in found:
            self._engine.execute(
                f"INSERT INTO graph_minutes (account, of_group, version, {GRAPH_COLUMNS}) "
                f"SELECT {{account:String}}, {{group:String}}, {{version:UInt64}}, {GRAPH_COLUMNS} FROM ({rows})",
                **{**parameters, "group": group, "version": self._version, "exact": False},
                orphans_until=_FOREVER_US,
            )

    def _open_relatives(self) -> None:
        """Open closed minutes that hold the other end of a call, or of a link, whose one end has just arrived."""
        for account in list(self._touched):
            with self._lock:
                touched = self._touched.pop(account)
            for run in runs(touched, _MOST_COUNTED_AT_ONCE):
                part = {minute: touched[minute] for minute in run}
                since = min(part.values()) - 1
                try:
                    self._open_relatives_of(account, run[0], run[-1], since)
                    self._follow_links(account, run[0], run[-1], since)
                except ServiceUnavailable as error:
                    log.error("calls across %d minutes cannot be looked for, again later: %s", len(run), error)
                    self._look_around(account, part)

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
        self._open(account, [row.minute for row in rows])

    def _follow_links(self, account: str, low: int, high: int, since: int) -> None:
        for found in self._links.look(account, low, high, since):
            # Before they are kept: what is known already would not be found again after a failure.
            closed = {one.minute for one in found}.difference(self._minutes.of(account, 0, 1 << 40))
            self._open(account, sorted(closed))
            self._links.keep(account, found)

    def _open(self, account: str, minutes: list[int]) -> None:
        if minutes:
            self._minutes.touch(account, minutes, self._clock())
            self._engine.execute(load_query("reopen_minutes"), account=account, minutes=minutes)

    def sweep(self) -> None:
        """Delete the rows of versions that no longer count.

        Raises: ServiceUnavailable.
        """
        for table, query in (("graph_minutes", "obsolete_minutes"), ("graph_hours", "obsolete_hours")):
            for row in self._engine.rows(_Minute, load_query(query)):
                self._engine.execute(
                    f"DELETE FROM {table} WHERE account = {{account:String}} "
                    "AND minute = toDateTime({minute:Int64}, 'UTC') "
                    "AND version != {version:UInt64}",
                    account=row.account,
                    minute=row.minute,
                    version=row.sequence,
                )
                if table == "graph_minutes":
                    self._engine.execute(
                        "DELETE FROM group_traces WHERE account = {account:String} "
                        "AND minute = toDateTime({minute:Int64}, 'UTC') AND version != {version:UInt64}",
                        account=row.account,
                        minute=row.minute,
                        version=row.sequence,
                    )
                    self._minutes.swept(row.account, row.minute)
