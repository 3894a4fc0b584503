"""HTTP in, an operation, HTTP out. ``async`` ends here: what blocks runs on a bounded pool of threads."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec

from radiograph.errors import AccessDenied, ApiError, InternalFailure, NotImplementedYet, UnknownOperation
from radiograph.telemetry import log
from radiograph.wire import decode, encode, error_response

from .asgi import App, Headers, Receive, Scope, Send, header, read_body, respond
from .context import Context
from .xray import OPERATIONS, Operation

__all__ = ["Api", "Health"]

_JSON = (b"content-type", b"application/json")
_LOOPBACK = frozenset(("127.0.0.1", "localhost", "[::1]"))


class Health(msgspec.Struct, frozen=True):
    """What the health routes ask: each gives None when all is well, else a sentence."""

    ready: Callable[[], str | None]
    counters: Callable[[], dict[str, int]]


class Api:
    """The ASGI application: the operations, the health routes, and for everything else the console."""

    def __init__(
        self, context: Context, health: Health, console: App, most_bytes: int, threads: int, any_host: bool
    ) -> None:
        self._context, self._health, self._console = context, health, console
        self._most_bytes, self._any_host = most_bytes, any_host
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="api")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        if scope["method"] in ("GET", "HEAD"):
            await self._get(scope, receive, send)
            return
        request_id = str(uuid.uuid4())
        try:
            body = await self._post(scope, receive)
            headers: Headers = [_JSON, (b"x-amzn-RequestId", request_id.encode())]
            status = 200
        except ApiError as error:
            status, headers, body = error_response(error, request_id)
        except Exception:  # the edge: whatever went wrong, the caller gets a well-formed answer
            log.exception("request %s failed", request_id)
            failure = InternalFailure(f"the server failed; its log has the reason under {request_id}")
            status, headers, body = error_response(failure, request_id)
        await respond(send, status, headers, body)

    async def _post(self, scope: Scope, receive: Receive) -> bytes:
        operation = OPERATIONS.get(scope["path"])
        body = await read_body(scope, receive, self._most_bytes)
        self._refuse_strangers(scope)
        if operation is None or scope["method"] != "POST":
            raise UnknownOperation(
                f"there is no operation at {scope['method']} {scope['path']}; X-Ray's 38 are posted to their paths"
            )
        return encode(await self._answer(operation, body))

    async def _answer(self, operation: Operation, body: bytes) -> msgspec.Struct:
        if operation.body_answer is not None:
            return await operation.body_answer(body, self._context)
        if operation.answer is None or operation.request is None:
            raise NotImplementedYet(f"{operation.name} is not answered by this release of Radiograph")
        request = decode(operation.request, body)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, operation.answer, request, self._context)

    def _refuse_strangers(self, scope: Scope) -> None:
        """Keep other sites' pages out: neither their scripts nor a name of theirs that resolves to this machine."""
        host = header(scope, b"host") or ""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if not self._any_host and name.lower() not in _LOOPBACK:
            raise AccessDenied(f"the Host header is {host!r}; {', '.join(sorted(_LOOPBACK))} are accepted")
        origin = header(scope, b"origin")
        if origin is not None and origin.split("://", 1)[-1] != host:
            raise AccessDenied(f"the request comes from a page of {origin!r}; pages of {host!r} may ask")

    async def _get(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/healthz":
            await respond(send, 200, [_JSON], b'{"status":"ok"}')
        elif path == "/readyz":
            reason = await asyncio.get_running_loop().run_in_executor(self._pool, self._health.ready)
            answer = {"status": "ready"} if reason is None else {"status": "not ready", "reason": reason}
            await respond(send, 200 if reason is None else 503, [_JSON], msgspec.json.encode(answer))
        elif path == "/counters":
            await respond(send, 200, [_JSON], msgspec.json.encode(self._health.counters()))
        else:
            await self._console(scope, receive, send)

    def close(self) -> None:
        """Wait for what is being answered."""
        self._pool.shutdown()
