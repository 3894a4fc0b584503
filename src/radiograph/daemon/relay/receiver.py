"""Datagrams off a socket, some hundred at a time: one thread that empties it in turns.

Every turn costs a wake-up, a frame and a share of an ``fdatasync``. So a turn that found few datagrams is followed by a
pause in which the kernel's buffer gathers more, as long as that buffer is large enough to.
"""

from __future__ import annotations

import contextlib
import math
import os
import select
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from radiograph.telemetry import log

__all__ = ["DatagramReceiver"]

_RECEIVE_BUFFER_BYTES = 32 << 20
_SO_RCVBUFFORCE = 33
_MOST_BYTES = 65_536
_MOST_A_TURN, _MOST_BYTES_A_TURN = 512, 4 << 20
_PAUSE_S = 0.01
_FILLS_AT_BYTES_A_S = 1 << 30
"""Faster than datagrams come in: in a pause, a buffer must not get full."""
_MOST_TO_STOP_S = 1.0


class DatagramReceiver:
    """A bound socket and its thread."""

    def __init__(self, host: str, port: int, take: Callable[[list[bytes]], None]) -> None:
        """Bind; ``take`` gets the datagrams of each turn.

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
        buffer_bytes = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF)
        self._pause_s = min(_PAUSE_S, buffer_bytes / _FILLS_AT_BYTES_A_S)
        # Received into new space each time, that space would be cut to size later, and the memory be full of ends.
        self._buffer = memoryview(bytearray(_MOST_BYTES))
        self._take = take
        self._dropped_at_end = 0
        self._stop_read, self._stop_write = socket.socketpair()
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
            stopping = self._stop_read.fileno() in ready
            if stopping and until == math.inf:
                # What has arrived by now is taken; a flood that goes on does not keep the daemon from stopping.
                until = time.monotonic() + _MOST_TO_STOP_S
            datagrams = self._drain()
            if datagrams:
                try:
                    self._take(datagrams)
                except Exception:  # the edge: a fault in one turn must not end receiving
                    log.exception("%d datagrams could not be handled", len(datagrams))
            elif stopping:
                return
            if not stopping and len(datagrams) < _MOST_A_TURN // 2:
                time.sleep(self._pause_s)

    def _drain(self) -> list[bytes]:
        receive, buffer, datagrams, size = self._socket.recv_into, self._buffer, list[bytes](), 0
        try:
            while len(datagrams) < _MOST_A_TURN and size < _MOST_BYTES_A_TURN:
                length = receive(buffer)
                datagrams.append(bytes(buffer[:length]))
                size += length
        except BlockingIOError:
            pass
        except OSError as error:
            log.error("receiving failed: %s", error)
        return datagrams

    def kernel_drops(self) -> int:
        """Give how many datagrams the kernel has dropped for want of buffer; 0 where it does not tell."""
        if self._socket.fileno() < 0:
            return self._dropped_at_end
        inode = os.fstat(self._socket.fileno()).st_ino
        for table in ("/proc/net/udp", "/proc/net/udp6"):
            with contextlib.suppress(OSError):
                for line in Path(table).read_text().splitlines()[1:]:
                    fields = line.split()
                    if int(fields[9]) == inode:
                        return int(fields[12])
        return 0

    def stop(self) -> None:
        """Take what has already arrived, then stop; if it was never started, take nothing."""
        if self._socket.fileno() < 0:
            return
        if self._thread.ident is not None:
            self._stop_write.send(b"x")
            self._thread.join()
        self._dropped_at_end = self.kernel_drops()
        for one in (self._socket, self._stop_read, self._stop_write):
            one.close()
