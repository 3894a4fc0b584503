"""A compiled trace as what ListRetrievedTraces calls spans: segments as they are, or spans of OpenTelemetry."""

from __future__ import annotations

from typing import Any

import msgspec

from radiograph.model.traces import Trace
from radiograph.segments.otel import OtelSpan, log_event, to_spans

__all__ = ["Shown", "show_segments", "show_spans"]

_MOST_CHARACTERS = 204_800
_decode = msgspec.json.Decoder().decode


class Shown(msgspec.Struct, frozen=True, order=True):
    """A segment or span, as JSON."""

    start_s: float
    id: str
    document: str


def show_segments(trace: Trace) -> list[Shown]:
    """Give the segments of a trace, inferred ones included, by start.

    Of one that is too long for a span, the subsegments come as documents of their own, as they might have been sent.
    """
    shown = []
    stack = [(segment.document, _decode(segment.document)) for segment in trace.segments]
    while stack:
        document, members = stack.pop()
        inside = members.pop("subsegments", ())
        if len(document) > _MOST_CHARACTERS and inside:
            alone = {"trace_id": trace.id, "type": "subsegment", "parent_id": members["id"]}
            stack += [(_encode(child | alone), child | alone) for child in inside]
            document = _encode(members)
        shown.append(Shown(float(members["start_time"]), members["id"], document))
    return sorted(shown)


def show_spans(trace: Trace) -> list[Shown]:
    """Give the spans of a trace by start; what was inferred is no span, because nobody sent it."""
    shown = []
    for segment in trace.segments:
        members = _decode(segment.document)
        if members.get("inferred") is not True:
            shown += [Shown(one.start_unix_nano / 1e9, one.span_id, _span(one)) for one in to_spans(members)]
    return sorted(shown)


def _span(span: OtelSpan) -> str:
    event = log_event(span)
    document = _encode(event)
    while len(document) > _MOST_CHARACTERS and event["attributes"]:
        kept = dict(event["attributes"])
        del kept[max(kept, key=lambda name: len(_encode(kept[name])))]
        event |= {"attributes": kept, "droppedAttributesCount": len(span.attributes) - len(kept)}
        document = _encode(event)
    return document


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()
