"""Spans as JSON: as Transaction Search keeps them, and as OTLP sends them."""

from __future__ import annotations

import json
from typing import Any

from radiograph.segments.otel import OtelSpan, log_event, resource_spans, to_spans
from tests.oracle.documents import ROOT, segment, subsegment

W3C = "6553f1000123456789abcdef01234567"
OTHER = "1-6553f100-00000000000000000000BEEF"


def spans(document: dict[str, Any]) -> list[OtelSpan]:
    return to_spans(json.dumps(document).encode())


def span(**members: Any) -> OtelSpan:
    (only,) = spans(segment(**members))
    return only


def test_a_log_event_stands_alone() -> None:
    found = spans(segment(fault=True, cause={"exceptions": [{"message": "no"}]}, links=[{"trace_id": OTHER}]))
    assert log_event(found[0]) == {
        "resource": {"attributes": {"service.name": "shop"}},
        "scope": {"name": "", "version": ""},
        "traceId": W3C,
        "spanId": ROOT,
        "parentSpanId": "",
        "flags": 0x101,
        "name": "shop",
        "kind": "SERVER",
        "startTimeUnixNano": 1_699_999_999_000_000_000,
        "endTimeUnixNano": 1_699_999_999_500_000_000,
        "durationNano": 500_000_000,
        "attributes": {"aws.xray.fault": True},
        "events": [
            {
                "timeUnixNano": 1_699_999_999_500_000_000,
                "name": "exception",
                "attributes": {"exception.message": "no"},
            }
        ],
        "links": [{"traceId": OTHER[2:].replace("-", "").lower(), "spanId": "", "attributes": {}}],
        "status": {"code": "ERROR", "message": "no"},
    }
    begun = log_event(span(end_time=..., in_progress=True))
    assert not {"endTimeUnixNano", "durationNano", "events", "links"} & set(begun)
    assert begun["status"] == {"code": "UNSET"}


def test_otlp_has_typed_values_numbers_for_kinds_and_strings_for_nanoseconds() -> None:
    members = {"a": "x", "b": True, "c": 5, "d": 0.5, "e": 2**64 - 1}
    found = spans(segment(annotations=members, fault=True, subsegments=[subsegment(namespace="remote")]))
    other = spans(segment(name="other"))
    first, second = resource_spans([*found, *other])
    assert first["resource"]["attributes"] == [{"key": "service.name", "value": {"stringValue": "shop"}}]
    server, client = first["scopeSpans"][0]["spans"]
    assert (server["kind"], client["kind"]) == (2, 3)
    assert (server["startTimeUnixNano"], server["status"]["code"]) == ("1699999999000000000", 2)
    assert client["status"] == {}
    values = {one["key"]: one["value"] for one in server["attributes"]}
    assert values["aws.xray.annotations"] == {"arrayValue": {"values": [{"stringValue": name} for name in "abcde"]}}
    assert [values[name] for name in "abcde"] == [
        {"stringValue": "x"},
        {"boolValue": True},
        {"intValue": "5"},
        {"doubleValue": 0.5},
        {"doubleValue": float(2**64 - 1)},
    ]
    assert second["scopeSpans"][0]["spans"][0]["name"] == "other"
