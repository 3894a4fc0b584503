"""HTTP: documents go to the door, questions to whoever answers them, everything else is the console."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

import msgspec
from msgspec.structs import replace

from radiograph.asgi import App, Headers, Receive, Scope, Send, header, read_body, refuse_strangers, respond
from radiograph.auth.caller import Caller, authorize
from radiograph.auth.refusals import Refusal
from radiograph.clock import Clock
from radiograph.errors import ApiError, Serialization
from radiograph.ingest import Door
from radiograph.telemetry import Counters
from radiograph.wire import encode, json_rpc

from .answer import JSON, failure
from .asked import Asked, asked_of
from .auditor import Auditor
from .calls import QUERY, call_of, signed_for
from .gate import Gate, facts_of
from .iam.answer import query_failure
from .login import LOGIN_PATHS, Login
from .rated import EVERY_SERVICE
from .replays import Replays, changes_something
from .seen import Seen
from .xray.operations import PUT_TRACE_SEGMENTS
from .xray.segments import put_trace_segments

__all__ = ["Api", "Ask", "Health"]

Ask = Callable[[Asked], Awaitable[tuple[int, Headers, bytes]]]
"""From a request to status, headers and body. Raises: ApiError."""

_XRAY = frozenset(["xray"])
_COUNTERS = "radiograph:GetCounters"
"""The action of ``GET /counters``: X-Ray has none like it."""


class Health(msgspec.Struct, frozen=True):
    """What the health routes ask."""

    not_ready: Callable[[], Awaitable[str | None]]
    """Why questions cannot be answered now, or None."""
    counters: Callable[[], Awaitable[dict[str, int]]]


class Api:
    """The ASGI application: the operations, the health routes, other ways in, and for everything else the console."""

    def __init__(
        self,
        gate: Gate,
        region: str,
        clock: Clock,
        door: Door,
        ask: Ask,
        health: Health,
        ways_in: Mapping[str, App],
        console: App,
        login: Login | None,
        counters: Counters,
        most_bytes: int,
        any_host: bool,
        replays: Replays,
        auditor: Auditor,
        account: str,
    ) -> None:
        """``account`` is the server's own, whose the counters are: they count what came of all accounts."""
        self._auditor, self._account = auditor, account
        self._gate, self._region, self._clock = gate, region, clock
        self._door, self._ask, self._health = door, ask, health
        self._ways_in, self._console, self._login = ways_in, console, login
        self._counters, self._most_bytes, self._any_host = counters, most_bytes, any_host
        self._replays = replays

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        way_in = self._ways_in.get(scope["path"])
        if way_in is not None:
            await way_in(scope, receive, send)
            return
        request_id = str(uuid.uuid4())
        begun = False

        async def noting(message: dict[str, object]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            if self._login is not None and scope["path"] in LOGIN_PATHS:
                await self._login(scope, receive, noting)  # type: ignore[arg-type]
                return
            if scope["method"] in ("GET", "HEAD") and not _is_call(scope):
                await self._get(scope, receive, noting)  # type: ignore[arg-type]
                return
            status, headers, body = await self._post(scope, receive, request_id)
        except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
            self._counters.add("http.failed", not isinstance(error, ApiError))
            if isinstance(error, ApiError):
                self._counters.add(f"http.refused.{error.code}", because=error.message)
            status, headers, body = _failure(scope, error, request_id)
            if begun:
                return  # half an answer is out already
        await respond(send, status, headers, body)

    async def _post(self, scope: Scope, receive: Receive, request_id: str) -> tuple[int, Headers, bytes]:
        coding = header(scope, b"content-encoding")
        if coding not in (None, "", "identity"):
            raise Serialization(f"content-encoding is {coding!r}; identity is accepted")
        body = await read_body(receive, self._most_bytes)
        asked = asked_of(scope, body, request_id)
        seen = self._auditor.begin(asked)
        try:
            asked = replace(asked, login=self._who_logged_in(scope))
            refuse_strangers(scope, self._any_host)
            if scope["path"] == PUT_TRACE_SEGMENTS.path and scope["method"] == "POST":
                return await self._take(asked, seen)
            is_change = self._is_signed_change(asked)
        except ApiError as error:
            seen.error = error
            self._auditor.tell(asked, seen)
            raise
        if is_change:
            return await self._replays.once(asked, lambda: self._ask(asked))
        return await self._ask(asked)

    async def _take(self, asked: Asked, seen: Seen) -> tuple[int, Headers, bytes]:
        """Take documents; who may send them is decided here, without the store's process."""
        caller = seen.caller = self._gate.admit(asked, _XRAY)
        if not caller.is_local:
            facts = facts_of(asked, self._clock, self._region)
            authorize(caller, PUT_TRACE_SEGMENTS.action, "*", caller.account, facts)
        taken = await put_trace_segments(asked.body, caller.account, self._door)
        self._auditor.tell(asked, seen)
        return 200, [JSON, (b"x-amzn-RequestId", asked.request_id.encode())], encode(taken)

    def _is_signed_change(self, asked: Asked) -> bool:
        """Whether a request is signed, and changes something: it must be done once, however often it comes.

        Raises: ThrottledException.
        """
        # Who is refused hears it from whoever answers; here it is only counted.
        known: Caller | None = None
        with suppress(Refusal):
            known = self._gate.admit(asked, EVERY_SERVICE)
        return known is not None and not known.is_local and not asked.login and changes_something(asked)

    def _who_logged_in(self, scope: Scope) -> str:
        return self._login.who(scope) if self._login is not None else ""

    async def _get(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/healthz":
            await respond(send, 200, [JSON], b'{"status":"ok"}')
        elif path == "/readyz":
            reason = await self._health.not_ready()
            answer = {"status": "ready"} if reason is None else {"status": "not ready", "reason": reason}
            await respond(send, 200 if reason is None else 503, [JSON], msgspec.json.encode(answer))
        elif path == "/counters":
            self._let_count(scope)
            counters = await self._health.counters()
            await respond(send, 200, [JSON], msgspec.json.encode(counters))
        else:
            await self._console(scope, receive, send)

    def _let_count(self, scope: Scope) -> None:
        """Return when whoever asks may read the counters.

        Raises: Refusal, AccessDeniedException.
        """
        asked = asked_of(scope, b"", str(uuid.uuid4()))
        seen = self._auditor.begin(asked)
        try:
            refuse_strangers(scope, self._any_host)
            asked = replace(asked, login=self._who_logged_in(scope))
            caller = seen.caller = self._gate.admit(asked, _XRAY)
            if not caller.is_local:
                authorize(caller, _COUNTERS, "*", self._account, facts_of(asked, self._clock, self._region))
        except ApiError as error:
            seen.error = error
            self._auditor.tell(asked, seen)
            raise


def _failure(scope: Scope, error: Exception, request_id: str) -> tuple[int, Headers, bytes]:
    """Give the answer that says so, as whoever was asked would say it."""
    if scope["path"] != "/" or not isinstance(error, ApiError):
        return failure(error, request_id)
    service, _ = call_of(asked_of(scope, b"", request_id))
    if service in ("cloudtrail", "kms"):
        return json_rpc.error_response(error, request_id)
    return query_failure(error, request_id)


def _is_call(scope: Scope) -> bool:
    """Whether a GET is no page but an operation: of OAM, or of IAM or STS and signed."""
    asked = asked_of(scope, b"", "")
    service, _ = call_of(asked)
    return service == "oam" or (service in QUERY and signed_for(asked) != "")
