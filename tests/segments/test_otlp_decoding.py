"""Spans out of OTLP, in protobuf and in JSON: the same, whatever they hold; and bad ones harm no neighbour."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from radiograph.segments.otel import Decoded, UnreadableSpans, json_spans, resource_spans
from radiograph.segments.otel.from_protobuf import protobuf_spans
from tests.segments.otlp import request
from tests.segments.spans import NOW_NS, TRACE, span


def as_json(message: ExportTraceServiceRequest) -> bytes:
    """Give a request as OTLP's JSON, which is protobuf's but for the ids."""

    def hexadecimal(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: base64.b64decode(one).hex() if key in ("traceId", "spanId", "parentSpanId") else hexadecimal(one)
                for key, one in node.items()
            }
        return [hexadecimal(one) for one in node] if isinstance(node, list) else node

    return json.dumps(hexadecimal(MessageToDict(message, use_integers_for_enums=True))).encode()


def from_json(message: ExportTraceServiceRequest) -> Decoded:
    return json_spans(as_json(message))


def from_protobuf(message: ExportTraceServiceRequest) -> Decoded:
    return protobuf_spans(message.SerializeToString())


both = pytest.mark.parametrize("decoded", [from_protobuf, from_json], ids=["protobuf", "json"])
Decode = Callable[[ExportTraceServiceRequest], Decoded]


@both
def test_a_span_has_its_ids_times_kind_and_service(decoded: Decode):
    (one,) = decoded(request({"kind": 3, "parent_span_id": b"\x09" * 8, "flags": 0x301, "trace_state": "a=b"})).spans
    assert (one.trace_id, one.span_id, one.parent_span_id) == (TRACE, "0000000000000001", "09" * 8)
    assert (one.start_unix_nano, one.end_unix_nano) == (NOW_NS - 2_000_000_000, NOW_NS - 1_000_000_000)
    assert (one.kind, one.flags, one.trace_state) == ("CLIENT", 0x301, "a=b")
    assert one.resource == {"service.name": "checkout"}
    assert (one.scope, one.scope_version) == ("tests", "1")


@both
def test_attributes_of_every_type_keep_their_values(decoded: Decode):
    told = {
        "s": "x",
        "b": True,
        "i": 2**53 + 1,
        "f": 1.5,
        "l": ["a", 1, [False]],
        "m": {"n": {"o": 1}},
        "e": "",
        "z": 0,
    }
    (one,) = decoded(request({"attributes": told})).spans
    assert one.attributes == told


@both
def test_bytes_are_told_as_base64(decoded: Decode):
    (one,) = decoded(request({"attributes": {"raw": b"\x00\xff"}})).spans
    assert one.attributes == {"raw": base64.b64encode(b"\x00\xff").decode()}


@both
@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_told_in_words(decoded: Decode, number: float):
    (one,) = decoded(request({"attributes": {"x": number}})).spans
    assert one.attributes["x"] in ("nan", "inf", "-inf")


@both
def test_events_links_and_status_are_read(decoded: Decode):
    message = request({})
    raw = message.resource_spans[0].scope_spans[0].spans[0]
    raw.events.add(name="exception", time_unix_nano=5).attributes.add(key="k").value.string_value = "v"
    raw.links.add(trace_id=b"\x01" * 16, span_id=b"\x02" * 8)
    raw.status.code, raw.status.message = 2, "no"
    (one,) = decoded(message).spans
    assert (one.events[0].name, one.events[0].time_unix_nano, one.events[0].attributes) == ("exception", 5, {"k": "v"})
    assert (one.links[0].trace_id, one.links[0].span_id) == ("01" * 16, "02" * 8)
    assert (one.failed, one.status_message) == (True, "no")


@both
@pytest.mark.parametrize(
    "bad",
    [
        {"trace_id": b"\x01" * 15},
        {"trace_id": bytes(16)},
        {"trace_id": b""},
        {"span_id": bytes(8)},
        {"span_id": b"\x01"},
    ],
    ids=["short trace", "zero trace", "no trace", "zero span", "short span"],
)
def test_a_span_with_a_bad_id_is_refused_and_its_neighbours_are_kept(decoded: Decode, bad: dict[str, Any]):
    found = decoded(request({}, bad, {}))
    assert [one.span_id for one in found.spans] == ["0000000000000001", "0000000000000003"]
    (refused,) = found.refused
    assert "accepted" in refused.reason


@both
def test_an_end_of_zero_is_no_end(decoded: Decode):
    (one,) = decoded(request({"end_time_unix_nano": 0})).spans
    assert one.end_unix_nano is None


@both
def test_an_unknown_kind_is_internal(decoded: Decode):
    message = request({})
    message.resource_spans[0].scope_spans[0].spans[0].kind = 17  # type: ignore[assignment]
    (one,) = decoded(message).spans
    assert one.kind == "INTERNAL"


# --- protobuf that is broken


def test_a_text_that_is_not_utf8_is_kept_with_a_mark_and_its_neighbours_as_they_are():
    body = request({"name": "first", "attributes": {"k": "BROKEN"}}, {"name": "second"}).SerializeToString()
    found = protobuf_spans(body.replace(b"BROKEN", b"BRO\xff\xfeN"))
    assert [one.name for one in found.spans] == ["first", "second"]
    assert found.spans[0].attributes == {"k": "BRO��N"}
    assert found.refused == []


@pytest.mark.parametrize("left", [1, 5, 20])
def test_of_a_message_that_breaks_off_the_whole_spans_are_kept(left: int):
    body = request({"name": "first"}, {"name": "second"}).SerializeToString()
    found = protobuf_spans(body[:-left])
    assert [one.name for one in found.spans] == ["first"]
    (refused,) = found.refused
    assert "breaks off" in refused.reason


def test_unknown_fields_are_passed_over():
    body = request({}).SerializeToString() + b"\x9a\x06\x03abc"
    assert len(protobuf_spans(body).spans) == 1


@pytest.mark.parametrize("body", [b"garbage", b"{}", b"\xff" * 50, b'{"resourceSpans":[]}'])
def test_what_is_no_otlp_is_unreadable(body: bytes):
    with pytest.raises(UnreadableSpans):
        protobuf_spans(body)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_protobuf_is_read_or_unreadable(body: bytes):
    try:
        found = protobuf_spans(body)
    except UnreadableSpans:
        return
    assert found.spans == []


_WHOLE = request({"name": "a", "attributes": {"k": "v"}}, {"name": "b"}, {"name": "c"}).SerializeToString()


@given(st.integers(0, len(_WHOLE) - 1), st.binary(min_size=1, max_size=3))
def test_whatever_byte_is_wrong_a_request_is_read_in_part_or_unreadable(place: int, wrong: bytes):
    try:
        found = protobuf_spans(_WHOLE[:place] + wrong + _WHOLE[place + len(wrong) :])
    except UnreadableSpans:
        return
    assert len(found.spans) <= 3


# --- JSON


def test_numbers_may_be_texts_and_enumerations_names():
    body = {
        "resourceSpans": [
            {
                "scopeSpans": [
                    {
                        "spans": [
                            {
                                "traceId": TRACE.upper(),
                                "spanId": "1" * 16,
                                "name": "x",
                                "kind": "SPAN_KIND_SERVER",
                                "startTimeUnixNano": 5,
                                "endTimeUnixNano": "6",
                                "status": {"code": "STATUS_CODE_ERROR"},
                                "somethingNew": {"a": 1},
                            }
                        ]
                    }
                ]
            }
        ]
    }
    (one,) = json_spans(json.dumps(body).encode()).spans
    assert (one.trace_id, one.kind, one.start_unix_nano, one.end_unix_nano, one.failed) == (TRACE, "SERVER", 5, 6, True)


@pytest.mark.parametrize(
    "bad",
    [
        {"startTimeUnixNano": "soon"},
        {"name": 5},
        {"attributes": [{"key": "k", "value": {"intValue": "many"}}]},
        {"attributes": [{"key": "k", "value": {"bytesValue": "!"}}]},
        {"attributes": "none"},
    ],
)
def test_a_span_in_json_that_cannot_be_read_is_named_and_its_neighbours_are_kept(bad: dict[str, Any]):
    good = {"traceId": TRACE, "spanId": "1" * 16, "startTimeUnixNano": "5"}
    spans = [good, {**good, "spanId": "2" * 16, **bad}, {**good, "spanId": "3" * 16}]
    found = json_spans(json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": spans}]}]}).encode())
    assert [one.span_id for one in found.spans] == ["1" * 16, "3" * 16]
    (refused,) = found.refused
    assert refused.span == "2" * 16


@pytest.mark.parametrize("body", [b"", b"nothing", b"[]", b'{"resourceSpans": 5}', b"[" * 100_000])
def test_a_body_that_is_no_request_in_json_is_unreadable(body: bytes):
    with pytest.raises(UnreadableSpans):
        json_spans(body)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(["traceId", "spanId", "kind", "attributes", "events", "status", "name"]), _json))
def test_whatever_a_span_in_json_is_its_neighbour_is_kept(bad: dict[str, Any]):
    good = {"traceId": TRACE, "spanId": "1" * 16, "startTimeUnixNano": "5"}
    body = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [bad, good]}]}]}).encode()
    assert "1" * 16 in [one.span_id for one in json_spans(body).spans]


def test_spans_that_are_told_as_json_are_read_as_they_were():
    one = span(attributes={"a": [1, {"b": True}], "c": 1.5}, scope="x", trace_state="a=b", kind="PRODUCER")
    assert json_spans(json.dumps({"resourceSpans": resource_spans([one])}).encode()).spans == [one]
