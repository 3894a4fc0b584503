"""The process with the sockets and the journal. Parts start in order, and stop in reverse.

Documents are taken from the first moment: the journal and the ways in open before the store, which takes a while.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

import uvicorn
import uvloop

from radiograph.api.asked import Asked
from radiograph.api.gate import facts_of
from radiograph.api.http import Api, Health
from radiograph.api.rated import RatedGate
from radiograph.api.replays import Replays
from radiograph.api.streams import Streams
from radiograph.asgi import Headers
from radiograph.auth.actions import SPANS
from radiograph.auth.caller import authorize
from radiograph.clock import Clock, wall_clock
from radiograph.config import Config, is_loopback
from radiograph.console import ConsoleFiles
from radiograph.daemon import UdpReceiver
from radiograph.errors import ApiError, ServiceUnavailable
from radiograph.ingest import Door, SpanDoor
from radiograph.jobs import Job, Scheduler
from radiograph.journal import AppliedMark, Journal, JournalLimits
from radiograph.lock import DirectoryLock
from radiograph.segments.decode import Limits
from radiograph.segments.otel import Annotated
from radiograph.segments.redact import Redactor
from radiograph.telemetry import Counters, configure_logging, log

from .about import About
from .auditing import OpenAudit
from .child import StoreProcess
from .http_limits import HttpConfig, HttpLimits
from .identities import OpenIdentities
from .keys import OpenKeys
from .shop import DemoShop
from .spans import SpanWays
from .tls import open_tls

__all__ = ["Server", "serve"]

_DRAIN_S = 5
_BACKLOG = 2048
_USES_S, _CERTIFICATE_S = 60.0, 2.0
_HSTS = ("strict-transport-security", "max-age=31536000")
_XRAY = frozenset(["xray"])
_SWITCH_INTERVAL_S = 0.001


class Server:
    """A running Radiograph: everything between its sockets and its journal; the store has a process of its own."""

    def __init__(self, config: Config, clock: Clock = wall_clock) -> None:
        """Open the journal and bind the sockets.

        Raises: DirectoryInUse, OSError when an address is taken.
        """
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
        self.tls = open_tls(config, counters)
        try:
            self.http = _bind(config.host, config.port)
        except OSError as error:
            raise OSError(f"{config.host}, TCP port {config.port}: {error}; --port chooses another") from error
        self._undo.append(self.http.close)
        self.port: int = self.http.getsockname()[1]
        self._applied = _applied_before(config)
        self.identities = OpenIdentities(config, self._clock)
        self._undo.append(self.identities.close)
        keys = OpenKeys(config, self.identities.master, self._clock)
        self._undo.append(keys.close)
        self.journal = Journal(config.data / "journal", _journal_limits(config), counters, self._applied, keys.ring)
        self.store = StoreProcess(config, counters, lambda: self.journal.durable_sequence, self._on_applied)
        self._undo.append(self.store.stop)
        self._undo.append(self.journal.close)
        self.journal.on_grown = self.store.grown
        limits = Limits(max_age_s=config.retention_days * 86_400.0)
        door = Door(self.journal, self._clock, limits, counters, config.quotas.segments_per_s, _redactor(config))
        spans = SpanDoor(door, self._clock, limits, _annotated(config), counters)
        self._gate = RatedGate(self.identities.gate, config.most_requests_per_s, config.most_refusals_per_s)
        self.audit = OpenAudit(config, "front", self.identities, self._clock, counters)
        self._undo.append(self.audit.close)
        is_required = config.auth == "required"
        self.first_key = self.identities.first_administrator() if is_required else None
        jobs = [Job("uses", _USES_S, self.identities.callers.write_uses)]
        if self.tls is not None:
            jobs.append(Job("certificate", _CERTIFICATE_S, self.tls.look_again))
        uses = Scheduler(jobs, counters)
        uses.start()
        self._undo.append(uses.stop)
        self.udp = _bind_udp(config, self.http, door, spans, counters)
        self._undo.append(self.udp.stop)
        self.spans = SpanWays(config, spans, self._whose_spans, counters, _bind, self.tls)
        self._undo.append(self.spans.stop)
        self.udp.start()
        self.spans.start()
        self.store.start()
        any_host = config.insecure_open or is_required
        login = self.identities.login(self._ask, self.audit.auditor) if is_required else None
        self.demo = DemoShop(config.account, door, self._clock, self.leaving)
        self._undo.append(self.demo.stop)
        ports = (self.port, self.udp.port, self.spans.grpc_port, self.spans.http_port)
        about = About(config, self._gate, login, self.audit.auditor, self.demo, self._clock, ports)
        streams = Streams(
            self._gate,
            config.region,
            self._clock,
            self._ask,
            self._counts,
            login.who if login is not None else lambda _: "",
            self.leaving.is_set,
            counters,
            any_host,
            config.account,
            self.audit.auditor,
        )
        self.api = Api(
            self._gate,
            config.region,
            self._clock,
            door,
            self._ask,
            Health(self._not_ready, self._counts),
            {**self.spans.paths, **about.paths, **streams.paths},
            ConsoleFiles(),
            login,
            counters,
            config.most_body_bytes,
            any_host,
            Replays(2 * config.signature_window_s),
            self.audit.auditor,
            config.account,
        )

    def _on_applied(self, sequence: int) -> None:
        self._applied = sequence
        self.journal.applied(sequence, self._clock())

    def _whose_spans(self, asked: Asked) -> str:
        """Give the account that spans are for.

        Raises: Refusal, AccessDeniedException.
        """
        seen = self.audit.auditor.begin(asked)
        try:
            caller = seen.caller = self._gate.admit(asked, _XRAY)
            if not caller.is_local:
                facts = facts_of(asked, self._clock, self.config.region)
                for action in SPANS:
                    authorize(caller, action.name, "*", caller.account, facts)
        except ApiError as error:
            seen.error = error
            raise
        finally:
            self.audit.auditor.tell(asked, seen)
        return caller.account

    async def _ask(self, asked: Asked) -> tuple[int, Headers, bytes]:
        answer = await self.store.ask(asked)
        return answer.status, answer.headers, answer.body

    async def _not_ready(self) -> str | None:
        try:
            return (await self.store.look()).not_ready
        except ServiceUnavailable as error:
            return error.message

    async def _counts(self) -> dict[str, int]:
        """Give every counter, and the gauges that complete them."""
        counts = self.counters.snapshot() | {
            "journal.sequence": self.journal.durable_sequence,
            "journal.unapplied_bytes": self.journal.unapplied_bytes,
            "applier.behind": self.journal.durable_sequence - self._applied,
            "udp.dropped.kernel": self.udp.kernel_drops(),
        }
        try:
            theirs = (await self.store.look()).counters
        except ServiceUnavailable:
            theirs = {}
        return dict(sorted((counts | {name: counts.get(name, 0) + count for name, count in theirs.items()}).items()))

    def stop(self) -> None:
        """Stop the ways in, have everything acknowledged carried over, close everything."""
        while self._undo:
            self._undo.pop()()


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
    gc.freeze()
    # Decoded documents are no cycles: collecting them over and over costs a third of the ingest.
    gc.set_threshold(200_000, 50, 50)
    # A short turn keeps the sockets responsive while another thread computes.
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    _raise_file_limit()
    server = Server(config)
    try:
        uvloop.run(_run(server, lambda: on_ready(server, time.monotonic() - began)))
    finally:
        server.stop()


async def _run(server: Server, ready: Callable[[], None]) -> None:
    tls = server.tls
    http = _Http(
        HttpConfig(
            server.spans.beside(server.api),
            HttpLimits.of(server.config),
            server.counters,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_DRAIN_S,
            h11_max_incomplete_event_size=None,
            ssl_context_factory=None if tls is None else lambda _config, _default: tls.context,
            headers=[] if tls is None else [_HSTS],
        )
    )
    loop = asyncio.get_running_loop()
    failures: list[BaseException] = []

    def wait_open() -> None:
        try:
            server.store.wait_open()
        except RuntimeError as error:
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
    if tls is not None:
        loop.add_signal_handler(signal.SIGHUP, tls.read_again)
    opening = threading.Thread(target=wait_open, name="opening")
    opening.start()
    try:
        await http.serve(sockets=[server.http, server.spans.http])
    finally:
        server.leaving.set()
        server.store.leave()
        await asyncio.to_thread(opening.join)
    if failures:
        raise failures[0]


def _raise_file_limit() -> None:
    """Have as many files open as the system lets us: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with suppress(OSError, ValueError):  # then it stays as it was
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


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


def _bind_udp(config: Config, http: socket.socket, door: Door, spans: SpanDoor, counters: Counters) -> UdpReceiver:
    # Nobody signs datagrams: where callers have to, they are this machine's alone.
    host = "127.0.0.1" if config.auth == "required" and not is_loopback(config.host) else config.host
    # SDKs take one daemon address for both: where the ports are free to choose, choose the same.
    if config.udp_port == 0:
        try:
            return UdpReceiver(host, http.getsockname()[1], config.account, door, spans, counters)
        except OSError:
            log.info("UDP port %d is taken: any other", http.getsockname()[1])
    try:
        return UdpReceiver(host, config.udp_port, config.account, door, spans, counters)
    except OSError as error:
        raise OSError(f"{host}, UDP port {config.udp_port}: {error}; --udp-port chooses another") from error


def _applied_before(config: Config) -> int:
    """Give what the mark says that a predecessor applied; from here on it is the second process's to write."""
    mark = AppliedMark(config.data / "applied")
    mark.close()
    return mark.sequence


def _redactor(config: Config) -> Redactor | None:
    return None if config.redact == "off" else Redactor(tuple(config.redact_keys.split(",")))


def _annotated(config: Config) -> Annotated:
    keys = frozenset(key.strip() for key in config.otlp_annotations.split(",") if key.strip())
    return Annotated(every="*" in keys, keys=keys - {"*"})


def _journal_limits(config: Config) -> JournalLimits:
    return JournalLimits(
        file_bytes=config.journal_file_bytes,
        unapplied_bytes=config.journal_unapplied_bytes,
        min_free_bytes=config.min_free_bytes,
        retain_s=config.journal_retain_hours * 3600,
        retain_bytes=config.journal_retain_bytes,
    )
