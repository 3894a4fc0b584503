"""What crosses between the two processes: msgpack messages over a socket pair, each behind its length."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TypeAlias

import msgspec

from radiograph.api.asked import Asked

__all__ = [
    "Answer",
    "Applied",
    "Ask",
    "Begin",
    "Failed",
    "FromBack",
    "FromFront",
    "Grown",
    "Leave",
    "Link",
    "Look",
    "Looked",
    "Opened",
]

_LENGTH = struct.Struct("<I")
_MOST_AT_ONCE = 1 << 20


class Begin(msgspec.Struct, tag=True):
    """To the back, first of all: how to run, and how far the journal reaches."""

    config: bytes
    """A ``Config`` as JSON."""
    durable: int


class Ask(msgspec.Struct, tag=True):
    """To the back: a request of an operation; an Answer of its number follows."""

    number: int
    asked: Asked


class Look(msgspec.Struct, tag=True):
    """To the back: how are you? A Looked of its number follows."""

    number: int


class Grown(msgspec.Struct, tag=True):
    """To the back: the journal is durable up to this sequence."""

    durable: int


class Leave(msgspec.Struct, tag=True):
    """To the back, last of all: carry over everything up to this sequence, then end."""

    durable: int


class Opened(msgspec.Struct, tag=True):
    """To the front: the store is open, questions are answered."""


class Failed(msgspec.Struct, tag=True):
    """To the front, last of all: the store cannot be opened."""

    reason: str


class Answer(msgspec.Struct, tag=True):
    """To the front: an operation's answer, or its error."""

    number: int
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Looked(msgspec.Struct, tag=True):
    """To the front: why questions cannot be answered now, or None; and every counter."""

    number: int
    not_ready: str | None
    counters: dict[str, int]


class Applied(msgspec.Struct, tag=True):
    """To the front: the store has everything up to this sequence."""

    sequence: int


FromFront: TypeAlias = Begin | Ask | Look | Grown | Leave
FromBack: TypeAlias = Opened | Failed | Answer | Looked | Applied


class Link:
    """One end. Any thread may send; one thread receives."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._sending = threading.Lock()
        self._encode = msgspec.msgpack.Encoder().encode
        self._decoder: msgspec.msgpack.Decoder[FromFront | FromBack] = msgspec.msgpack.Decoder(FromFront | FromBack)

    def send(self, message: FromFront | FromBack) -> None:
        """Send.

        Raises: OSError when the other end is gone.
        """
        data = self._encode(message)
        with self._sending:
            self._socket.sendall(_LENGTH.pack(len(data)) + data)

    def receive(self) -> FromFront | FromBack | None:
        """Wait for a message; None when the other end is gone."""
        try:
            head = self._exactly(_LENGTH.size)
            data = self._exactly(_LENGTH.unpack(head)[0]) if head else b""
        except OSError:
            return None
        return self._decoder.decode(data) if data else None

    def _exactly(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size:
            part = self._socket.recv(min(size, _MOST_AT_ONCE))
            if not part:
                return b""
            parts.append(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def close(self) -> None:
        """Let the other end know, and whoever waits in :meth:`receive`."""
        with contextlib.suppress(OSError):  # the other end was first
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
