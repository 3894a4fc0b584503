"""Spans as segment documents: what a service did in one batch is one document, its calls nested as X-Ray nests them.

Source: the collector's ``awsxray`` exporter says what is a segment and what a subsegment. It sends a document a span;
here a span is inside its parent's document when both came in one batch: a sixth of the documents to keep and to read.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from radiograph.segments.decode import MAX_DOCUMENT_BYTES, Limits

from .decoded import Refused
from .forest import plant
from .from_resource import ResourceParts, resource_parts
from .from_span import Annotated, segment_of, service_segment_of, subsegment_of, xray_trace_id
from .naming import is_call
from .span import OtelSpan

__all__ = ["MAX_SPAN_BYTES", "Translated", "to_documents"]

MAX_SPAN_BYTES = 200 * 1024
"""AWS's quota of its OTLP endpoint: a span has at most 200 KB."""
_GOLDEN, _MASK = 0xD1B54A32D192ED03, (1 << 64) - 1
_encode = msgspec.json.Encoder().encode


class Translated(msgspec.Struct, frozen=True):
    """The documents of some spans."""

    documents: list[bytes]
    refused: list[Refused]


def to_documents(
    spans: Sequence[OtelSpan],
    now: float,
    limits: Limits,
    annotated: Annotated = Annotated(),  # noqa: B008
) -> Translated:
    """Give documents that hold all ``spans`` but the refused ones. ``now`` is in epoch seconds.

    The same spans give the same documents, so that a batch sent twice is stored once.
    """
    refused: list[Refused] = []
    kept: list[OtelSpan] = []
    for span in spans:
        reason = _unacceptable(span, now, limits)
        if reason is None:
            kept.append(span)
        else:
            refused.append(_refused(span, reason))
    forest = plant(kept)
    resources: dict[int, ResourceParts] = {}
    whole: dict[int, bytes] = {}
    """Of each place, its JSON with that of everything inside it, trace id and parent aside."""
    documents: list[bytes] = []
    for place in reversed(forest.order):
        span = kept[place]
        parts = resources.get(id(span.resource))
        if parts is None:
            parts = resources[id(span.resource)] = resource_parts(span.resource)
        is_segment = place in forest.segments
        is_inside = is_segment and _is_inside_its_service(span)
        try:
            own = _encode((segment_of if is_segment and not is_inside else subsegment_of)(span, parts, annotated))
        except (ValueError, OverflowError, RecursionError) as error:
            own = b""
            refused.append(_refused(span, f"it cannot be told in JSON: {error}"))
        if len(own) > MAX_SPAN_BYTES:
            refused.append(_refused(span, f"it has {len(own)} bytes; at most {MAX_SPAN_BYTES} are accepted"))
            own = b""
        inside: list[bytes] = []
        room = MAX_DOCUMENT_BYTES - len(own)
        for child in forest.children[place]:
            one = whole.pop(child, b"")
            if one and own and len(one) < room:
                inside.append(one)
                room -= len(one) + 1
            elif one:
                documents.append(_subsegment(kept[child], one))
        if not own:
            continue
        if inside:
            own = _with_inside(own, inside)
        if place not in forest.roots:
            whole[place] = own
        elif not is_segment:
            documents.append(_subsegment(span, own))
        elif is_inside:
            documents.append(_segment(span, _with_inside(_around(span, parts), [own])))
        else:
            documents.append(_segment(span, own))
    return Translated(documents, refused)


def _unacceptable(span: OtelSpan, now: float, limits: Limits) -> str | None:
    started = span.start_unix_nano / 1e9
    ended = started if span.end_unix_nano is None else span.end_unix_nano / 1e9
    if started < now - limits.max_age_s or started > now + limits.max_future_s or ended > now + limits.max_future_s:
        accepted = f"from {limits.max_age_s / 86_400:g} days ago to {limits.max_future_s:g} s ahead is accepted"
        return f"its time is {started:.3f} to {ended:.3f}, {started - now:+.0f} s from now; {accepted}"
    return None


def _is_inside_its_service(span: OtelSpan) -> bool:
    """Whether a span that begins what its service does tells only of the call it makes."""
    if span.kind == "CONSUMER":
        return span.attributes.get("aws.span.kind") is not None and "aws.remote.service" in span.attributes
    return is_call(span)


def _around(span: OtelSpan, parts: ResourceParts) -> bytes:
    members = service_segment_of(span, parts)
    # Of the span's id, so that a batch sent twice is the same document twice.
    members["id"] = f"{(int(span.span_id, 16) * _GOLDEN + 1) & _MASK or 1:016x}"
    return _encode(members)


def _with_inside(own: bytes, inside: list[bytes]) -> bytes:
    return b'%b,"subsegments":[%b]}' % (own[:-1], b",".join(inside))


def _segment(span: OtelSpan, own: bytes) -> bytes:
    if span.parent_span_id and span.parent_span_id != span.span_id:
        return b'{"trace_id":"%b","parent_id":"%b",%b' % (_trace(span), span.parent_span_id.encode(), own[1:])
    return b'{"trace_id":"%b",%b' % (_trace(span), own[1:])


def _subsegment(span: OtelSpan, own: bytes) -> bytes:
    parent = span.parent_span_id.encode()
    return b'{"type":"subsegment","trace_id":"%b","parent_id":"%b",%b' % (_trace(span), parent, own[1:])


def _trace(span: OtelSpan) -> bytes:
    return xray_trace_id(span.trace_id).encode()


def _refused(span: OtelSpan, reason: str) -> Refused:
    return Refused(f"{span.span_id} ({span.name[:60]!r})", reason)
