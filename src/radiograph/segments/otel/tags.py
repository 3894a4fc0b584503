"""What tags of Zipkin and Jaeger say, in the words of OpenTelemetry's semantic conventions.

Source: Zipkin's conventions; OpenTracing's semantic conventions; how OpenTelemetry's exporters write to both what they
have no place for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from .span import Attributes, AttributeValue, SpanKind

__all__ = ["KINDS", "Told", "attribute", "nanoseconds", "padded", "told"]

KINDS: Mapping[str, SpanKind] = {
    "SERVER": "SERVER",
    "CLIENT": "CLIENT",
    "PRODUCER": "PRODUCER",
    "CONSUMER": "CONSUMER",
    "INTERNAL": "INTERNAL",
}
_NAMES = {
    "http.path": "url.path",
    "http.request.size": "http.request.body.size",
    "http.response.size": "http.response.body.size",
    "sql.query": "db.query.text",
    "db.instance": "db.namespace",
    "peer.hostname": "net.peer.name",
    "peer.address": "network.peer.address",
    "peer.ipv4": "network.peer.address",
    "peer.ipv6": "network.peer.address",
    "peer.port": "net.peer.port",
    "message_bus.destination": "messaging.destination.name",
}
_NUMBERS = frozenset(
    [
        *("http.status_code", "http.response.status_code", "http.request.body.size", "http.response.body.size"),
        *("http.response_content_length", "net.peer.port", "network.peer.port", "server.port"),
    ]
)
_NOT_FAILED = (False, 0, "false", "False", "FALSE")
_ANY_DATABASE = "other_sql"
_INT64 = range(-(2**63), 2**63)
_LATEST_US = (2**63 - 1) // 1000
_encode = msgspec.json.Encoder().encode


class Told(msgspec.Struct, frozen=True):
    """The tags that say something of the span itself, and the others as attributes."""

    kind: SpanKind | None
    failed: bool
    message: str
    scope: str
    scope_version: str
    trace_state: str
    attributes: Attributes


def told(tags: Iterable[tuple[str, Any]]) -> Told:
    """Give what tags say; of two with one name the last counts, a null says nothing.

    A tag ``error`` is a failure whatever its text, which then is the message.
    """
    attributes: Attributes = {}
    for name, value in tags:
        if value is None:
            continue
        name = _NAMES.get(name, name)
        made = attribute(value)
        if name in _NUMBERS and type(made) is str and len(made) < 16 and made.isascii() and made.isdigit():
            made = int(made)
        attributes[name] = made
    attributes.pop("internal.span.format", None)
    _name_database(attributes)
    status = _text(attributes, "otel.status_code").upper().removeprefix("STATUS_CODE_")
    message = _text(attributes, "otel.status_description")
    error = attributes.pop("error", False)
    if not message and type(error) is str and error.lower() != "true" and error not in _NOT_FAILED:
        message = error
    scope, library = _text(attributes, "otel.scope.name"), _text(attributes, "otel.library.name")
    version, older = _text(attributes, "otel.scope.version"), _text(attributes, "otel.library.version")
    return Told(
        kind=KINDS.get(_text(attributes, "span.kind").upper()),
        failed=status == "ERROR" or error not in _NOT_FAILED,
        message=message,
        scope=scope or library,
        scope_version=version or older,
        trace_state=_text(attributes, "w3c.tracestate"),
        attributes=attributes,
    )


def attribute(value: Any) -> AttributeValue:
    """Give a JSON value as an attribute; what attributes cannot hold becomes JSON."""
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, int):
        return value if value in _INT64 else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if type(value) is list and all(type(item) is str for item in value):
        texts: list[str] = value
        return texts
    return _encode(value).decode()


def padded(name: str, digits: str, most: int) -> str:
    """Give an id in lower case with the zeros in front that some leave out; ``most`` digits long.

    Raises: ValueError for what is none, all zeros among it.
    """
    found = digits.lower().rjust(most, "0")
    if len(found) != most or not digits or set(found) == {"0"} or not set(found) <= set("0123456789abcdef"):
        raise ValueError(f"{name} is {digits[:40]!r}; 1 to {most} hexadecimal digits that are not all 0 are accepted")
    return found


def nanoseconds(name: str, microseconds: int) -> int:
    """Give a time since 1970, or a length of time, in nanoseconds.

    Raises: ValueError for what 64 bits of nanoseconds do not hold.
    """
    if not 0 <= microseconds <= _LATEST_US:
        raise ValueError(f"{name} is {str(microseconds)[:40]}; 0 to {_LATEST_US} microseconds are accepted")
    return microseconds * 1000


def _name_database(attributes: Attributes) -> None:
    kind = attributes.pop("db.type", None)
    if "db.system" in attributes or "db.system.name" in attributes:
        return
    if type(kind) is str and kind:
        attributes["db.system"] = _ANY_DATABASE if kind.lower() == "sql" else kind
    elif "db.query.text" in attributes:
        attributes["db.system"] = _ANY_DATABASE


def _text(attributes: Attributes, name: str) -> str:
    """Take a text out; "" when it is absent, or is none and stays."""
    value = attributes.get(name)
    if type(value) is not str:
        return ""
    del attributes[name]
    return value
