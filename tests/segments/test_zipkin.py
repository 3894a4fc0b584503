"""Zipkin's JSON as spans: what each member becomes, the two halves of a shared span, and whatever else may come."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.segments.decode import Accepted, Limits, decode
from radiograph.segments.otel.decoded import Refused, UnreadableSpans
from radiograph.segments.otel.from_spans import to_documents
from radiograph.segments.otel.span import OtelEvent, OtelSpan
from radiograph.segments.otel.zipkin import zipkin_spans

CORPUS = Path(__file__).parents[1] / "corpora" / "zipkin"
NOW_S = 1_700_000_060.0
AT_US = 1_700_000_000_000_000
TRACE, ID, PARENT = "6553f1000123456789abcdef01234567", "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"


def zipkin(**members: Any) -> dict[str, Any]:
    """Give a span as Zipkin has it; members that are None are left out."""
    made = {"traceId": TRACE, "id": ID, "timestamp": AT_US, "duration": 5000, "name": "get"} | members
    return {name: value for name, value in made.items() if value is not None}


def read(*spans: dict[str, Any]) -> list[OtelSpan]:
    decoded = zipkin_spans(json.dumps(spans).encode())
    assert decoded.refused == []
    return decoded.spans


def span(**members: Any) -> OtelSpan:
    (only,) = read(zipkin(**members))
    return only


def refusal(**members: Any) -> Refused:
    """Give why a span is refused; its neighbour is kept."""
    decoded = zipkin_spans(json.dumps([zipkin(**members), zipkin(id="c" * 16)]).encode())
    assert [one.span_id for one in decoded.spans] == ["c" * 16]
    (only,) = decoded.refused
    return only


def corpus(name: str) -> list[OtelSpan]:
    decoded = zipkin_spans((CORPUS / f"{name}.json").read_bytes())
    assert decoded.refused == []
    return decoded.spans


def documents(spans: list[OtelSpan]) -> list[dict[str, Any]]:
    translated = to_documents(spans, NOW_S, Limits())
    assert translated.refused == []
    for document in translated.documents:
        assert [type(verdict) for verdict in decode(document, NOW_S)] == [Accepted]
    return [json.loads(one) for one in translated.documents]


# What a span is


def test_ids_are_lower_case_and_short_ones_get_their_zeros() -> None:
    found = span(traceId="5AF7183FB1D4CF5F", id="1F", parentId="2e")
    assert found.trace_id == "00000000000000005af7183fb1d4cf5f"
    assert (found.span_id, found.parent_span_id) == ("000000000000001f", "000000000000002e")


def test_a_trace_id_of_64_bits_is_a_trace_id_of_x_ray() -> None:
    (document,) = documents([span(traceId="5af7183fb1d4cf5f", kind="SERVER")])
    assert document["trace_id"] == "1-00000000-000000005af7183fb1d4cf5f"


@pytest.mark.parametrize("parent", [None, "0000000000000000", ID])
def test_a_parent_that_is_absent_or_nothing_or_itself_is_none(parent: str | None) -> None:
    assert span(parentId=parent).parent_span_id == ""


@pytest.mark.parametrize("kind", ["CLIENT", "SERVER", "PRODUCER", "CONSUMER"])
def test_kinds_are_the_same(kind: str) -> None:
    assert span(kind=kind).kind == kind


@pytest.mark.parametrize("kind", [None, "LOCAL", ""])
def test_a_span_without_a_kind_is_work_inside(kind: str | None) -> None:
    assert span(kind=kind).kind == "INTERNAL"


def test_times_are_microseconds() -> None:
    found = span()
    assert (found.start_unix_nano, found.end_unix_nano) == (1_700_000_000_000_000_000, 1_700_000_000_005_000_000)


@pytest.mark.parametrize("timestamp", [str(AT_US), float(AT_US)])
def test_times_may_be_texts_or_have_a_point(timestamp: object) -> None:
    assert span(timestamp=timestamp).start_unix_nano == AT_US * 1000


def test_a_span_without_a_duration_goes_on() -> None:
    assert span(duration=None, kind="CLIENT").end_unix_nano is None
    assert documents([span(duration=None, kind="SERVER")])[0]["in_progress"] is True


@pytest.mark.parametrize("kind", ["PRODUCER", "CONSUMER"])
def test_a_message_without_a_duration_is_a_moment(kind: str) -> None:
    assert span(duration=None, kind=kind).end_unix_nano == AT_US * 1000


def test_a_span_without_a_timestamp_began_with_its_first_annotation() -> None:
    told = [{"timestamp": AT_US + 7, "value": "ws"}, {"timestamp": AT_US + 3, "value": "cs"}]
    assert span(timestamp=None, annotations=told).start_unix_nano == (AT_US + 3) * 1000


def test_the_local_endpoint_is_the_service_and_one_resource_for_all_its_spans() -> None:
    here = {"serviceName": "shop", "ipv4": "10.0.0.1", "port": 80}
    one, other = read(zipkin(localEndpoint=here), zipkin(id="c" * 16, localEndpoint=here))
    assert one.resource == {"service.name": "shop"}
    assert one.resource is other.resource
    assert one.attributes == {"network.local.address": "10.0.0.1", "network.local.port": 80}


def test_the_remote_endpoint_is_the_peer() -> None:
    there = {"serviceName": "stock", "ipv6": "2001:db8::c001", "port": 9000}
    assert span(kind="CLIENT", remoteEndpoint=there).attributes == {
        "peer.service": "stock",
        "network.peer.address": "2001:db8::c001",
        "network.peer.port": 9000,
    }


def test_a_server_is_called_by_its_own_name_whoever_called_it() -> None:
    caller = {"serviceName": "browser", "ipv4": "203.0.113.9"}
    tags = {"http.method": "GET", "http.path": "/cart"}
    (document,) = documents(
        [span(kind="SERVER", localEndpoint={"serviceName": "shop"}, remoteEndpoint=caller, tags=tags)]
    )
    assert document["name"] == "shop"
    assert document["http"]["request"] == {"method": "GET", "url": "/cart", "client_ip": "203.0.113.9"}


def test_annotations_are_events() -> None:
    assert span(annotations=[{"timestamp": AT_US + 1, "value": "ws"}]).events == [
        OtelEvent((AT_US + 1) * 1000, "ws", {})
    ]


def test_debug_is_kept() -> None:
    assert span(debug=True).attributes == {"zipkin.debug": True}
    assert span(debug=False).attributes == {}


# What tags become


@pytest.mark.parametrize(
    ("tag", "attribute"),
    [
        (("http.status_code", "503"), ("http.status_code", 503)),
        (("http.path", "/cart"), ("url.path", "/cart")),
        (("http.url", "http://shop.test/cart"), ("http.url", "http://shop.test/cart")),
        (("http.response.size", "16384"), ("http.response.body.size", 16384)),
        (("peer.port", "80"), ("net.peer.port", 80)),
        (("http.status_code", "abc"), ("http.status_code", "abc")),
        (("tier", "gold"), ("tier", "gold")),
        (("weight", 1.5), ("weight", 1.5)),
        (("count", 10**30), ("count", str(10**30))),
        (("list", [1, 2]), ("list", "[1,2]")),
    ],
)
def test_tags_are_attributes_by_the_names_of_the_semantic_conventions(
    tag: tuple[str, object], attribute: tuple[str, object]
) -> None:
    found = span(tags=dict([tag])).attributes
    assert found == dict([attribute])
    assert type(found[attribute[0]]) is type(attribute[1])


def test_a_tag_that_is_null_says_nothing() -> None:
    assert span(tags={"tier": None}).attributes == {}


@pytest.mark.parametrize(("text", "message"), [("true", ""), ("", ""), ("timeout", "timeout"), ("404", "404")])
def test_a_tag_error_is_a_failure_and_its_text_the_message(text: str, message: str) -> None:
    found = span(tags={"error": text})
    assert (found.failed, found.status_message, found.attributes) == (True, message, {})


def test_an_error_that_says_false_is_none() -> None:
    assert span(tags={"error": "false"}).failed is False


def test_an_annotation_error_is_no_failure_but_an_event() -> None:
    found = span(annotations=[{"timestamp": AT_US, "value": "error"}])
    assert found.failed is False
    assert [one.name for one in found.events] == ["error"]


def test_a_call_of_a_database_is_one_of_x_ray() -> None:
    query, there = {"sql.query": "select 1"}, {"serviceName": "MySQL"}
    (document,) = documents(
        [span(kind="CLIENT", tags=query, remoteEndpoint=there, localEndpoint={"serviceName": "shop"})]
    )
    (call,) = document["subsegments"]
    assert (call["name"], call["namespace"]) == ("MySQL", "remote")
    assert call["sql"]["sanitized_query"] == "select 1"
    assert call["sql"]["database_type"] == "mysql"


def test_what_opentelemetry_exported_to_zipkin_comes_back() -> None:
    (found,) = corpus("from-opentelemetry")
    assert (found.failed, found.status_message) == (True, "no cart")
    assert (found.scope, found.scope_version) == ("opentelemetry.instrumentation.flask", "0.65b0")
    assert found.trace_state == "rojo=00f067aa0ba902b7"
    assert found.attributes["http.response.status_code"] == 500
    assert not any(name.startswith("otel.") for name in found.attributes)
    assert [(one.name, one.attributes) for one in found.events] == [
        ("cache miss", {"key": "cart:7", "size": 12}),
        ("retry", {"attempt": 2}),
        ("exception", {"exception.type": "ValueError", "exception.message": "no | cart"}),
        ("{not json}", {}),
    ]


# Halves of a span


def by_name(spans: list[OtelSpan]) -> dict[str, OtelSpan]:
    return {one.name: one for one in spans}


def test_the_client_keeps_the_id_and_the_server_becomes_its_child() -> None:
    found = by_name(corpus("shared-span"))
    client, server = found["get"], found["get /api"]
    assert client.span_id == "6b221d5bc9e6496c"
    assert client.parent_span_id == found["get /"].span_id
    assert server.span_id not in {one.span_id for one in found.values() if one is not server}
    assert server.parent_span_id == client.span_id


def test_what_a_server_did_is_inside_the_server_and_what_the_client_did_inside_the_client() -> None:
    found = by_name(corpus("shared-span"))
    assert found["select"].parent_span_id == found["get /api"].span_id
    assert found["render"].parent_span_id == found["get /api"].span_id
    assert found["connect"].parent_span_id == found["get"].span_id


def test_a_shared_span_is_two_documents_of_two_services() -> None:
    front, back = sorted(documents(corpus("shared-span")), key=lambda one: one["start_time"])
    assert (front["name"], back["name"]) == ("frontend", "backend")
    (call,) = front["subsegments"]
    assert (call["name"], call["id"], call["id"]) == ("backend", "6b221d5bc9e6496c", back["parent_id"])
    assert [one["name"] for one in call["subsegments"]] == ["connect"]
    assert [one["name"] for one in back["subsegments"]] == ["mysql", "render"]
    assert back["fault"] is True
    assert back["http"]["response"]["status"] == 500


def test_the_server_half_has_the_same_id_whoever_comes_along() -> None:
    whole = json.loads((CORPUS / "shared-span.json").read_text())
    (alone,) = read(*[one for one in whole if one.get("shared")])
    assert alone.span_id == by_name(corpus("shared-span"))["get /api"].span_id
    assert alone.parent_span_id == "6b221d5bc9e6496c"


def test_a_server_beside_a_client_of_the_same_id_shares_it_though_nobody_says_so() -> None:
    client = zipkin(kind="CLIENT", localEndpoint={"serviceName": "a"})
    server = zipkin(kind="SERVER", localEndpoint={"serviceName": "b"})
    first, second = read(client, server)
    assert first.span_id == ID
    assert second.span_id != ID
    assert second.parent_span_id == ID
    assert [one.span_id for one in read(server, client)] == [second.span_id, ID]


def test_two_services_that_share_one_id_are_two() -> None:
    members: dict[str, Any] = {"kind": "SERVER", "shared": True}
    one, other = read(
        zipkin(localEndpoint={"serviceName": "b"}, **members), zipkin(localEndpoint={"serviceName": "c"}, **members)
    )
    assert len({one.span_id, other.span_id, ID}) == 3


def test_what_a_third_service_did_below_a_shared_span_was_done_for_the_server() -> None:
    client = zipkin(kind="CLIENT", localEndpoint={"serviceName": "a"})
    server = zipkin(kind="SERVER", shared=True, localEndpoint={"serviceName": "b"})
    third = zipkin(id=PARENT, parentId=ID, kind="SERVER", localEndpoint={"serviceName": "c"})
    _, shared, called = read(client, server, third)
    assert called.parent_span_id == shared.span_id


def test_a_server_called_with_an_id_of_its_own_keeps_it() -> None:
    client = zipkin(kind="CLIENT", localEndpoint={"serviceName": "a"})
    server = zipkin(id=PARENT, parentId=ID, kind="SERVER", localEndpoint={"serviceName": "b"})
    assert [(one.span_id, one.parent_span_id) for one in read(client, server)] == [(ID, ""), (PARENT, ID)]


def test_a_consumer_is_a_segment_of_its_own_service() -> None:
    found = sorted(documents(corpus("messaging")), key=lambda one: one["start_time"])
    orders, mailer = found
    assert (orders["name"], mailer["name"]) == ("orders", "mailer")
    assert orders["subsegments"][0]["name"] == "kafka"
    assert mailer["parent_id"] == "1" * 16
    assert [one["name"] for one in mailer["subsegments"]] == ["on-message"]


# What cannot be read


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"traceId": "xyz"}, "traceId is 'xyz'; 1 to 32 hexadecimal digits"),
        ({"traceId": "0" * 32}, "that are not all 0"),
        ({"traceId": "1" * 33}, "1 to 32 hexadecimal digits"),
        ({"traceId": None}, "missing required field `traceId`"),
        ({"traceId": 5}, "Expected `str`"),
        ({"parentId": "zz"}, "parentId is 'zz'"),
        ({"timestamp": None}, "timestamp is absent"),
        ({"timestamp": 0}, "timestamp is absent"),
        ({"timestamp": -5}, "timestamp is -5; 0 to"),
        ({"timestamp": 10**17}, "microseconds are accepted"),
        ({"timestamp": "soon"}, r"Expected `int \| null`"),
        ({"duration": -1}, "duration is -1"),
        ({"tags": ["a"]}, "tags"),
        ({"localEndpoint": "shop"}, "localEndpoint"),
    ],
)
def test_a_bad_span_is_refused_by_its_id_and_with_a_reason(members: dict[str, Any], why: str) -> None:
    found = refusal(**members)
    assert found.span == ID
    with pytest.raises(ValueError, match=why):
        raise ValueError(found.reason)


@pytest.mark.parametrize("element", [None, 5, "text", [], [zipkin()]])
def test_what_is_no_span_spoils_no_neighbour(element: object) -> None:
    decoded = zipkin_spans(json.dumps([element, zipkin()]).encode())
    assert [one.span_id for one in decoded.spans] == [ID]
    assert [one.span for one in decoded.refused] == [""]


def test_text_that_is_no_text_spoils_no_span() -> None:
    tag = zipkin(tags={"a": "@"})
    for bad in (b"\xff\xfe", b"\\ud800", b"\\ud800\\ud800"):
        (found,) = zipkin_spans(json.dumps([tag]).encode().replace(b"@", bad)).spans
        assert found.span_id == ID
        text = found.attributes["a"]
        assert isinstance(text, str)
        assert text.encode()


def test_numbers_that_are_none_spoil_no_span() -> None:
    body = json.dumps([zipkin(tags={"a": "@", "b": 1})]).encode()
    for bad, kept in ((b"NaN", {"b": 1}), (b"1e999", {"a": "1e999", "b": 1}), (b"9" * 5000, {"a": "9" * 5000, "b": 1})):
        assert zipkin_spans(body.replace(b'"@"', bad)).spans[0].attributes == kept


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"5", b'"text"', b"[{}", b"\xff", b"<xml/>"])
def test_a_body_that_is_no_array_is_refused_whole(body: bytes) -> None:
    with pytest.raises(UnreadableSpans, match="the body is"):
        zipkin_spans(body)


def test_an_empty_array_has_no_spans() -> None:
    assert zipkin_spans(b"[]").spans == []


# Whatever comes

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
HEX = st.text("0123456789abcdefXYZ", max_size=34)
MEMBERS = {
    "traceId": HEX,
    "id": HEX,
    "parentId": HEX,
    "kind": st.sampled_from(["CLIENT", "SERVER", "PRODUCER", "CONSUMER", "OTHER"]),
    "timestamp": st.integers(-5, 2**64),
    "duration": st.integers(-5, 2**64),
    "localEndpoint": st.fixed_dictionaries({}, optional={"serviceName": st.text(max_size=3), "port": JSON}),
    "annotations": st.lists(st.fixed_dictionaries({"timestamp": st.integers(0, 2**60), "value": st.text()}) | JSON),
    "tags": st.dictionaries(st.sampled_from(["error", "http.status_code", "sql.query", "db.type", "span.kind"]), JSON),
    "shared": st.booleans(),
}
SPANS = st.fixed_dictionaries({}, optional={name: values | JSON for name, values in MEMBERS.items()})


@given(JSON | st.lists(SPANS | JSON, max_size=5))
def test_whatever_json_comes_it_is_spans_and_refusals_or_no_array(value: object) -> None:
    body = json.dumps(value).encode()
    if not isinstance(value, list):
        with pytest.raises(UnreadableSpans):
            zipkin_spans(body)
        return
    decoded = zipkin_spans(body)
    assert len(decoded.spans) + len(decoded.refused) == len(value)
    assert all(one.reason for one in decoded.refused)
    to_documents(decoded.spans, NOW_S, Limits())


@given(st.lists(SPANS | JSON, max_size=4), st.integers(1, 5))
def test_good_spans_beside_bad_ones_are_all_kept(bad: list[object], count: int) -> None:
    trace = "f" * 32  # of no span beside them, which could share an id
    good = [zipkin(traceId=trace, id=f"{number:016x}") for number in range(1, count + 1)]
    mixed = [one for pair in zip(good, [*bad, *[None] * count], strict=False) for one in pair]
    found = [one.span_id for one in zipkin_spans(json.dumps([*mixed, *bad]).encode()).spans if one.trace_id == trace]
    assert found == [one["id"] for one in good]


@given(st.binary(max_size=60))
def test_whatever_bytes_come_nothing_else_is_raised(body: bytes) -> None:
    with suppress(UnreadableSpans):
        zipkin_spans(body)
