"""Assembly: the one module that knows every room. Parts start in order, and stop in reverse.

Documents are taken from the first moment: the journal and the ways in open before the engine, which takes a while.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import uvicorn
import uvloop

from radiograph.api.context import Context
from radiograph.api.http import Api, Health
from radiograph.api.targets import SamplingTargets
from radiograph.clock import Clock, wall_clock
from radiograph.config import Config
from radiograph.console import ConsoleFiles
from radiograph.daemon import UdpReceiver
from radiograph.errors import ServiceUnavailable
from radiograph.ingest import Applier, Door
from radiograph.jobs import DiskWatch, Job, Scheduler, drop_old_partitions
from radiograph.journal import AppliedMark, Journal, JournalLimits
from radiograph.lock import DirectoryLock
from radiograph.model.graph_rows import GraphRow, NodeKey
from radiograph.model.rows import StoredDocument, StoredSegment
from radiograph.model.windows import TraceWindow, WindowPage
from radiograph.sampling import default_rule
from radiograph.segments.decode import Limits
from radiograph.storage.clickhouse import ClickHouseStore, open_store
from radiograph.storage.documents import SettingsDatabase
from radiograph.storage.interfaces import TraceReader
from radiograph.telemetry import Counters, configure_logging, log

__all__ = ["Server", "serve"]

_DRAIN_S = 5
_BACKLOG = 2048
_SWITCH_INTERVAL_S = 0.001


class Server:
    """A running Radiograph: everything between its sockets and its data directory."""

    def __init__(self, config: Config, clock: Clock = wall_clock) -> None:
        """Open the journal and bind the sockets.

        Raises: ConfigError, DirectoryInUse, OSError when an address is taken.
        """
        config.check()
        self.config, self._clock = config, clock
        self.counters = Counters()
        self._undo: list[Callable[[], None]] = []
        self.leaving = threading.Event()
        """Set once the server has been told to stop."""
        try:
            self._open()
        except BaseException:
            self.stop()
            raise

    def _open(self) -> None:
        config, counters = self.config, self.counters
        lock = DirectoryLock(config.data)
        self._undo.append(lock.release)
        self.http = _bind(config.host, config.port)
        self._undo.append(self.http.close)
        self.port: int = self.http.getsockname()[1]
        self.settings = SettingsDatabase(config.data / "settings.sqlite3")
        self._undo.append(self.settings.close)
        self.settings.add_sampling_rule(config.account, default_rule(config.account, config.region))
        self._mark = AppliedMark(config.data / "applied")
        self._undo.append(self._mark.close)
        self.journal = Journal(config.data / "journal", _journal_limits(config), counters, self._mark.sequence)
        self._undo.append(self.journal.close)
        limits = Limits(max_age_s=config.retention_days * 86_400.0)
        self._door = Door(self.journal, self._clock, limits, counters)
        self.udp = _bind_udp(config, self.http, self._door, counters)
        self.udp.start()
        self._undo.append(self.udp.stop)
        self.traces = _OpeningTraces()
        context = Context(
            account=config.account,
            region=config.region,
            clock=self._clock,
            traces=self.traces,
            settings=self.settings,
            door=self._door,
            targets=SamplingTargets(),
            counters=counters,
        )
        self.api = Api(
            context,
            Health(self.not_ready, self.counts),
            ConsoleFiles(),
            config.most_body_bytes,
            config.api_threads,
            any_host=config.insecure_open,
        )

    def open_store(self) -> None:
        """Open the engine, then carry into it what the journal holds; questions are answered from here on.

        Raises: RuntimeError when the store cannot be opened.
        """
        store = open_store(self.config.data / "store", self._clock, lambda: self._mark.set(0))
        # Each part stops before what it needs, and all of them after the ways in: before the last entry.
        self._undo.insert(-1, store.close)
        self.traces.store = store
        applier = Applier(self.journal, self._mark, store.writer, self._clock, self.counters)
        applier.start()
        self._undo.insert(-1, applier.stop)
        days = self.config.retention_days
        disk = DiskWatch(self.config.data, self.config.min_free_bytes, store.let_merge)
        jobs = Scheduler(
            [
                Job("disk", 2.0, disk.look),
                Job("count", 5.0, store.keeper.count),
                Job("sweep", 600.0, store.keeper.sweep),
                Job("retention", 3600.0, lambda: drop_old_partitions(store.drop_before, self._clock, days)),
            ],
            self.counters,
        )
        jobs.start()
        self._undo.insert(-1, jobs.stop)

    def not_ready(self) -> str | None:
        """Give why questions cannot be answered now, or None."""
        store = self.traces.store
        if store is None:
            return "the store is being opened"
        return None if store.answers() else "the store does not answer"

    def counts(self) -> dict[str, int]:
        """Give every counter, and the gauges that complete them."""
        return self.counters.snapshot() | {
            "journal.sequence": self.journal.durable_sequence,
            "journal.unapplied_bytes": self.journal.unapplied_bytes,
            "applier.behind": self.journal.durable_sequence - self._mark.sequence,
            "udp.dropped.kernel": self.udp.kernel_drops(),
        }

    def before_stop(self, action: Callable[[], None]) -> None:
        """Run ``action`` first of all when the server stops."""
        self._undo.append(action)

    def stop(self) -> None:
        """Stop the ways in, carry over what is acknowledged, close everything."""
        while self._undo:
            self._undo.pop()()


class _OpeningTraces:
    """The store's answers once it is open; before that, 503."""

    def __init__(self) -> None:
        self.store: ClickHouseStore | None = None

    @property
    def _reader(self) -> TraceReader:
        if self.store is None:
            raise ServiceUnavailable("the store is being opened; ask again in a moment")
        return self.store

    def documents(self, account: str, trace_ids: Sequence[str]) -> list[StoredDocument]:
        return self._reader.documents(account, trace_ids)

    def segments(self, account: str, trace_ids: Sequence[str]) -> list[StoredSegment]:
        return self._reader.segments(account, trace_ids)

    def traces_in(self, account: str, window: TraceWindow, limit: int) -> WindowPage:
        return self._reader.traces_in(account, window, limit)

    def graph(self, account: str, start_s: int, end_s: int) -> list[GraphRow]:
        return self._reader.graph(account, start_s, end_s)

    def trace_graph(self, account: str, trace_ids: Sequence[str]) -> list[GraphRow]:
        return self._reader.trace_graph(account, trace_ids)

    def series(
        self, account: str, start_s: int, end_s: int, period_s: int, caller: NodeKey | None, callee: NodeKey | None
    ) -> list[GraphRow]:
        return self._reader.series(account, start_s, end_s, period_s, caller, callee)


class _Http(uvicorn.Server):
    def capture_signals(self) -> Any:
        # Signals are the assembly's: a drained server ends with 0, not by the signal.
        return nullcontext()


def serve(config: Config, on_ready: Callable[[Server, float], None]) -> None:
    """Run a server until SIGINT or SIGTERM; ``on_ready`` gets it and the seconds it took.

    Raises: ConfigError, DirectoryInUse, OSError, RuntimeError when it cannot start.
    """
    began = time.monotonic()
    config.check()
    configure_logging(config.log_level)
    # Decoded documents are no cycles: collecting them over and over costs a third of the ingest.
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    # A short turn keeps the sockets responsive while the applier computes.
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    server = Server(config)
    try:
        uvloop.run(_run(server, lambda: on_ready(server, time.monotonic() - began)))
    finally:
        server.stop()


async def _run(server: Server, ready: Callable[[], None]) -> None:
    http = _Http(
        uvicorn.Config(
            server.api,
            http="httptools",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=_DRAIN_S,
            h11_max_incomplete_event_size=None,
        )
    )
    loop = asyncio.get_running_loop()
    failures: list[BaseException] = []

    def open_store() -> None:
        try:
            server.open_store()
        except BaseException as error:
            failures.append(error)
            loop.call_soon_threadsafe(setattr, http, "should_exit", True)
        else:
            if not http.should_exit:
                ready()

    def leave() -> None:
        server.leaving.set()
        http.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, leave)
    opening = threading.Thread(target=open_store, name="opening")
    opening.start()
    await http.serve(sockets=[server.http])
    await asyncio.to_thread(opening.join)
    server.api.close()
    if failures:
        raise failures[0]


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((host, port))
        one.listen(_BACKLOG)
        one.setblocking(False)
    except OSError:
        one.close()
        raise
    return one


def _bind_udp(config: Config, http: socket.socket, door: Door, counters: Counters) -> UdpReceiver:
    # SDKs take one daemon address for both: where the ports are free to choose, choose the same.
    if config.udp_port == 0:
        try:
            return UdpReceiver(config.host, http.getsockname()[1], config.account, door, counters)
        except OSError:
            log.info("UDP port %d is taken: any other", http.getsockname()[1])
    return UdpReceiver(config.host, config.udp_port, config.account, door, counters)


def _journal_limits(config: Config) -> JournalLimits:
    return JournalLimits(
        file_bytes=config.journal_file_bytes,
        unapplied_bytes=config.journal_unapplied_bytes,
        min_free_bytes=config.min_free_bytes,
        retain_s=config.journal_retain_hours * 3600,
        retain_bytes=config.journal_retain_bytes,
    )
