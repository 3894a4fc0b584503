"""A daemon, assembled: the parts start in order, and stop in reverse."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from radiograph import __version__
from radiograph.clock import Clock, wall_clock
from radiograph.config import ConfigError, is_loopback
from radiograph.journal import AppliedMark, Journal, JournalLimits
from radiograph.lock import DirectoryLock
from radiograph.telemetry import Counters, log

from .courier import Courier
from .credentials import CredentialChain, region_of_profile
from .delivery import Delivery
from .endpoint import proxy_from, read_endpoint, tls_context
from .intake import Intake
from .metadata import Ec2Metadata
from .outage import Outage
from .patience import Patience
from .proxy import SigningProxy
from .receiver import DatagramReceiver
from .reports import Reports, who_am_i
from .service import Service, user_agent
from .settings import Address, Settings
from .tally import Tally
from .where import endpoint_of, region_for

__all__ = ["Daemon", "serve"]

_BACKLOG = 512
_USUAL_BUFFER_MB, _MOST_FILE_BYTES = 3, 16 << 20
_SEND_ON_S = 5.0


class Daemon:
    """Everything between a daemon's sockets and the service."""

    def __init__(
        self, settings: Settings, environment: Mapping[str, str] = os.environ, clock: Clock = wall_clock
    ) -> None:
        """Open the journal and bind the sockets.

        Raises: ConfigError, DirectoryInUse, OSError when the directory cannot be written.
        """
        self._settings, self._environment, self._clock = settings, environment, clock
        self._undo: list[Callable[[], None]] = []
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        settings, clock = self._settings, self._clock
        # The sockets come first: what is sent while a long journal is read waits in the kernel.
        listening = self._listen()
        self.udp = self._bind_udp()
        metadata = Ec2Metadata(self._environment)
        service = self._service(metadata)
        self.url = service.endpoint.url
        lock = DirectoryLock(Path(settings.data))
        self._undo.append(lock.release)
        mark = AppliedMark(Path(settings.data) / "sent")
        self._undo.append(mark.close)
        limits, counters, tally = _limits(settings), Counters(), Tally()
        self._journal = Journal(Path(settings.data) / "journal", limits, counters, mark.sequence)
        self._undo.append(self._journal.close)
        self._outage = Outage()
        self._delivery = Delivery(service, Patience(), self._outage, tally)
        self._courier = Courier(self._journal, mark, self._delivery.deliver, settings.concurrency, clock, counters)
        on_disk = settings.journal_bytes - 2 * limits.file_bytes
        in_memory = (settings.buffer_mb or _USUAL_BUFFER_MB) << 20
        self._intake = Intake(self._journal, on_disk, in_memory, self._courier.give_up_oldest, clock, tally)
        self._reports = Reports(
            service,
            tally,
            lambda: who_am_i(settings.resource_arn, self._environment, None if settings.local_mode else metadata),
            lambda: self._courier.behind,
            self.udp.kernel_drops,
            clock,
        )
        self.proxy = SigningProxy(service, listening, clock)

    def _service(self, metadata: Ec2Metadata) -> Service:
        settings = self._settings
        region = region_for(settings, self._environment, metadata, region_of_profile)
        url = settings.endpoint or endpoint_of(region)
        endpoint = read_endpoint(url, proxy_from(settings.proxy_address, self._environment, url))
        log.info("Using region: %s", region)
        log.info("Using X-Ray endpoint: %s", url)
        if endpoint.port == self.tcp.port and (is_loopback(endpoint.host) or endpoint.host == self.tcp.host):
            raise ConfigError(f"the endpoint {endpoint.url} is this daemon itself; name the server that it sends to")
        verify = not settings.no_verify_ssl
        return Service(
            endpoint,
            region,
            CredentialChain(region, settings.role_arn, settings.proxy_address, verify),
            tls_context(verify, self._environment),
            self._clock,
            user_agent(self._environment),
        )

    def _listen(self) -> socket.socket:
        wanted = self._settings.tcp
        family = socket.AF_INET6 if ":" in wanted.host else socket.AF_INET
        one = socket.socket(family, socket.SOCK_STREAM)
        self._undo.append(one.close)
        try:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            one.bind((wanted.host, wanted.port))
            one.listen(_BACKLOG)
        except OSError as error:
            raise ConfigError(f"TCP {wanted} cannot be bound: {error}; choose another address by --bind-tcp") from error
        one.setblocking(False)
        self.tcp = Address(*one.getsockname()[:2])
        if not is_loopback(self.tcp.host):
            log.warning(
                "whoever reaches TCP %s can ask X-Ray anything in our name: keep others off that port", self.tcp
            )
        return one

    def _bind_udp(self) -> DatagramReceiver:
        wanted = self._settings.udp
        # SDKs take one address for both: where the ports are free to choose, choose the same.
        for port in {wanted.port or self.tcp.port: None, wanted.port: None}:
            try:
                receiver = DatagramReceiver(
                    wanted.host, port, lambda datagrams: self._intake.take(datagrams), lambda: self._intake.has_room()
                )
            except OSError as error:
                problem = error
            else:
                self._undo.append(receiver.close)
                return receiver
        raise ConfigError(f"UDP {wanted} cannot be bound: {problem}; choose another address by --bind") from problem

    async def start(self) -> None:
        """Begin to receive and to send."""
        self._courier.start()
        self._reports.start()
        await self.proxy.start()
        self.udp.start()

    async def end(self) -> None:
        """Take what has arrived, send on for a moment, leave the rest on disk."""
        await self.udp.stop()
        await self.proxy.stop()
        await asyncio.to_thread(self._journal.close)
        # Nobody waits for a service that was away a moment ago.
        await self._courier.stop(0.0 if self._outage.is_on else _SEND_ON_S)
        self._delivery.close()
        if self._courier.behind:
            log.info("%d documents stay on disk until the next start", self._courier.behind)
        await self._reports.stop(reachable=not self._outage.is_on)

    def close(self) -> None:
        """Close the journal and the sockets."""
        while self._undo:
            self._undo.pop()()


async def serve(settings: Settings, on_ready: Callable[[Daemon], None]) -> None:
    """Run a daemon until SIGINT or SIGTERM.

    Raises: ConfigError, DirectoryInUse, OSError when it cannot start.
    """
    log.info("Initializing the daemon of Radiograph %s", __version__)
    leaving = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, leaving.set)
    daemon = Daemon(settings)
    gc.freeze()
    # Nothing that is made for every datagram is a cycle.
    gc.set_threshold(200_000, 50, 50)
    try:
        await daemon.start()
        on_ready(daemon)
        await leaving.wait()
        await daemon.end()
    finally:
        daemon.close()
    log.info("The daemon has stopped")


def _limits(settings: Settings) -> JournalLimits:
    return JournalLimits(
        file_bytes=min(_MOST_FILE_BYTES, settings.journal_bytes // 16),
        # What waits in memory is bounded before it comes here.
        pending_bytes=1 << 40,
        unapplied_bytes=settings.journal_bytes,
        # A full disk shows when a file is made; until then what is there can be used.
        min_free_bytes=0,
        retain_s=0.0,
        retain_bytes=0,
    )
