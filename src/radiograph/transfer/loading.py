"""Portions of files into a server, each by the way that is made for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

import msgspec

from radiograph.segments.otel import resource_spans
from radiograph.segments.otel.decoded import UnreadableSpans
from radiograph.segments.otel.jaeger import jaeger_spans
from radiograph.segments.otel.span import OtelSpan

from . import documents, otlp
from .door import Door, NotTaken, Wait, message_of
from .formats import Documents, JaegerAnswer, JaegerSpans, Otlp, Portion, Unreadable, ZipkinSpans
from .lanes import in_lanes
from .tally import Outcome, Refusal, Tally

__all__ = ["Loading", "load"]

_ZIPKIN_PATH = "/api/v2/spans"
_ZIPKIN_REFUSED = re.compile(r"(\d{1,9}) spans? refused: (.*)", re.DOTALL)
_TOGETHER = 20_000
"""Spans that are looked at together, for those of a trace to be sent together."""
_encode = msgspec.json.Encoder().encode
_Job = Callable[[], Outcome]


class Loading:
    """A load under way: what became of everything so far."""

    def __init__(self, door: Door, wait: Wait) -> None:
        """Take the way into the server, and whom to ask whether to stop."""
        self.tally = Tally()
        self._door, self._wait = door, wait

    def jobs(self, portions: Iterable[Portion]) -> Iterator[_Job]:
        """Yield what is to be sent, as fast as it is asked for; what cannot be sent is counted."""
        of_xray: list[str] = []
        of_zipkin: list[Any] = []
        of_jaeger: list[Any] = []
        for portion in portions:
            if self._wait(0.0):
                return
            match portion:
                case Documents(texts):
                    of_xray += self._prepared(texts)
                    if len(of_xray) > 2 * documents.BATCH_DOCUMENTS:
                        yield from self._documents(of_xray)
                        of_xray = []
                case ZipkinSpans(spans):
                    of_zipkin += spans
                    if len(of_zipkin) >= _TOGETHER:
                        yield from self._zipkin(of_zipkin)
                        of_zipkin = []
                case JaegerSpans(spans):
                    of_jaeger += spans
                    if len(of_jaeger) >= _TOGETHER:
                        yield from self._jaeger(_around(of_jaeger))
                        of_jaeger = []
                case Otlp():
                    yield from self._otlp(portion)
                case JaegerAnswer():
                    yield from self._jaeger(portion)
                case Unreadable(where, reason):
                    self.tally.refuse(Refusal("unreadable", where, reason))
        yield from self._documents(of_xray)
        yield from self._zipkin(of_zipkin)
        yield from self._jaeger(_around(of_jaeger))

    def _prepared(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            found = documents.prepared(text)
            if found.is_inferred:
                self.tally.left_out["inferred segments"] += 1
            yield from found.documents

    def _documents(self, texts: list[str]) -> Iterator[_Job]:
        for batch in documents.batches(texts):
            yield partial(documents.send, self._door, batch)

    def _otlp(self, portion: Otlp) -> Iterator[_Job]:
        cut = otlp.json_parcels if portion.is_json else otlp.protobuf_parcels
        try:
            for parcel in cut(portion.body):
                yield partial(otlp.send, self._door, parcel)
        except (ValueError, RecursionError) as error:
            self.tally.refuse(Refusal("unreadable", portion.where, str(error)))

    def _zipkin(self, spans: list[Any]) -> Iterator[_Job]:
        for body in _zipkin_bodies(spans):
            yield partial(_send_zipkin, self._door, *body)

    def _jaeger(self, portion: JaegerAnswer) -> Iterator[_Job]:
        try:
            decoded = jaeger_spans(portion.body)
        except UnreadableSpans as error:
            self.tally.refuse(Refusal("unreadable", portion.where, str(error)))
            return
        for one in decoded.refused:
            self.tally.refuse(Refusal("unreadable span", one.span or "a span without an id", one.reason))
        if decoded.spans:
            body = _encode({"resourceSpans": list(_resource_spans(decoded.spans))})
            for parcel in otlp.json_parcels(body):
                yield partial(otlp.send, self._door, parcel)


def load(loading: Loading, portions: Iterable[Portion], progress: Callable[[], None]) -> None:
    """Send everything; ``progress`` is called after each answer.

    Raises: Unanswered, NotTaken.
    """
    for outcome in in_lanes(loading.jobs(portions)):
        loading.tally.add(outcome)
        progress()


def _zipkin_bodies(spans: list[Any]) -> Iterator[tuple[bytes, int]]:
    """Yield arrays and how many spans they have; those of a trace are in one, for a shared one needs its other half."""
    traces: dict[str, list[bytes]] = defaultdict(list)
    for span in spans:
        trace_id = span.get("traceId") if type(span) is dict else None
        traces[trace_id.lower().lstrip("0") if type(trace_id) is str else ""].append(_encode(span))
    body: list[bytes] = []
    size = 0
    for together in traces.values():
        whole = sum(map(len, together)) + len(together)
        if body and size + whole > otlp.MOST_BYTES:
            yield _array(body)
            body, size = [], 0
        for span in together:
            if body and size + len(span) > otlp.MOST_BYTES:
                yield _array(body)
                body, size = [], 0
            body.append(span)
            size += len(span) + 1
    if body:
        yield _array(body)


def _around(spans: list[Any]) -> JaegerAnswer:
    return JaegerAnswer(_encode({"data": [{"spans": spans}]}), "spans")


def _array(elements: list[bytes]) -> tuple[bytes, int]:
    return b"[" + b",".join(elements) + b"]", len(elements)


def _send_zipkin(door: Door, body: bytes, spans: int) -> Outcome:
    try:
        answer = door.post(_ZIPKIN_PATH, body)
    except NotTaken as error:
        if error.status in (404, 405, 501):
            raise
        return Outcome("spans", 0, [Refusal(f"{_ZIPKIN_PATH} {error.status}", "a request", error.message, spans)])
    # Zipkin itself tells nothing of single spans; ours does in its message.
    told = _ZIPKIN_REFUSED.match(message_of(answer.body)) if answer.body else None
    if told is None:
        return Outcome("spans", spans)
    count = min(int(told[1]), spans)
    return Outcome("spans", spans - count, [Refusal(_ZIPKIN_PATH, "spans", told[2], count)])


def _resource_spans(spans: list[OtelSpan]) -> Iterator[dict[str, Any]]:
    # Spans side by side share their resource and their scope when they are sent.
    for _, together in groupby(spans, lambda span: (id(span.resource), span.scope, span.scope_version)):
        yield from resource_spans(list(together))
