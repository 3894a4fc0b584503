"""HTTP as uvicorn speaks it, with bounds: on connections, on headers, on how slowly a request may come.

Whoever opens connections and says little, or says it slowly, holds nothing that others need.
"""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from radiograph.config import Config
from radiograph.telemetry import Counters

__all__ = ["HttpConfig", "HttpLimits", "LimitedHttp"]

_MOST_HEADERS = 100
_LOOK_S = 5.0


class HttpLimits(msgspec.Struct, frozen=True):
    """What a connection may cost."""

    connections: int
    header_bytes: int
    """Of a request: its line, and the names and values of its headers."""
    header_s: float
    body_bytes_per_s: int
    keep_alive_s: float

    @classmethod
    def of(cls, config: Config) -> HttpLimits:
        """Give the limits of a configuration."""
        return cls(
            config.most_connections,
            config.most_header_bytes,
            config.header_timeout_s,
            config.least_body_bytes_per_s,
            config.keep_alive_s,
        )


class HttpConfig(uvicorn.Config):
    """uvicorn's settings, and with them ours."""

    def __init__(self, app: Any, limits: HttpLimits, counters: Counters, **settings: Any) -> None:
        super().__init__(app, http=LimitedHttp, timeout_keep_alive=limits.keep_alive_s, **settings)  # type: ignore[arg-type]
        self.limits, self.counters = limits, counters


class LimitedHttp(HttpToolsProtocol):
    """A connection."""

    def __init__(self, config: HttpConfig, *rest: Any, **named: Any) -> None:
        super().__init__(config, *rest, **named)
        self._limits, self._counters = config.limits, config.counters
        self._timer: asyncio.TimerHandle | None = None
        self._in_head = False
        self._head_bytes = self._headers_seen = self._fed = 0
        self._body_bytes = 0
        self._refusal: tuple[int, str, str] | None = None

    # --- connections

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, unless there are too many connections and none of them is idle."""
        super().connection_made(transport)
        if len(self.connections) > self._limits.connections and not self._close_an_idle_one():
            self._refuse(503, "ServiceUnavailable", f"there are {self._limits.connections} connections already")
            return
        self._arm(self._limits.header_s, self._head_is_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._disarm()
        super().connection_lost(exc)

    def _close_an_idle_one(self) -> bool:
        for one in self.connections:
            if isinstance(one, LimitedHttp) and one.timeout_keep_alive_task is not None:
                one._unset_keepalive_if_required()
                one.transport.close()
                self.connections.discard(one)
                return True
        return False

    # --- the head of a request

    def data_received(self, data: bytes) -> None:
        """Take bytes."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._in_head and self.parser is not None:
            # A header that is not over yet is in nobody's count but this.
            self._fed += len(data)
            if self._fed > self._limits.header_bytes:
                self._refuse(*self._too_long())

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = self._headers_seen = self._fed = 0
        self._arm(self._limits.header_s, self._head_is_late)

    def on_url(self, url: bytes) -> None:
        """Take the request's target, or a part of it."""
        super().on_url(url)
        self._count(len(url))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        super().on_header(name, value)
        self._headers_seen += 1
        self._count(len(name) + len(value))

    def _count(self, size: int) -> None:
        self._head_bytes += size
        if self._head_bytes > self._limits.header_bytes or self._headers_seen > _MOST_HEADERS:
            self._refusal = self._too_long()
            raise ValueError("the head of the request is too long")

    def _too_long(self) -> tuple[int, str, str]:
        most = f"{self._limits.header_bytes} bytes and {_MOST_HEADERS} headers are accepted"
        return 431, "RequestHeaderFieldsTooLarge", f"the head of the request is too long; {most}"

    def _head_is_late(self) -> None:
        if self._in_head:
            self._refuse(408, "RequestTimeout", f"the request's head did not come within {self._limits.header_s:g} s")
        else:  # nothing was said at all, and nobody needs to be told
            self._counters.add("http.refused.silent")
            self.transport.close()

    # --- its body

    def on_headers_complete(self) -> None:
        """Have the request answered; its body may still be coming."""
        self._in_head = False
        self._body_bytes = 0
        super().on_headers_complete()
        self._arm(_LOOK_S, self._look_at_body)

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End the request; the answer may still be on its way."""
        self._disarm()
        super().on_message_complete()

    def _look_at_body(self) -> None:
        least = self._limits.body_bytes_per_s
        # Who is not read from cannot be slow.
        if self._body_bytes >= least * _LOOK_S or self.flow.read_paused:
            self._body_bytes = 0
            self._arm(_LOOK_S, self._look_at_body)
            return
        self._refuse(408, "RequestTimeout", f"the body comes at less than {least} bytes a second")

    # --- refusals

    def send_400_response(self, msg: str) -> None:
        """Say why bytes are no request."""
        status, code, message = self._refusal or (400, "BadRequest", msg)
        self._refuse(status, code, message)

    def _refuse(self, status: int, code: str, message: str) -> None:
        self._disarm()
        if self.transport.is_closing():
            return
        self._counters.add(f"http.refused.{status}")
        cycle = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            body = msgspec.json.encode({"__type": code, "message": message})
            head = (
                f"HTTP/1.1 {status} {code}\r\ncontent-type: application/json\r\nx-amzn-ErrorType: {code}\r\n"
                f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.close()

    def _arm(self, after_s: float, then: Any) -> None:
        self._disarm()
        self._timer = self.loop.call_later(after_s, then)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
