"""Datagrams off a socket, some hundred at a time, on the event loop.

Every turn costs a wake-up, a frame and an ``fdatasync``. So a turn that emptied the socket is followed by a pause in
which the kernel's buffer gathers more, as long as that buffer is large enough to. Where memory is full they
stay in that buffer, and what does not fit there the kernel drops and counts.

A thread of its own would lose the interpreter's lock at every receiving, and get it back when others are done.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

from radiograph.telemetry import log

__all__ = ["DatagramReceiver"]

_RECEIVE_BUFFER_BYTES = 32 << 20
_SO_RCVBUFFORCE = 33
_MOST_BYTES = 65_536
_MOST_A_TURN, _MOST_BYTES_A_TURN = 512, 512 << 10
_PAUSE_S = 0.015
_FILLS_AT_BYTES_A_S = 1 << 30
"""Faster than datagrams come in: in a pause, a buffer must not get full."""
_AGAIN_S = 1.0
_MOST_TO_STOP_S = 1.0


class DatagramReceiver:
    """A bound socket, and what is done with what comes."""

    def __init__(
        self, host: str, port: int, take: Callable[[list[bytes]], None], has_room: Callable[[], bool] = lambda: True
    ) -> None:
        """Bind; ``take`` gets the datagrams of each turn, and there is none while it ``has_room`` for none.

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
        self._take, self._has_room = take, has_room
        self._next_turn: asyncio.TimerHandle | None = None
        self._is_empty = False
        """As the last turn left it."""
        self._dropped_at_end = 0

    def _enlarge(self) -> None:
        # Privileged processes may pass the system's limit; the others get as much of 32 MiB as it allows.
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, _SO_RCVBUFFORCE, _RECEIVE_BUFFER_BYTES)
        except OSError:
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES)

    def start(self) -> None:
        """Begin to receive."""
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._wake)

    def _wake(self) -> None:
        self._loop.remove_reader(self._socket)
        self._turn()

    def _turn(self) -> None:
        if not self._has_room():
            pause_s = self._pause_s
        elif self._take_some():
            pause_s = self._pause_s if self._is_empty else 0.0
        elif not self._is_empty:
            pause_s = _AGAIN_S
        else:
            self._next_turn = None
            self._loop.add_reader(self._socket, self._wake)
            return
        self._next_turn = self._loop.call_later(pause_s, self._turn)

    def _take_some(self) -> int:
        datagrams = self._drain()
        if datagrams:
            try:
                self._take(datagrams)
            except Exception:  # the edge: a fault in one turn must not end receiving
                log.exception("%d datagrams could not be handled", len(datagrams))
        return len(datagrams)

    def _drain(self) -> list[bytes]:
        receive, buffer, datagrams, size = self._socket.recv_into, self._buffer, list[bytes](), 0
        self._is_empty = False
        try:
            while len(datagrams) < _MOST_A_TURN and size < _MOST_BYTES_A_TURN:
                length = receive(buffer)
                datagrams.append(bytes(buffer[:length]))
                size += length
        except BlockingIOError:
            self._is_empty = True
        except OSError as error:
            log.error("receiving failed, again in %g s: %s", _AGAIN_S, error)
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

    async def stop(self) -> None:
        """Take what has already arrived; a flood that goes on does not keep the daemon from stopping."""
        if self._next_turn is not None:
            self._next_turn.cancel()
        self._loop.remove_reader(self._socket)
        until = time.monotonic() + _MOST_TO_STOP_S
        while time.monotonic() < until and not (self._has_room() and self._take_some() == 0):
            await asyncio.sleep(0 if self._has_room() else self._pause_s)
        self.close()

    def close(self) -> None:
        """Close the socket."""
        self._dropped_at_end = self.kernel_drops()
        self._socket.close()
