"""Requests of OTLP cut into parts: every span once, with its resource and scope."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from radiograph.transfer.otlp import json_parcels, protobuf_parcels

SHAPES = st.lists(st.lists(st.integers(0, 6), max_size=3), min_size=1, max_size=4)
"""How many spans each scope of each resource has."""


def in_json(shape: list[list[int]]) -> dict[str, Any]:
    return {
        "resourceSpans": [
            {
                "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": f"service {place}"}}]},
                "scopeSpans": [
                    {
                        "scope": {"name": f"scope {inner}"},
                        "spans": [{"spanId": f"{place}.{inner}.{number}", "name": "x" * 50} for number in range(count)],
                        "schemaUrl": "inner",
                    }
                    for inner, count in enumerate(scopes)
                ],
                "schemaUrl": "outer",
            }
            for place, scopes in enumerate(shape)
        ]
    }


def in_protobuf(shape: list[list[int]]) -> ExportTraceServiceRequest:
    request = ExportTraceServiceRequest()
    for place, scopes in enumerate(shape):
        resource = request.resource_spans.add(schema_url="outer")
        resource.resource.attributes.add(key="service.name").value.string_value = f"service {place}"
        for inner, count in enumerate(scopes):
            scope = resource.scope_spans.add(schema_url="inner")
            scope.scope.name = f"scope {inner}"
            for number in range(count):
                scope.spans.add(name=f"{place}.{inner}.{number} " + "x" * 50)
    return request


@given(SHAPES, st.integers(1, 2000))
def test_parts_of_json_have_every_span_once_and_where_it_was(shape: list[list[int]], most: int) -> None:
    body = json.dumps(in_json(shape)).encode()
    found: list[tuple[str, str, str]] = []
    for parcel in json_parcels(body, most):
        request = json.loads(parcel.body)
        inside = [
            (resource["resource"]["attributes"][0]["value"]["stringValue"], scope["scope"]["name"], span["spanId"])
            for resource in request["resourceSpans"]
            for scope in resource["scopeSpans"]
            for span in scope["spans"]
        ]
        assert parcel.spans == len(inside)
        assert len(parcel.body) <= most or parcel.spans <= 1 or parcel.body == body
        assert all(one["schemaUrl"] == "outer" for one in request["resourceSpans"])
        found += inside
    assert found == [
        (f"service {place}", f"scope {inner}", f"{place}.{inner}.{number}")
        for place, scopes in enumerate(shape)
        for inner, count in enumerate(scopes)
        for number in range(count)
    ]


@given(SHAPES.filter(lambda shape: any(map(sum, shape))), st.integers(1, 2000))
def test_parts_of_protobuf_have_every_span_once_and_where_it_was(shape: list[list[int]], most: int) -> None:
    body = in_protobuf(shape).SerializeToString()
    found: list[tuple[str, str, str]] = []
    for parcel in protobuf_parcels(body, most):
        request = ExportTraceServiceRequest.FromString(parcel.body)
        inside = [
            (resource.resource.attributes[0].value.string_value, scope.scope.name, span.name.split()[0])
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]
        assert parcel.spans == len(inside)
        assert len(parcel.body) <= most or parcel.spans <= 1 or parcel.body == body
        found += inside
    assert found == [
        (f"service {place}", f"scope {inner}", f"{place}.{inner}.{number}")
        for place, scopes in enumerate(shape)
        for inner, count in enumerate(scopes)
        for number in range(count)
    ]


def test_what_is_small_enough_goes_byte_for_byte() -> None:
    text = b'{ "resourceSpans" : [ ] , "unknown": 1 }'
    assert [one.body for one in json_parcels(text)] == [text]


@pytest.mark.parametrize("body", [b"\xff\xff", b"\x0a\x05abc", b""])
def test_bytes_that_are_no_request_are_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="ExportTraceServiceRequest"):
        list(protobuf_parcels(body))
