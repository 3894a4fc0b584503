"""Receives segment documents over UDP: one thread that empties the socket in turns.

Each blocking call gives the interpreter lock away, and a busy applier takes milliseconds to give it back. So the thread
waits once for the socket, then drains it without blocking, and only then works on what it has.
"""

from __future__ import annotations

import contextlib
import math
import os
import select
import socket
import threading
import time
from pathlib import Path

from radiograph.errors import ApiError
from radiograph.ingest import Door, SpanDoor
from radiograph.telemetry import Counters, Seldom, log

from .datagram import BadDatagram, split
from .span_datagram import holds_telemetry, spans_in

__all__ = ["UdpReceiver"]

_RECEIVE_BUFFER_BYTES = 32 << 20
_MOST_BYTES = 65_536
_MOST_A_TURN = 512
_SO_RCVBUFFORCE = 33
_MOST_TO_STOP_S = 1.0


class UdpReceiver:
    """A bound socket and its thread. Everything received is stored or counted: ``udp.received`` =
    ``udp.accepted`` + ``udp.rejected.*`` + ``udp.dropped.*``, besides arrays of documents."""

    def __init__(self, host: str, port: int, account: str, door: Door, spans: SpanDoor, counters: Counters) -> None:
        """Bind.

        Raises: OSError when the address is taken or not ours.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_DGRAM)
        self._enlarge()
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self._socket.setblocking(False)
        self.host, self.port = self._socket.getsockname()[:2]
        self._account, self._door, self._spans, self._counters = account, door, spans, counters
        self._stop_read, self._stop_write = socket.socketpair()
        self._warnings = Seldom()
        self._thread = threading.Thread(target=self._run, name="udp", daemon=True)

    def _enlarge(self) -> None:
        # Privileged processes may pass the system's limit; the others get as much of 32 MiB as it allows.
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _RECEIVE_BUFFER_BYTES)
        except OSError:
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES)

    def start(self) -> None:
        """Begin to receive."""
        self._thread.start()

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        poll.register(self._stop_read, select.POLLIN)
        until = math.inf
        while time.monotonic() < until:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if until == math.inf and self._stop_read.fileno() in ready:
                # What has arrived by now is taken; a flood that goes on does not keep the server from stopping.
                until = time.monotonic() + _MOST_TO_STOP_S
            datagrams = self._drain()
            if datagrams:
                try:
                    self._take(datagrams)
                except Exception:  # the edge: a fault in one turn must not end receiving
                    self._counters.add("udp.dropped.fault", len(datagrams))
                    log.exception("%d datagrams could not be handled", len(datagrams))
            elif self._stop_read.fileno() in ready:
                return

    def _drain(self) -> list[bytes]:
        receive, datagrams = self._socket.recv, []
        try:
            for _ in range(_MOST_A_TURN):
                datagrams.append(receive(_MOST_BYTES))  # noqa: PERF401 - what was received before it ends must stay
        except BlockingIOError:
            pass
        except OSError as error:
            log.error("receiving failed: %s", error)
        return datagrams

    def _take(self, datagrams: list[bytes]) -> None:
        self._counters.add("udp.received", len(datagrams))
        documents: list[bytes] = []
        for datagram in datagrams:
            try:
                document = split(datagram)
                if holds_telemetry(document):
                    self._take_spans(document)
                else:
                    documents.append(document)
            except BadDatagram as bad:
                self._counters.add(f"udp.dropped.{bad.reason}", because=str(bad))
                self._warnings.warning(bad.reason, f"datagram dropped: {bad}")
        if not documents:
            return
        try:
            rejections = self._door.accept(self._account, "udp", documents, None)
        except ApiError as error:
            self._counters.add("udp.dropped.overload", len(documents))
            self._warnings.warning("overload", f"{len(documents)} datagrams dropped: {error}")
            return
        for rejection in rejections:
            self._warnings.warning(rejection.code, f"datagram rejected: {rejection.message}")

    def _take_spans(self, document: bytes) -> None:
        decoded = spans_in(document)
        try:
            refused = self._spans.accept(self._account, "udp", decoded, None)
        except ApiError as error:
            raise BadDatagram("overload", str(error)) from None
        for one in refused:
            self._warnings.warning("span", f"span {one.span} refused: {one.reason}")

    def kernel_drops(self) -> int:
        """Give how many datagrams the kernel has dropped for want of buffer; 0 where it does not tell."""
        for table in ("/proc/net/udp", "/proc/net/udp6"):
            with contextlib.suppress(OSError):
                for line in Path(table).read_text().splitlines()[1:]:
                    fields = line.split()
                    if int(fields[1].rsplit(":", 1)[1], 16) == self.port and int(fields[9]) == self._inode():
                        return int(fields[12])
        return 0

    def _inode(self) -> int:
        return os.fstat(self._socket.fileno()).st_ino

    def stop(self) -> None:
        """Take what has already arrived, then stop."""
        self._stop_write.send(b"x")
        self._thread.join()
        for one in (self._socket, self._stop_read, self._stop_write):
            one.close()
