"""One connection to the endpoint, kept open between requests.

http.client takes 200 µs for a request and urllib3 430, most of it to read five headers: more than the documents of a
whole consignment.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from typing import cast

from .answer import Answer, BadAnswer, Reply
from .endpoint import Endpoint, Proxy

__all__ = ["Connection"]

_CONNECT_S = 3.0


class Connection:
    """Opened when there is something to send. For one request at a time."""

    def __init__(self, endpoint: Endpoint, context: ssl.SSLContext) -> None:
        self._endpoint, self._context = endpoint, context
        self._line: _Line | None = None

    async def exchange(
        self, method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes, timeout_s: float
    ) -> Reply:
        """Give the answer to a request, of which Host and Content-Length are added.

        Raises: OSError, of which TimeoutError, ConnectionRefusedError, socket.gaierror, ssl.SSLError, BadAnswer.
        """
        head = self._head(method, target, headers, len(body))
        try:
            if self._line is not None and self._line.is_open:
                try:
                    return await self._line.ask(head, body, method, timeout_s)
                except _NothingCame:
                    pass  # closed at the other end before it saw the request: opened once more
            self._line = await _open(self._endpoint, self._context, min(_CONNECT_S, timeout_s))
            return await self._line.ask(head, body, method, timeout_s)
        except BaseException:
            self.close()
            raise

    def _head(self, method: str, target: str, headers: Iterable[tuple[str, str]], length: int) -> bytes:
        endpoint = self._endpoint
        lines = [f"{name}: {value}\r\n" for name, value in headers]
        if endpoint.proxy is not None and not endpoint.tls:
            target = f"http://{endpoint.authority}{target}"
            lines += [f"{name}: {value}\r\n" for name, value in endpoint.proxy.headers.items()]
        start = f"{method} {target} HTTP/1.1\r\nHost: {endpoint.authority}\r\n"
        return f"{start}{''.join(lines)}Content-Length: {length}\r\n\r\n".encode("latin-1")

    def close(self) -> None:
        """Close; a later request opens another."""
        if self._line is not None:
            self._line.close()
            self._line = None


class _NothingCame(ConnectionResetError):
    """The other end closed without a byte of an answer."""


async def _open(endpoint: Endpoint, context: ssl.SSLContext, timeout_s: float) -> _Line:
    try:
        async with asyncio.timeout(timeout_s):
            if endpoint.proxy is None:
                return await _direct(endpoint, context)
            return await _through(endpoint.proxy, endpoint, context)
    except TimeoutError:
        raise TimeoutError(f"no connection within {timeout_s:g} s") from None


async def _direct(endpoint: Endpoint, context: ssl.SSLContext) -> _Line:
    line: _Line
    tls, name = (context, endpoint.host) if endpoint.tls else (None, None)
    _, line = await asyncio.get_running_loop().create_connection(
        _Line, endpoint.host, endpoint.port, ssl=tls, server_hostname=name
    )
    return line


async def _through(proxy: Proxy, endpoint: Endpoint, context: ssl.SSLContext) -> _Line:
    loop = asyncio.get_running_loop()
    line: _Line
    _, line = await loop.create_connection(_Line, proxy.host, proxy.port)
    if endpoint.tls:
        try:
            await _tunnel(line, endpoint, proxy)
            secure = await loop.start_tls(line.transport, line, context, server_hostname=endpoint.host)
        except BaseException:
            line.close()
            raise
        line.connection_made(cast(asyncio.Transport, secure))
    return line


async def _tunnel(line: _Line, endpoint: Endpoint, proxy: Proxy) -> None:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    told = "".join(f"{name}: {value}\r\n" for name, value in proxy.headers.items())
    where = f"{host}:{endpoint.port}"
    head = f"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n{told}\r\n".encode("latin-1")
    reply = await line.ask(head, b"", "CONNECT", _CONNECT_S)
    if not 200 <= reply.status < 300:
        raise BadAnswer(f"the proxy {proxy.host}:{proxy.port} answers {reply.status} when asked for {where}")


class _Line(asyncio.Protocol):
    """An open connection."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._answer: Answer | None = None
        self._waiter: asyncio.Future[Reply] | None = None
        self.is_open = False

    async def ask(self, head: bytes, body: bytes, method: str, timeout_s: float) -> Reply:
        loop = asyncio.get_running_loop()
        self._answer, self._waiter = Answer(method), loop.create_future()
        # asyncio.timeout would cost a fourth of all the rest.
        expiry = loop.call_later(timeout_s, self._fail, TimeoutError(f"no answer within {timeout_s:g} s"))
        self.transport.writelines((head, body))
        try:
            return await self._waiter
        finally:
            expiry.cancel()
            self._answer = self._waiter = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclasses of asyncio's.
        self.transport, self.is_open = cast(asyncio.Transport, transport), True

    def data_received(self, data: bytes) -> None:
        answer = self._answer
        if answer is None:  # it was asked nothing: whatever this is, nobody can tell where the next answer begins
            self.close()
            return
        try:
            answer.feed(data)
        except BadAnswer as bad:
            self._fail(bad)
            return
        if answer.is_complete:
            if not answer.keeps_open:
                self.close()
            self._settle(answer)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_open = False
        answer = self._answer
        if answer is None:
            return
        if not answer.has_begun:
            self._fail(_NothingCame(*(error.args if error else ("the other end hung up",))))
        elif answer.ends_with_the_connection:
            self._settle(answer)
        else:
            self._fail(BadAnswer("the other end hung up in the middle of its answer"))

    def _settle(self, answer: Answer) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(answer.reply())

    def _fail(self, error: Exception) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(error)

    def close(self) -> None:
        self.is_open = False
        self.transport.abort()
