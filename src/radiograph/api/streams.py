"""Server-sent events: traces as they come in, and what arrives at all. GET, for as long as the client listens."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import parse_qs

import msgspec
from msgspec.structs import replace

from radiograph.asgi import App, Headers, Receive, Scope, Send, refuse_strangers, respond
from radiograph.auth.caller import Caller, authorize
from radiograph.auth.refusals import Refusal, Unsigned
from radiograph.clock import Clock
from radiograph.errors import AccessDenied, ApiError, InvalidRequest, ServiceUnavailable, Throttled
from radiograph.model.explore import Arrivals, LiveRequest, RejectedDocuments
from radiograph.telemetry import Counters
from radiograph.wire import encode

from .answer import failure
from .asked import Asked, asked_of
from .auditor import Auditor
from .explore.operations import LIVE
from .gate import Gate, facts_of

__all__ = ["ARRIVALS_PATH", "LIVE_PATH", "Streams"]

LIVE_PATH, ARRIVALS_PATH = "/console/api/live", "/console/api/arrivals"
_COUNTERS = "radiograph:GetCounters"

_MOST_STREAMS, _MOST_TRACES = 32, 20
_EVERY_S, _QUIET_S = 1.0, 15.0
_XRAY = frozenset(["xray"])
_REFUSED = (".rejected.", ".dropped.", ".refused.")
_HEADERS: Headers = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),
]
_KEEP_ALIVE = b": nothing new\n\n"


class _Listener(msgspec.Struct, frozen=True):
    """Who listens."""

    asked: Asked
    """The request, as its caller's own: signatures grow old while a stream goes on."""
    session: str
    """The login of the browser's session; empty when the request said by itself who asks."""
    is_ours: bool
    """Whether it may know what comes of all accounts."""


class _Batch(msgspec.Struct, rename="pascal"):
    """What the store's process answers; traces are passed on as they are."""

    traces: list[msgspec.Raw]
    dropped: int
    cursor: str


class _Refused(Exception):
    """The store's process has an error to tell."""

    def __init__(self, status: int, headers: Headers, body: bytes) -> None:
        super().__init__(status)
        self.status, self.headers, self.body = status, headers, body


class _Trace(msgspec.Struct, rename="pascal"):
    id: str


class Streams:
    """Both streams, and how many there may be."""

    def __init__(
        self,
        gate: Gate,
        region: str,
        clock: Clock,
        ask: Callable[[Asked], Awaitable[tuple[int, Headers, bytes]]],
        counts: Callable[[], Awaitable[dict[str, int]]],
        who: Callable[[Scope], str],
        is_leaving: Callable[[], bool],
        counters: Counters,
        any_host: bool,
        account: str,
        auditor: Auditor,
    ) -> None:
        """``who`` gives the login of a browser; ``account`` is the one that may know what came of all of them."""
        self._gate, self._region, self._clock = gate, region, clock
        self._ask, self._counts, self._who, self._is_leaving = ask, counts, who, is_leaving
        self._counters, self._any_host, self._account, self._auditor = counters, any_host, account, auditor
        self._open = 0

    @property
    def paths(self) -> dict[str, App]:
        """Give the streams by their paths."""
        return {LIVE_PATH: self._served(self._live, LIVE.needs[0]), ARRIVALS_PATH: self._served(self._arrivals, None)}

    def _served(self, events: Callable[[_Listener], AsyncIterator[bytes]], operation: str | None) -> App:
        """Give the application that sends these events to who may see them."""
        action = _COUNTERS if operation is None else f"xray:{operation}"

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            request_id = str(uuid.uuid4())
            # Counted before anything is waited for: whoever comes meanwhile must see that this one is here.
            self._open += 1
            try:
                await self._serve(scope, receive, send, events, action, request_id)
            finally:
                self._open -= 1

        return serve

    async def _serve(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        events: Callable[[_Listener], AsyncIterator[bytes]],
        action: str,
        request_id: str,
    ) -> None:
        try:
            if self._open > _MOST_STREAMS:
                raise Throttled(f"{_MOST_STREAMS} streams are open; close one, or try again later")
            listener = self._admitted(scope, request_id, action)
            stream = events(listener)
            # Before anything is sent: what is wrong with the question is an answer of its own.
            first = await anext(stream)
        except _Refused as refused:
            await respond(send, refused.status, refused.headers, refused.body)
            return
        except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
            self._counters.add("http.failed", not isinstance(error, ApiError))
            await respond(send, *failure(error, request_id))
            return
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await self._pour(first, stream, receive, send, lambda: self._refusal(scope, listener, action))

    async def _pour(
        self,
        first: bytes,
        events: AsyncIterator[bytes],
        receive: Receive,
        send: Send,
        refusal: Callable[[], ApiError | None],
    ) -> None:
        """Send events once a second, until the client goes away, the server leaves or there are no more; or until
        there is a refusal, which is then the last one.
        """
        gone = asyncio.create_task(_gone(receive))
        data, silent_s = first, 0.0
        try:
            while not gone.done() and not self._is_leaving():
                silent_s = 0.0 if data else silent_s + _EVERY_S
                if silent_s >= _QUIET_S:
                    data, silent_s = _KEEP_ALIVE, 0.0
                if data:
                    await send({"type": "http.response.body", "body": data, "more_body": True})
                await asyncio.wait([gone], timeout=_EVERY_S)
                error = refusal()
                if error is not None:
                    last = _event("refused", failure(error, "")[2])
                    await send({"type": "http.response.body", "body": last, "more_body": True})
                    break
                following = await anext(events, None)
                if following is None:
                    break
                data = following
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()

    def _admitted(self, scope: Scope, request_id: str, action: str) -> _Listener:
        """Give who listens.

        Raises: Refusal, AccessDeniedException.
        """
        if scope["method"] != "GET":
            raise InvalidRequest(f"the method is {scope['method']}; GET is accepted")
        asked = asked_of(scope, b"", request_id)
        seen = self._auditor.begin(asked)
        try:
            refuse_strangers(scope, self._any_host)
            session = self._who(scope)
            asked = replace(asked, login=session)
            caller = seen.caller = self._gate.admit(asked, _XRAY)
            self._authorize(caller, asked, action)
        except ApiError as error:
            seen.error = error
            self._auditor.tell(asked, seen)
            raise
        login = session if session or caller.is_local else _key(caller)
        return _Listener(replace(asked, login=login), session, caller.is_local or caller.account == self._account)

    def _authorize(self, caller: Caller, asked: Asked, action: str) -> None:
        if not caller.is_local:
            authorize(caller, action, "*", caller.account, facts_of(asked, self._clock, self._region))

    def _refusal(self, scope: Scope, listener: _Listener, action: str) -> ApiError | None:
        """Give why a stream must not go on: its session is over, or whose it is may not ask that any more."""
        try:
            # To listen is to use the session.
            if listener.session and self._who(scope) != listener.session:
                raise Unsigned
            self._authorize(self._gate.admit(listener.asked, _XRAY), listener.asked, action)
        except (Refusal, AccessDenied) as error:
            return error
        except ApiError:
            return None  # nobody can say just now, or it is asked too often: that ends nothing
        return None

    async def _live(self, listener: _Listener) -> AsyncIterator[bytes]:
        asked = listener.asked
        query = parse_qs(asked.query.decode("latin-1"), keep_blank_values=True)
        request = LiveRequest(
            filter_expression=query.get("filter", [None])[0],
            cursor=asked.header(b"last-event-id") or None,
            most=_number(query.get("most", [str(_MOST_TRACES)])[0]),
        )
        if request.cursor is None:
            request = replace(request, cursor=(await self._batch(asked, request)).cursor)
        began = False
        while True:
            try:
                batch = await self._batch(asked, request)
            except ServiceUnavailable as error:
                if not began:
                    raise
                yield b": %s\n\n" % error.message.encode()
                continue
            except _Refused as refused:
                if not began:
                    raise
                yield _event("refused", refused.body)
                return
            began, request = True, replace(request, cursor=batch.cursor)
            events = [_event("trace", bytes(trace)) for trace in batch.traces]
            if batch.dropped:
                events.append(_event("dropped", b'{"Dropped":%d}' % batch.dropped))
            # A client that comes again says where it was.
            yield b"".join(events) + (b"id: %s\n\n" % batch.cursor.encode() if events else b"")

    async def _batch(self, asked: Asked, request: LiveRequest) -> _Batch:
        """Give what has come since the request's cursor.

        Raises: _Refused, ServiceUnavailable.
        """
        question = replace(
            asked, method="POST", path=LIVE.path, raw_path=LIVE.path.encode(), query=b"", body=encode(request)
        )
        status, headers, body = await self._ask(question)
        if status == ServiceUnavailable.status:
            raise ServiceUnavailable("the store does not answer; ask again in a moment")
        if status != 200:
            raise _Refused(status, headers, body)
        return msgspec.json.decode(body, type=_Batch)

    async def _arrivals(self, listener: _Listener) -> AsyncIterator[bytes]:
        request, known, newest = LiveRequest(most=1), b"", ""
        while True:
            try:
                batch = await self._batch(listener.asked, request)
            except (_Refused, ApiError):  # who may not see traces may see how many there are; and so while it opens
                pass
            else:
                request = replace(request, cursor=batch.cursor)
                newest = msgspec.json.decode(batch.traces[-1], type=_Trace).id if batch.traces else newest
            # The counts are of all accounts, and what is said of a document may quote it.
            counts = await self._counts() if listener.is_ours else None
            told = encode(self._told(counts, newest))
            yield _event("arrivals", told) if told != known else b""
            known = told

    def _told(self, counts: dict[str, int] | None, newest: str) -> Arrivals:
        if counts is None:
            return Arrivals(newest_trace_id=newest or msgspec.UNSET)
        rejected = [
            RejectedDocuments(source=source, reason=reason, message=self._counters.because(name), count=count)
            for name, count in counts.items()
            for mark in _REFUSED
            if mark in name
            for source, reason in [name.split(mark, 1)]
            if source in _WAYS_IN or source.startswith("otlp")
        ]
        return Arrivals(
            datagrams=counts.get("udp.received", 0),
            accepted=counts.get("journal.documents", 0),
            stored=counts.get("applier.documents", 0),
            spans=sum(count for name, count in counts.items() if name.endswith(".spans.accepted")),
            rejected=sorted(rejected, key=lambda one: (-one.count, one.source, one.reason)),
            newest_trace_id=newest or msgspec.UNSET,
        )


_WAYS_IN = frozenset(["api", "udp", "http"])


def _event(name: str, data: bytes) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), data.replace(b"\n", b" "))


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= 200:
        raise InvalidRequest(f"most is {text[:60]!r}; 1 to 200 are accepted")
    return number


def _key(caller: Caller) -> str:
    if caller.session is not None or not caller.access_key_id:
        raise AccessDenied("the request is signed by temporary credentials; a stream needs an access key that lasts")
    return caller.access_key_id


async def _gone(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
