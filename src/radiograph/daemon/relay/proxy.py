"""The TCP side: requests of SDKs, and of anybody else on this machine, go to X-Ray with our signature.

The two calls about sampling are answered from what was last told when the service is away. Browsers are not served: a
page of any site could otherwise read and change with our signature what it likes.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import uuid

from radiograph.clock import Clock
from radiograph.config import is_loopback
from radiograph.errors import AccessDenied, ApiError, InvalidRequest, ServiceUnavailable, Throttled
from radiograph.telemetry import Seldom, log
from radiograph.wire import error_response

from .answer import Reply
from .connection import Connection
from .http_requests import BadRequest, Request, Requests, response
from .sampling_cache import SamplingCache
from .service import Service

__all__ = ["SigningProxy"]

_RULES, _TARGETS = "/GetSamplingRules", "/SamplingTargets"
_SAMPLING_S, _OTHERS_S = 4.0, 60.0
"""Clients that poll give up after 20 seconds or less, and the answer from memory must still find them there."""
_AWAY_S = 5.0
"""For so long after a failure the service is not asked about sampling, if there is an answer without it."""
_READ_S = 30.0
"""A client that does not read its answer is in others' way."""
_MOST_CONNECTIONS, _MOST_IDLE = 512, 4
_ABOUT_THE_CONNECTION = frozenset(
    (
        *("connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer"),
        *("transfer-encoding", "upgrade", "content-length", "host", "expect"),
    )
)


class SigningProxy:
    """An HTTP server in front of the service."""

    def __init__(self, service: Service, listening: socket.socket, clock: Clock) -> None:
        self._service, self._socket, self._clock = service, listening, clock
        host = listening.getsockname()[0]
        self._only_us = is_loopback(host)
        self._cache = SamplingCache()
        self._away_until = 0.0
        self._idle: list[Connection] = []
        self._warnings = Seldom(60.0)
        self._open: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Begin to answer."""
        self._server = await asyncio.start_server(self._converse, sock=self._socket)

    async def stop(self) -> None:
        """Close every connection; whoever polled asks again."""
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)
        for connection in self._idle:
            connection.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in one
        self._open.add(task)
        try:
            if len(self._open) > _MOST_CONNECTIONS:
                writer.write(_failure(Throttled(f"{_MOST_CONNECTIONS} connections are open; close some"), False))
                return
            await self._answer_all(Requests(reader, writer), writer)
        except (OSError, asyncio.CancelledError):
            pass  # the client has gone, or we are going
        except Exception:  # the edge: one connection's fault is not the others'
            log.exception("a connection to the proxy failed")
        finally:
            self._open.discard(task)
            with contextlib.suppress(OSError):
                writer.close()

    async def _answer_all(self, requests: Requests, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                request = await requests.next()
            except BadRequest as bad:
                status, headers, body = bad.status, [("Content-Type", "text/plain; charset=utf-8")], str(bad).encode()
                writer.write(response(status, headers, body, keeps_open=False))
                await requests.linger()
                return
            if request is None:
                return
            writer.write(await self._answer(request))
            async with asyncio.timeout(_READ_S):
                await writer.drain()
            if not request.keeps_open:
                return

    async def _answer(self, request: Request) -> bytes:
        try:
            self._refuse_strangers(request)
            if request.method == "POST" and request.target in (_RULES, _TARGETS):
                reply = await self._ask_about_sampling(request)
            else:
                reply = await self._ask(request, _OTHERS_S)
        except ApiError as error:
            return _failure(error, request.keeps_open)
        headers = [one for one in reply.headers if one[0].lower() not in _ABOUT_THE_CONNECTION]
        length = reply.header("content-length")
        if request.method == "HEAD" and length is not None:
            headers.append(("Content-Length", length))
        return response(reply.status, headers, reply.body, request.keeps_open)

    def _refuse_strangers(self, request: Request) -> None:
        if not request.target.startswith("/"):
            raise InvalidRequest(f"the target is {request.target[:80]!r}; a path such as /GetSamplingRules is accepted")
        for name in ("origin", "sec-fetch-site"):
            if request.header(name) is not None:
                raise AccessDenied(f"the request comes from a browser, as its header {name} says; SDKs are served here")
        host = request.header("host") or ""
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if self._only_us and not is_loopback(name.lower().strip("[]")):
            raise AccessDenied(f"the Host header is {host!r}; localhost, 127.0.0.1 and [::1] are accepted")

    async def _ask(self, request: Request, timeout_s: float) -> Reply:
        """Give the service's answer.

        Raises: ServiceUnavailable.
        """
        try:
            return await self._forward(request, timeout_s)
        except OSError as error:
            self._warnings.warning("away", f"a request to {request.target[:80]} cannot be forwarded: {error}")
            raise ServiceUnavailable(f"{self._service.endpoint.url} does not answer the daemon: {error}") from error

    async def _ask_about_sampling(self, request: Request) -> Reply:
        """Give the service's answer; while it is away, the one from memory if there is one.

        Raises: ServiceUnavailable.
        """
        remembered = self._remembered(request)
        if remembered is not None and self._clock() < self._away_until:
            return _from_memory(remembered)
        try:
            reply = await self._ask(request, _SAMPLING_S)
        except ServiceUnavailable:
            self._away_until = self._clock() + _AWAY_S
            if remembered is None:
                raise
            return _from_memory(remembered)
        if reply.status == 200:
            self._remember(request, reply)
        elif remembered is not None and (reply.status == 429 or reply.status >= 500):
            return _from_memory(remembered)
        return reply

    async def _forward(self, request: Request, timeout_s: float) -> Reply:
        named = (request.header("connection") or "").lower().replace(" ", "").split(",")
        dropped = _ABOUT_THE_CONNECTION.union(named)
        headers = [one for one in request.headers if one[0].lower() not in dropped]
        connection = self._idle.pop() if self._idle else self._service.connection()
        reply = await self._service.forward(
            connection, request.method, request.target, headers, request.body, timeout_s
        )
        if len(self._idle) < _MOST_IDLE:
            self._idle.append(connection)
        else:
            connection.close()
        return reply

    def _remember(self, request: Request, reply: Reply) -> None:
        if request.target == _RULES:
            self._cache.note_rules(request.body, reply.body)
        else:
            self._cache.note_targets(request.body, reply.body)

    def _remembered(self, request: Request) -> bytes | None:
        if request.target == _RULES:
            return self._cache.rules(request.body)
        return self._cache.targets(request.body, self._clock())


def _from_memory(remembered: bytes) -> Reply:
    return Reply(200, [("Content-Type", "application/json"), ("x-amzn-RequestId", str(uuid.uuid4()))], remembered)


def _failure(error: ApiError, keeps_open: bool) -> bytes:
    status, headers, body = error_response(error, str(uuid.uuid4()))
    spoken = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]
    return response(status, spoken, body, keeps_open)
