"""One span as the members of a segment or a subsegment; which of the two it is, its place decides.

Source: the collector's ``awsxray`` exporter. What it leaves out (the span's own name, events, the scope) is kept in
``metadata.default``, so that the span can be told again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec

from .from_attributes import aws_of_call, http, sql
from .from_events import cause, other_events
from .from_resource import ResourceParts
from .kept import ANNOTATIONS, AROUND, EVENTS, METADATA, SCOPE_NAME, SCOPE_VERSION, SPAN_KIND, SPAN_NAME, TRACE_STATE
from .known import ABOUT_AWS, ABOUT_DATABASE, ABOUT_HTTP, Known
from .naming import call_name, namespace, segment_name
from .span import Attributes, OtelSpan

__all__ = ["Annotated", "segment_of", "service_segment_of", "subsegment_of", "xray_trace_id"]

_Members = dict[str, Any]
_MOST_ANNOTATION = 1000
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9_.]")
_decode = msgspec.json.Decoder().decode


class Annotated(msgspec.Struct, frozen=True):
    """Which attributes become annotations besides those that a span lists itself (``aws.xray.annotations``)."""

    every: bool = False
    keys: frozenset[str] = frozenset()


def segment_of(span: OtelSpan, parts: ResourceParts, annotated: Annotated) -> _Members:
    """Give the members of a service's segment, those of its place in a trace aside."""
    known = Known(span.attributes)
    members = _timed(span, segment_name(span, known))
    origin = known.take("aws.xray.origin") or parts.origin
    if origin is not None:
        members["origin"] = origin
    if parts.service:
        members["service"] = parts.service
    for member, name in (("user", "enduser.id"), ("resource_arn", "aws.xray.resource_arn")):
        told = known.take(name)
        if told is not None:
            members[member] = told
    _add_request(members, span, known)
    aws = {**parts.aws, **aws_of_call(known, is_aws=False)} if known.about & ABOUT_AWS else parts.aws
    rule = known.take("aws.xray.sampling_rule")
    if rule is not None:  # as samplers that ask us note it
        aws = {**aws, "xray": {**aws.get("xray", {}), "sampling_rule_name": rule}}
    if aws:
        members["aws"] = aws
    _add_outcome(members, span, known, parts.language)
    _add_rest(members, span, known, annotated, "SERVER", parts.metadata)
    return members


def service_segment_of(span: OtelSpan, parts: ResourceParts) -> _Members:
    """Give the members of the segment around a call that no segment is around: what the service says of itself."""
    members = _timed(span, segment_name(span, Known(span.attributes)))
    if parts.origin is not None:
        members["origin"] = parts.origin
    if parts.service:
        members["service"] = parts.service
    if parts.aws:
        members["aws"] = parts.aws
    members["metadata"] = {"default": {AROUND: True, **parts.metadata}}
    return members


def subsegment_of(span: OtelSpan, parts: ResourceParts, annotated: Annotated) -> _Members:
    """Give the members of a subsegment, those of its place in a trace aside."""
    known = Known(span.attributes)
    members = _timed(span, call_name(span, known))
    kind = "INTERNAL"
    if known.about or span.kind != "INTERNAL":
        space = namespace(span, known)
        if space is not None:
            members["namespace"] = space
            kind = "CLIENT" if space in ("aws", "remote") else kind
        _add_request(members, span, known)
        asked = sql(span, known) if known.about & ABOUT_DATABASE else None
        if asked is not None:
            members["sql"] = asked
        aws = aws_of_call(known, is_aws=space == "aws") if known.about & ABOUT_AWS else None
        if aws:
            members["aws"] = aws
        if known.about & ABOUT_AWS and known.take_flag("aws.xray.traced"):
            members["traced"] = True
    _add_outcome(members, span, known, parts.language)
    _add_rest(members, span, known, annotated, kind, None)
    return members


def _timed(span: OtelSpan, name: str) -> _Members:
    members: _Members = {"id": span.span_id, "name": name, "start_time": span.start_unix_nano / 1e9}
    if span.end_unix_nano is None or span.attributes.get("aws.xray.inprogress") is True:
        members["in_progress"] = True
    else:
        members["end_time"] = max(span.end_unix_nano, span.start_unix_nano) / 1e9
    return members


def _add_request(members: _Members, span: OtelSpan, known: Known) -> None:
    request = http(span, known) if known.about & ABOUT_HTTP else None
    if request is not None:
        members["http"] = request


def _add_outcome(members: _Members, span: OtelSpan, known: Known, language: str) -> None:
    status = members.get("http", {}).get("response", {}).get("status", 0)
    if 400 <= status < 500:
        members["error"] = True
        if status == 429:
            members["throttle"] = True
    elif span.failed or status >= 500:
        members["fault"] = True
    if span.failed or span.events:
        told = cause(span, language)
        if told is not None:
            members["cause"] = told
    if "cause" not in members and known.about & ABOUT_AWS:
        elsewhere = known.take("aws.xray.cause.id")
        if elsewhere is not None:
            members["cause"] = elsewhere


def _add_rest(
    members: _Members,
    span: OtelSpan,
    known: Known,
    annotated: Annotated,
    kind: str,
    of_resource: _Members | None,
) -> None:
    """Add annotations, metadata and links: whatever has found no place yet."""
    listed: list[str] = []
    if known.about & ABOUT_AWS:
        listed = known.take_texts(ANNOTATIONS, ",")
        known.take_flag("aws.xray.inprogress")
    rest = known.left()
    if of_resource:
        rest.update(of_resource)
    annotations = _annotations(rest, listed, annotated) if listed or annotated.every or annotated.keys else None
    if annotations:
        members["annotations"] = annotations
    spaces = {key: value for key, value in rest.items() if key.startswith(METADATA)} if rest else None
    if span.name != members["name"]:
        rest[SPAN_NAME] = span.name
    if span.kind != kind:
        rest[SPAN_KIND] = span.kind
    if span.scope:
        rest[SCOPE_NAME] = span.scope
        if span.scope_version:
            rest[SCOPE_VERSION] = span.scope_version
    if span.trace_state:
        rest[TRACE_STATE] = span.trace_state
    if span.events:
        events = other_events(span)
        if events:
            rest[EVENTS] = events
    metadata: _Members = {}
    for key in spaces or ():
        metadata[key.removeprefix(METADATA)] = _parsed(rest.pop(key))
    if rest:
        default = metadata.get("default")
        metadata["default"] = {**default, **rest} if type(default) is dict else rest
    if metadata:
        members["metadata"] = metadata
    if span.links:
        members["links"] = [
            {"trace_id": xray_trace_id(one.trace_id), "id": one.span_id, "attributes": one.attributes}
            for one in span.links
        ]


def _annotations(rest: Attributes, listed: list[str], annotated: Annotated) -> _Members:
    """Take the annotations out of ``rest``."""
    keys = list(rest) if annotated.every else [*listed, *annotated.keys]
    found: _Members = {}
    for key in keys:
        value = rest.get(key)
        if type(value) in (bool, int, float) or (type(value) is str and len(value) <= _MOST_ANNOTATION):
            found[_annotation_key(key)] = value
            del rest[key]
    return found


@lru_cache(maxsize=8192)
def _annotation_key(key: str) -> str:
    return _NOT_IN_KEY.sub("_", key)


def _parsed(value: Any) -> Any:
    if type(value) is not str:
        return value
    try:
        return _decode(value)
    except (msgspec.DecodeError, RecursionError):
        return value


def xray_trace_id(trace_id: str) -> str:
    """Give 32 hexadecimal digits as X-Ray writes trace ids."""
    return f"1-{trace_id[:8]}-{trace_id[8:]}"
