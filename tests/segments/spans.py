"""Spans to test with."""

from __future__ import annotations

from typing import Any

import msgspec

from radiograph.segments.decode import Accepted, Limits, decode
from radiograph.segments.otel import Annotated, OtelEvent, OtelSpan, Translated, to_documents

NOW_S = 1_700_000_000.0
NOW_NS = 1_700_000_000_000_000_000
TRACE = "65540000aaaaaaaaaaaaaaaaaaaaaaaa"
XRAY_TRACE = "1-65540000-aaaaaaaaaaaaaaaaaaaaaaaa"
SERVICE = {"service.name": "checkout"}
REMOTE_PARENT, LOCAL_PARENT = 0x301, 0x101


def span(span_id: str = "1000000000000001", parent: str = "", **members: Any) -> OtelSpan:
    defaults: dict[str, Any] = {
        "resource": SERVICE,
        "scope": "",
        "scope_version": "",
        "trace_id": TRACE,
        "span_id": span_id,
        "parent_span_id": parent,
        "flags": 0,
        "name": "work",
        "kind": "INTERNAL" if parent else "SERVER",
        "start_unix_nano": NOW_NS - 2_000_000_000,
        "end_unix_nano": NOW_NS - 1_000_000_000,
        "failed": False,
        "status_message": "",
        "attributes": {},
        "events": [],
        "links": [],
    }
    return OtelSpan(**{**defaults, **members})


def event(name: str = "exception", **attributes: Any) -> OtelEvent:
    return OtelEvent(NOW_NS - 1_500_000_000, name, {key.replace("__", "."): value for key, value in attributes.items()})


def translated(*spans: OtelSpan, annotated: Annotated = Annotated()) -> Translated:  # noqa: B008
    return to_documents(spans, NOW_S, Limits(), annotated)


def documents(*spans: OtelSpan, annotated: Annotated = Annotated()) -> list[dict[str, Any]]:  # noqa: B008
    """Give the documents of spans, each held to what the door demands of documents; none may be refused."""
    given = translated(*spans, annotated=annotated)
    assert given.refused == []
    for document in given.documents:
        assert isinstance(decode(document, NOW_S)[0], Accepted), document
    return [msgspec.json.decode(document) for document in given.documents]


def document(*spans: OtelSpan, annotated: Annotated = Annotated()) -> dict[str, Any]:  # noqa: B008
    (only,) = documents(*spans, annotated=annotated)
    return only


def inside(child: OtelSpan) -> dict[str, Any]:
    """Give the subsegment that a span below a server's is."""
    (only,) = document(span("9000000000000009"), msgspec.structs.replace(child, parent_span_id="9000000000000009"))[
        "subsegments"
    ]
    return only
