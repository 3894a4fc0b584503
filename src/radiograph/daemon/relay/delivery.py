"""Brings consignments to the service: again and again when it is away, by halves when a document spoils the others."""

from __future__ import annotations

import time
import traceback

import msgspec

from radiograph.telemetry import Seldom, log

from .answer import Reply
from .connection import Connection
from .consignment import Consignment, NoSpans, encode_segments, spans_of
from .outage import Outage
from .patience import Patience
from .service import JSON, PROTOBUF, Service
from .tally import Tally, kind_of_error
from .verdict import Away, Failing, Misdirected, Refused, Spoilt, Taken, Verdict, judge

__all__ = ["Delivery"]

_TIMEOUT_S = 10.0
_SEGMENTS, _SPANS = "/TraceSegments", "/v1/traces"
_ATTEMPTS, _PATIENT_S = 5, 30.0


class _Names(msgspec.Struct):
    id: str | None = None
    trace_id: str | None = None


class Delivery:
    """What to do with each of the service's answers; and the connections, of which each serves one consignment."""

    def __init__(
        self, service: Service, patience: Patience, outage: Outage, tally: Tally, patient_s: float = _PATIENT_S
    ) -> None:
        """After ``patient_s`` of 500s, documents are to blame for them if the service is well otherwise."""
        self._service, self._patience, self._outage, self._tally = service, patience, outage, tally
        self._patient_s = patient_s
        self._rejections, self._faults = Seldom(), Seldom()
        self._idle: list[Connection] = []

    async def deliver(self, consignment: Consignment) -> None:
        """Return once every document is taken, or refused for good."""
        connection = self._idle.pop() if self._idle else self._service.connection()
        try:
            await self._deliver(connection, consignment.documents, consignment.spans)
        finally:
            self._idle.append(connection)

    async def _deliver(self, connection: Connection, documents: list[bytes], spans: bool) -> None:
        attempt, began = 0, time.monotonic()
        while True:
            attempt += 1
            verdict = await self._ask(connection, documents, spans)
            if isinstance(verdict, Failing) and await self._are_to_blame(connection, attempt, began):
                verdict = Spoilt(verdict.reason)
            match verdict:
                case Taken(refused):
                    return self._taken(documents, refused)
                case Spoilt(reason):
                    if len(documents) == 1:
                        return self._reject(documents[0], reason)
                    half = len(documents) // 2
                    await self._deliver(connection, documents[:half], spans)
                    return await self._deliver(connection, documents[half:], spans)
                case Away(after_s=after_s):
                    self._outage.note(verdict)
                    await self._patience.wait(attempt, after_s)
                case Failing() | Misdirected():
                    self._outage.note(verdict)
                    if isinstance(verdict, Misdirected) and verdict.keys:
                        self._service.credentials.refused()
                    await self._patience.wait(attempt)

    async def _ask(self, connection: Connection, documents: list[bytes], spans: bool) -> Verdict:
        try:
            if spans:
                return await self._post(connection, _SPANS, PROTOBUF, spans_of(documents[0]))
            return await self._post(connection, _SEGMENTS, JSON, encode_segments(documents))
        except NoSpans as error:
            return Spoilt(str(error))
        except Exception as error:  # the edge: a fault of ours over one consignment must not end sending
            self._faults.warning(type(error).__name__, f"{len(documents)} documents: {traceback.format_exc()}")
            return Failing(f"a fault of the daemon's: {error!r}")

    async def _post(self, connection: Connection, path: str, kind: str, body: bytes) -> Verdict:
        began = time.monotonic()
        try:
            reply = await self._service.post(connection, path, kind, body, _TIMEOUT_S)
        except OSError as error:
            self._tally.add(kind_of_error(error))
            return Away(f"{self._service.endpoint.url} does not answer: {error}")
        self._count(reply)
        log.debug("%s answered %d (%1.3f seconds)", path, reply.status, time.monotonic() - began)
        return judge(reply, spans=path == _SPANS)

    def _count(self, reply: Reply) -> None:
        if reply.status >= 400:
            self._tally.add("5xx" if reply.status >= 500 else "4xx")

    async def _are_to_blame(self, connection: Connection, attempt: int, began: float) -> bool:
        """Whether the documents, and not the service, are the reason why it breaks: it is well without them."""
        if attempt < _ATTEMPTS or time.monotonic() - began < self._patient_s:
            return False
        return isinstance(await self._ask(connection, [], spans=False), Taken)

    def _taken(self, documents: list[bytes], refused: list[Refused]) -> None:
        self._settled()
        self._tally.add("sent", len(documents))
        if refused:
            traces = {one.id: one.trace_id for one in map(_names, documents)}
            for one in refused:
                self._tally.add("rejected")
                trace = traces.get(one.id) if one.id else None
                self._warn(one.code or "unknown", trace, one.id, f"{one.code} {one.message}")

    def _reject(self, document: bytes, reason: str) -> None:
        self._settled()
        self._tally.add("rejected")
        names = _names(document)
        self._warn("refused", names.trace_id, names.id, reason)

    def _settled(self) -> None:
        self._outage.over()
        self._patience.answered()

    def _warn(self, kind: str, trace: str | None, segment: str | None, why: str) -> None:
        self._rejections.warning(kind, f"Unprocessed trace {trace or 'unknown'}, segment {segment or 'unknown'}: {why}")

    def close(self) -> None:
        """Close the connections."""
        for connection in self._idle:
            connection.close()


def _names(document: bytes) -> _Names:
    try:
        return msgspec.json.decode(document, type=_Names)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _Names()
