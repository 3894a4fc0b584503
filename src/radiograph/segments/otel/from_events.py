"""What happened during a span: exceptions become its cause, everything else stays as it was told.

Source: causes of the collector's ``awsxray`` exporter. Events that are no exceptions it leaves out; they are kept here.
"""

from __future__ import annotations

from typing import Any

from .kept import OURS
from .span import OtelEvent, OtelSpan
from .stacks import thrown

__all__ = ["cause", "other_events"]

_FIELDS = frozenset(["exception.type", "exception.message", "exception.stacktrace", "exception.escaped"])
_SAYING = frozenset(["type", "message", "stack", "stacktrace"])
_THROWN = f"{OURS}exception."
_HTTP_FAILURE, _HTTP_ERROR = "HTTP request failure", "aws.http.error.event"
_GOLDEN, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1


def cause(span: OtelSpan, language: str) -> dict[str, Any] | None:
    """Give ``cause``, or None when nothing was thrown and nothing is said of the failure."""
    remote = span.kind in ("CLIENT", "PRODUCER")
    exceptions: list[dict[str, Any]] = []
    for event in span.events:
        if event.name == "exception":
            exceptions += _chain(event, language, span.span_id, len(exceptions), remote)
        elif event.name == _HTTP_FAILURE:
            exceptions.append(_failed_call(event, span.span_id, len(exceptions)))
    if span.failed and span.status_message:
        if not exceptions:
            exceptions.append({"id": _id(span.span_id, 0), **({"remote": True} if remote else {})})
        if not exceptions[0].keys() & _SAYING:  # an event may tell nothing but that there was one
            exceptions[0]["message"] = span.status_message
    return {"exceptions": exceptions} if exceptions else None


def other_events(span: OtelSpan) -> list[dict[str, Any]]:
    """Give the events that ``cause`` does not tell whole, as they are."""
    return [
        {"name": event.name, "time": event.time_unix_nano / 1e9, "attributes": event.attributes}
        for event in span.events
        if not _is_told(event)
    ]


def _is_told(event: OtelEvent) -> bool:
    if event.name != "exception":
        return False
    return all(name in _FIELDS or name.startswith(_THROWN) for name in event.attributes)


def _chain(event: OtelEvent, language: str, span_id: str, number: int, remote: bool) -> list[dict[str, Any]]:
    told = event.attributes
    type_, message, stack = (
        value if type(value := told.get(f"exception.{name}")) is str else ""
        for name in ("type", "message", "stacktrace")
    )
    chain: list[dict[str, Any]] = []
    for place, one in enumerate(thrown(language, type_, message, stack)):
        exception: dict[str, Any] = {"id": _id(span_id, number + place)}
        if one.message:
            exception["message"] = one.message
        if one.type:
            exception["type"] = one.type
        if remote:
            exception["remote"] = True
        if one.stack:
            exception["stack"] = [{"path": frame.path, "line": frame.line, "label": frame.label} for frame in one.stack]
        left_out = {"truncated": one.truncated, "skipped": one.skipped}
        exception |= {member: count for member, count in left_out.items() if count}
        if one.cause is not None:
            exception["cause"] = _id(span_id, number + one.cause)
        chain.append(exception)
    if stack and not any("stack" in one for one in chain):
        # Nobody could read it: whoever looks still can.
        chain[0]["stacktrace"] = stack
    for name, value in told.items():
        if name.startswith(_THROWN):
            chain[0][name.removeprefix(_THROWN)] = value
    return chain


def _failed_call(event: OtelEvent, span_id: str, number: int) -> dict[str, Any]:
    status, text = (event.attributes.get(name, "") for name in ("http.response.status_code", "aws.http.error_message"))
    return {
        "id": _id(span_id, number),
        "type": _HTTP_ERROR,
        "message": f"{status}@{event.time_unix_nano / 1e9:f}@{text}",
        "remote": True,
    }


def _id(span_id: str, number: int) -> str:
    # Of the span and its place, so that a batch sent twice is the same document twice.
    return f"{(int(span_id, 16) + (number + 1) * _GOLDEN) & _MASK or 1:016x}"
