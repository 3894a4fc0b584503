"""OTLP requests to test with."""

from __future__ import annotations

from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList

from tests.segments.spans import NOW_NS, TRACE

TRACE_ID = bytes.fromhex(TRACE)


def value(given: Any) -> AnyValue:
    match given:
        case bool():
            return AnyValue(bool_value=given)
        case int():
            return AnyValue(int_value=given)
        case float():
            return AnyValue(double_value=given)
        case bytes():
            return AnyValue(bytes_value=given)
        case list():
            return AnyValue(array_value=ArrayValue(values=[value(one) for one in given]))
        case dict():
            return AnyValue(kvlist_value=KeyValueList(values=pairs(given)))
        case _:
            return AnyValue(string_value=given)


def pairs(given: dict[str, Any]) -> list[KeyValue]:
    return [KeyValue(key=key, value=value(one)) for key, one in given.items()]


def request(*spans: dict[str, Any], service: str = "checkout", now_ns: int = NOW_NS) -> ExportTraceServiceRequest:
    """Give a request of spans; ``attributes`` is a dictionary, every other member as protobuf has it."""
    made = ExportTraceServiceRequest()
    of_resource = made.resource_spans.add()
    of_resource.resource.attributes.extend(pairs({"service.name": service}))
    of_scope = of_resource.scope_spans.add()
    of_scope.scope.name, of_scope.scope.version = "tests", "1"
    for place, members in enumerate(spans):
        members = {
            "trace_id": TRACE_ID,
            "span_id": (place + 1).to_bytes(8, "big"),
            "name": "work",
            "kind": 2,
            "start_time_unix_nano": now_ns - 2_000_000_000,
            "end_time_unix_nano": now_ns - 1_000_000_000,
            **members,
        }
        attributes = members.pop("attributes", {})
        of_scope.spans.add(**members).attributes.extend(pairs(attributes))
    return made
