"""HTTP requests as they come in over a connection, bounded in every direction; and answers as they go out."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterable
from http import HTTPStatus

import httptools
import msgspec

from .answer import Headers

__all__ = ["BadRequest", "Request", "Requests", "response"]

_MOST_BODY_BYTES = 5 << 20
_MOST_HEAD_BYTES, _MOST_HEADERS = 16 << 10, 100
_READ_BYTES = 64 << 10
_IDLE_S, _ARRIVE_S, _LINGER_S = 75.0, 30.0, 1.0
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class BadRequest(Exception):
    """A request that is not read to its end; the connection ends with the answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Request(msgspec.Struct):
    """A request, read to its end."""

    method: str
    target: str
    headers: Headers
    body: bytes
    keeps_open: bool

    def header(self, name: str) -> str | None:
        """Give a header's value, or None; ``name`` is lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Requests:
    """The requests of one connection, in order."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._parser = httptools.HttpRequestParser(self)
        self._complete: deque[Request] = deque()
        self._problem: BadRequest | None = None
        self._begin()

    def _begin(self) -> None:
        self._target = b""
        self._headers: Headers = []
        self._body: list[bytes] = []
        self._head_size = self._body_size = 0
        self._wants_continue = False

    async def next(self) -> Request | None:
        """Give the next request, or None when the client has gone or has nothing more to say.

        Raises: BadRequest.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + _IDLE_S
        began = False
        while not self._complete:
            if self._problem is not None:
                raise self._problem
            try:
                async with asyncio.timeout_at(until):
                    data = await self._reader.read(_READ_BYTES)
            except TimeoutError:
                if not began:
                    return None
                raise BadRequest(408, f"the request did not arrive within {_ARRIVE_S:g} s") from None
            except OSError:
                return None
            if not data:
                return None
            if not began:
                began, until = True, loop.time() + _ARRIVE_S
            self._feed(data)
            if self._wants_continue:
                self._wants_continue = False
                self._writer.write(_CONTINUE)
        return self._complete.popleft()

    async def linger(self) -> None:
        """Read on for a moment: closed at once, the connection would take the last answer with it."""
        with contextlib.suppress(OSError, TimeoutError):
            self._writer.write_eof()
            async with asyncio.timeout(_LINGER_S):
                while await self._reader.read(_READ_BYTES):
                    pass

    def _feed(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._complete.clear()
            self._refuse(400, "CONNECT and protocol upgrades are not accepted; requests of HTTP/1.1 are")
        except httptools.HttpParserError as error:
            self._refuse(400, f"the request is no HTTP/1.1: {error}")

    def _refuse(self, status: int, message: str) -> None:
        if self._problem is None:
            self._problem = BadRequest(status, message)

    def on_url(self, url: bytes) -> None:
        """Note a part of the target."""
        self._grow(len(url))
        if self._problem is None:
            self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note a header."""
        self._grow(len(name) + len(value))
        if self._problem is None:
            self._headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def _grow(self, size: int) -> None:
        self._head_size += size
        if self._head_size > _MOST_HEAD_BYTES or len(self._headers) >= _MOST_HEADERS:
            self._refuse(431, f"the head is larger than {_MOST_HEAD_BYTES} bytes or {_MOST_HEADERS} headers")

    def on_headers_complete(self) -> None:
        """Look at what the head promises of the body."""
        for name, value in self._headers:
            if name.lower() == "content-length" and int(value) > _MOST_BODY_BYTES:
                self._refuse_size()
            elif name.lower() == "expect":
                self._wants_continue = value.lower() == "100-continue"

    def on_body(self, data: bytes) -> None:
        """Note a part of the body."""
        self._body_size += len(data)
        if self._body_size > _MOST_BODY_BYTES:
            self._refuse_size()
            self._body.clear()
        else:
            self._body.append(data)

    def _refuse_size(self) -> None:
        self._refuse(413, f"the body is larger than {_MOST_BODY_BYTES} bytes; send fewer documents a call")

    def on_message_complete(self) -> None:
        """Note a request, and begin another."""
        if self._problem is None:
            self._complete.append(
                Request(
                    self._parser.get_method().decode("latin-1"),
                    self._target.decode("latin-1"),
                    self._headers,
                    b"".join(self._body),
                    self._parser.should_keep_alive(),
                )
            )
        self._begin()


def response(status: int, headers: Iterable[tuple[str, str]], body: bytes, keeps_open: bool) -> bytes:
    """Give the bytes of an answer; what is missing about its length and the connection is added."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    lines = [f"{name}: {value}\r\n" for name, value in headers]
    if status not in (204, 304) and not any(line.lower().startswith("content-length:") for line in lines):
        lines.append(f"Content-Length: {len(body)}\r\n")
    if not keeps_open:
        lines.append("Connection: close\r\n")
    return "".join([f"HTTP/1.1 {status} {phrase}\r\n", *lines, "\r\n"]).encode("latin-1") + body
