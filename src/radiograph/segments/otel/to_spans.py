"""A segment document as spans of OpenTelemetry: one a segment or subsegment, nothing of it lost.

Source: spec of the OpenTelemetry mapping, read backwards, so that a document that an exporter made of spans becomes
those spans again. What OpenTelemetry has no word for is told under ``aws.xray.…``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from radiograph.segments.clean import clean

from .kept import AROUND, EVENTS, SCOPE_NAME, SCOPE_VERSION, SPAN_KIND, SPAN_NAME, TRACE_STATE, kept, kept_text
from .span import Attributes, OtelEvent, OtelLink, OtelSpan, SpanKind
from .to_attributes import Members, put, resource_attributes, span_attributes

__all__ = ["to_spans"]

_HAS_IS_REMOTE, _IS_REMOTE, _SAMPLED = 0x100, 0x200, 0x01
_LATEST_S = 9_223_372_036  # what 64 bits of nanoseconds hold
_TRACE_ID = re.compile(r"(?:1-)?([0-9a-fA-F]{8})-?([0-9a-fA-F]{24})")
_SPAN_ID = re.compile(r"(?!0{16})[0-9a-fA-F]{16}")
_KINDS: dict[str, SpanKind] = {"INTERNAL": "INTERNAL", "SERVER": "SERVER", "CLIENT": "CLIENT"}
_KINDS |= {"PRODUCER": "PRODUCER", "CONSUMER": "CONSUMER"}
_decode = msgspec.json.Decoder().decode


def to_spans(document: bytes | Members) -> list[OtelSpan]:
    """Give the spans of a document that was accepted, or was compiled of such; parents before their children.

    Times come in whole microseconds: more is not in a number of seconds since 1970.
    """
    top = clean(_decode(document) if isinstance(document, bytes) else document)
    is_segment = top.get("type") != "subsegment"
    resource = resource_attributes(top) if is_segment else {}
    tracer = _tracer(top)
    trace_id = _trace_id(top["trace_id"]) or ""
    spans = []
    stack = [(top, _span_id(top.get("parent_id")))]
    if kept(top, AROUND) is True and len(top.get("subsegments", ())) == 1:
        # Its one call is all that anybody recorded.
        stack = [(top["subsegments"][0], _span_id(top.get("parent_id")))]
    while stack:
        members, parent = stack.pop()
        scope = kept_text(members, SCOPE_NAME)
        begun = _nano(members["start_time"])
        ended = max(begun, _nano(members["end_time"])) if "end_time" in members else None
        cause = members.get("cause")
        exceptions = cause.get("exceptions", []) if type(cause) is dict else []
        is_top = members is top
        spans.append(
            OtelSpan(
                resource=resource,
                scope=scope or tracer[0],
                scope_version=kept_text(members, SCOPE_VERSION) if scope else tracer[1],
                trace_id=trace_id,
                span_id=members["id"].lower(),
                parent_span_id=parent,
                flags=_HAS_IS_REMOTE | _SAMPLED | (_IS_REMOTE if is_top and is_segment and parent else 0),
                name=kept_text(members, SPAN_NAME) or members["name"],
                kind=_kind(members, is_top and is_segment),
                start_unix_nano=begun,
                end_unix_nano=ended,
                failed=_failed(members),
                status_message=next((one["message"] for one in exceptions if "message" in one), ""),
                attributes=span_attributes(members, is_top and is_segment),
                events=[
                    *(_exception(one, ended if ended is not None else begun) for one in exceptions),
                    *_events(kept(members, EVENTS)),
                ],
                links=list(_links(members.get("links"))),
                trace_state=kept_text(members, TRACE_STATE),
            )
        )
        stack += [(child, members["id"].lower()) for child in reversed(members.get("subsegments", ()))]
    return spans


def _events(kept: Any) -> Iterator[OtelEvent]:
    for one in kept if type(kept) is list else ():
        if type(one) is dict and type(one.get("time")) in (int, float) and type(one.get("name")) is str:
            told = one.get("attributes")
            yield OtelEvent(_nano(one["time"]), one["name"], told if type(told) is dict else {})


def _kind(members: Members, is_segment: bool) -> SpanKind:
    told = kept_text(members, SPAN_KIND)
    if told in _KINDS:
        return _KINDS[told]
    if is_segment:
        return "SERVER"
    return "CLIENT" if members.get("namespace") in ("aws", "remote") else "INTERNAL"


def _failed(members: Members) -> bool:
    """Whether it has a flag; a flag that is absent follows the HTTP status."""
    status = members.get("http", {}).get("response", {}).get("status", 0)
    implied = {"error": 400 <= status < 500, "throttle": status == 429, "fault": status >= 500}
    return any(members.get(flag, otherwise) for flag, otherwise in implied.items())


def _exception(members: Members, at_unix_nano: int) -> OtelEvent:
    """Give an exception as an event; when it was thrown is not known, so it is when it was left behind."""
    attributes: Attributes = {}
    known = {"type": "exception.type", "message": "exception.message"}
    for name, value in members.items():
        if name == "stack":
            head = ": ".join(members[part] for part in ("type", "message") if part in members)
            put(attributes, "exception.stacktrace", "\n".join([head, *map(_frame, value)]))
        else:
            put(attributes, known.get(name, f"aws.xray.exception.{name}"), value)
    return OtelEvent(at_unix_nano, "exception", attributes)


def _frame(members: Members) -> str:
    return f"    at {members.get('label', '')} ({members.get('path', '')}:{members.get('line', 0)})"


def _links(value: Any) -> Iterator[OtelLink]:
    for one in value if type(value) is list else ():
        trace_id = _trace_id(one.get("trace_id")) if type(one) is dict else None
        if trace_id is None:
            continue
        attributes: Attributes = {}
        given = one.get("attributes")
        for name, member in given.items() if type(given) is dict else ():
            put(attributes, name, member)
        yield OtelLink(trace_id, _span_id(one.get("id")), attributes)


def _tracer(top: Members) -> tuple[str, str]:
    tracer = top.get("aws", {}).get("xray", {})
    name, version = tracer.get("sdk"), tracer.get("sdk_version")
    return name if type(name) is str else "", version if type(version) is str else ""


def _trace_id(value: Any) -> str | None:
    match = _TRACE_ID.fullmatch(value) if type(value) is str else None
    return (match[1] + match[2]).lower() if match else None


def _span_id(value: Any) -> str:
    return value.lower() if type(value) is str and _SPAN_ID.fullmatch(value) else ""


def _nano(seconds: float) -> int:
    return round(min(max(seconds, 0), _LATEST_S) * 1_000_000) * 1_000
