"""The store, opened: what reads, what writes, what keeps the roll-up, over one engine."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from radiograph.clock import Clock
from radiograph.errors import ServiceUnavailable
from radiograph.filters.tree import Expression
from radiograph.model.windows import FoundTrace, TraceWindow
from radiograph.telemetry import log

from .engine import Engine
from .explore import TraceQuestions
from .graphs import GraphReader
from .keeper import MinuteKeeper
from .links import LinkedMinutes, Links
from .members import GroupsOf, Members
from .migrate import migrate
from .minutes import Minutes
from .partitions import drop_before
from .spans import SpanQuestions
from .traces import ClickHouseTraces
from .writer import ClickHouseWriter

__all__ = ["ClickHouseStore", "open_store"]


_PAGE, _MOST_MATCHING_S = 5_000, 20


class _One(msgspec.Struct):
    one: int


class ClickHouseStore(ClickHouseTraces, GraphReader, TraceQuestions, SpanQuestions):
    """A :class:`~radiograph.storage.interfaces.TraceReader`, with its writer and its keeper."""

    def __init__(self, directory: Path, clock: Clock, groups: GroupsOf = lambda _: []) -> None:
        """Open; ``groups`` tells which groups traces are matched against as their minutes are counted.

        Raises: ServiceUnavailable, RuntimeError when the engine cannot open what is there.
        """
        self.engine = Engine(directory)
        try:
            migrate(self.engine)
            minutes, linked = Minutes(), LinkedMinutes(self.engine)
            ClickHouseTraces.__init__(self, self.engine)
            members, links = groups_and_links(self, self.engine, linked)
            GraphReader.__init__(self, self.engine, minutes, clock, members, links)
            TraceQuestions.__init__(self, self.engine, self)
            SpanQuestions.__init__(self, self.engine)
            own = self.engine.aside()
            members, links = groups_and_links(ClickHouseTraces(own), own, linked)
            self.keeper = MinuteKeeper(own, minutes, clock, members, links, groups)
            self.writer = ClickHouseWriter(self.engine, self.keeper.written, linked.written)
        except BaseException:
            # The engine holds on to a directory that has been moved aside: a new one could not be opened.
            self.engine.close()
            raise

    def answers(self) -> bool:
        """Whether the engine answers."""
        try:
            self.engine.rows(_One, "SELECT 1 AS one")
        except ServiceUnavailable:
            return False
        return True

    def let_merge(self, allowed: bool) -> None:
        """Let the engine merge parts, or keep it from doing so."""
        self.engine.execute("SYSTEM START MERGES" if allowed else "SYSTEM STOP MERGES")

    def drop_before(self, before_s: int) -> list[str]:
        """Drop every day wholly before an epoch second; give what went."""
        return drop_before(self.engine, before_s)

    def close(self) -> None:
        """Write nothing more."""
        self.engine.close()


def groups_and_links(traces: ClickHouseTraces, engine: Engine, linked: LinkedMinutes) -> tuple[Members, Links]:
    """Give what knows the traces of groups, and where events came from, asking by this engine."""
    return Members(engine, partial(_matching, traces)), Links(engine, traces.knowing, linked)


def _matching(
    traces: ClickHouseTraces, account: str, start_s: int, end_s: int, expression: Expression
) -> list[FoundTrace]:
    found: list[FoundTrace] = []
    until = time.monotonic() + _MOST_MATCHING_S
    window = TraceWindow(start_s, end_s)
    while True:
        page = traces.traces_in(account, window, _PAGE, expression)
        found += page.found
        if not page.more:
            return found
        if time.monotonic() > until:
            raise ServiceUnavailable(f"an expression takes more than {_MOST_MATCHING_S} s to match: too dear")
        window = msgspec.structs.replace(window, before=page.reached or page.found[-1])


def open_store(
    directory: Path, clock: Clock, begin_anew: Callable[[], None], groups: GroupsOf = lambda _: []
) -> ClickHouseStore:
    """Give the store; ``begin_anew`` is called before an empty one is made: the journal is then applied from its start.

    A store whose files the engine cannot open is moved aside, never deleted. One that opens but does not answer (a
    full disk) stays where it is.

    Raises: RuntimeError when the store cannot be opened.
    """
    soft, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    if soft != resource.RLIM_INFINITY:
        # Measured: the engine commits parts whose files were cut off by the limit.
        raise RuntimeError(f"files are limited to {soft} bytes here (ulimit -f); the store needs 'unlimited'")
    new = not directory.exists()
    if new:
        begin_anew()
    try:
        return ClickHouseStore(directory, clock, groups)
    except ServiceUnavailable as error:
        raise RuntimeError(f"the store in {directory} does not answer, nothing was moved: {error}") from error
    except RuntimeError as error:
        if new:
            raise RuntimeError(f"the store cannot be created in {directory}: {error}") from error
        begin_anew()
        aside = next(
            path for n in range(10_000) if not (path := directory.with_name(f"{directory.name}.broken-{n}")).exists()
        )
        directory.rename(aside)
        log.error("the store cannot be opened (%s): moved to %s, beginning anew from the journal", error, aside.name)
        return ClickHouseStore(directory, clock, groups)
