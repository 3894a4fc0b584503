"""Spans over HTTP: posted, compressed or not, in whatever dialect."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor

from radiograph.asgi import Headers, Receive, Scope, Send, header, read_body, refuse_strangers, respond
from radiograph.errors import ApiError, RequestTooLarge, Throttled
from radiograph.ingest import SpanDoor, when_durable
from radiograph.journal import Durable
from radiograph.segments.otel import Refused, UnreadableSpans
from radiograph.telemetry import Counters, log

from .coding import unpack
from .dialect import Dialect

__all__ = ["SpansOverHttp"]

_MOST_TO_ARRIVE_S = 60


class SpansOverHttp:
    """An ASGI application that takes spans, whatever path it is put under.

    ``whose`` gives the account they are for. Raises: ApiError.
    """

    def __init__(
        self,
        dialect: Dialect,
        door: SpanDoor,
        whose: Callable[[Scope, bytes], str],
        executor: Executor,
        counters: Counters,
        most_bytes: int,
        any_host: bool,
    ) -> None:
        self._dialect, self._door, self._whose = dialect, door, whose
        self._executor, self._counters = executor, counters
        self._most_bytes, self._any_host = most_bytes, any_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        dialect = self._dialect
        usual = next(iter(dialect.readers))
        kind = (header(scope, b"content-type") or usual).partition(";")[0].strip().lower()
        extra: Headers = []
        try:
            refused = await self._take(scope, receive, kind)
        except ApiError as error:
            code, message = error.status, error.message
            wait_s = error.retry_after_s if isinstance(error, Throttled) else 1
            extra = [(b"retry-after", str(wait_s).encode())] if code in (429, 503) else []
        except _NotAccepted as error:
            code, message = error.status, str(error)
        except UnreadableSpans as error:
            code, message = 400, str(error)
        except TimeoutError:
            code, message = 408, f"the body did not arrive within {_MOST_TO_ARRIVE_S} s"
        except Exception:  # the edge: whatever went wrong, the caller gets a well-formed answer
            log.exception("spans could not be taken")
            code, message = 500, "the server failed; its log has the reason"
        else:
            code, said = dialect.taken
            await respond(send, code, [_type(dialect, kind)], said(refused, kind))
            return
        self._counters.add(f"{dialect.name}.http.{code}")
        await respond(send, code, [_type(dialect, kind), *extra], dialect.failed(code, message, kind))

    async def _take(self, scope: Scope, receive: Receive, kind: str) -> list[Refused]:
        if scope["method"] != "POST":
            raise _NotAccepted(405, f"{scope['method']} is not accepted; spans are posted")
        refuse_strangers(scope, self._any_host)
        read = self._dialect.readers.get(kind)
        if read is None:
            accepted = " and ".join(self._dialect.readers)
            raise _NotAccepted(415, f"content-type is {kind!r}; accepted: {accepted}")
        async with asyncio.timeout(_MOST_TO_ARRIVE_S):
            packed = await read_body(receive, self._most_bytes)
        coding = header(scope, b"content-encoding")
        account = self._whose(scope, packed)

        def take(durable: Durable) -> list[Refused]:
            body = unpack(packed, coding, self._most_bytes)
            if len(body) > self._most_bytes:
                raise RequestTooLarge(f"the body has more than {self._most_bytes} bytes; send fewer spans a call")
            return self._door.accept(account, self._dialect.name, read(body), durable)

        return await when_durable(take, self._executor)


class _NotAccepted(Exception):
    """What HTTP itself has a status for."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def _type(dialect: Dialect, kind: str) -> tuple[bytes, bytes]:
    return b"content-type", (kind if kind in dialect.readers else next(iter(dialect.readers))).encode()
