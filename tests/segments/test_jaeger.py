"""Jaeger's JSON as spans: what each member becomes, and whatever else may come."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radiograph.segments.decode import Accepted, Limits, decode
from radiograph.segments.otel import resource_spans
from radiograph.segments.otel.decoded import Refused, UnreadableSpans
from radiograph.segments.otel.from_json import json_spans
from radiograph.segments.otel.from_spans import to_documents
from radiograph.segments.otel.jaeger import jaeger_spans
from radiograph.segments.otel.span import OtelLink, OtelSpan

CORPUS = Path(__file__).parents[1] / "corpora" / "jaeger"
NOW_S = 1_700_000_060.0
AT_US = 1_700_000_000_000_000
TRACE, ID, PARENT = "6553f1000123456789abcdef01234567", "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb"


def jaeger(**members: Any) -> dict[str, Any]:
    """Give a span as Jaeger has it; members that are None are left out."""
    made: dict[str, Any] = {"traceID": TRACE, "spanID": ID, "operationName": "get", "processID": "p1"}
    made |= {"startTime": AT_US, "duration": 5000} | members
    return {name: value for name, value in made.items() if value is not None}


def answer(*spans: Any, **trace: Any) -> bytes:
    processes = {"p1": {"serviceName": "shop"}, "p2": {"serviceName": "stock"}}
    whole: dict[str, Any] = {"traceID": TRACE, "spans": spans, "processes": processes} | trace
    return json.dumps({"data": [whole]}).encode()


def span(**members: Any) -> OtelSpan:
    decoded = jaeger_spans(answer(jaeger(**members)))
    assert decoded.refused == []
    (only,) = decoded.spans
    return only


def tagged(*tags: tuple[str, str, Any]) -> OtelSpan:
    return span(tags=[{"key": key, "type": type_, "value": value} for key, type_, value in tags])


def reference(span_id: str, kind: str = "CHILD_OF", trace_id: str = TRACE) -> dict[str, str]:
    return {"refType": kind, "traceID": trace_id, "spanID": span_id}


def refusal(**members: Any) -> Refused:
    """Give why a span is refused; its neighbour is kept."""
    decoded = jaeger_spans(answer(jaeger(**members), jaeger(spanID="c" * 16)))
    assert [one.span_id for one in decoded.spans] == ["c" * 16]
    (only,) = decoded.refused
    return only


def corpus() -> list[OtelSpan]:
    decoded = jaeger_spans((CORPUS / "query-answer.json").read_bytes())
    assert decoded.refused == []
    return decoded.spans


# What a span is


def test_a_span_has_its_ids_its_name_and_its_times() -> None:
    found = span()
    assert (found.trace_id, found.span_id, found.parent_span_id, found.name) == (TRACE, ID, "", "get")
    assert (found.start_unix_nano, found.end_unix_nano) == (1_700_000_000_000_000_000, 1_700_000_000_005_000_000)


def test_ids_that_lost_their_zeros_get_them_back() -> None:
    found = span(traceID="53F1", spanID="1a", references=[reference("2b", trace_id="53f1")])
    assert (found.trace_id, found.span_id, found.parent_span_id) == ("53f1".zfill(32), "1a".zfill(16), "2b".zfill(16))


def test_a_span_that_names_no_trace_is_of_the_trace_around_it() -> None:
    assert span(traceID=None).trace_id == TRACE


@pytest.mark.parametrize("kind", ["client", "server", "producer", "consumer", "internal", "SERVER"])
def test_the_tag_span_kind_is_the_kind(kind: str) -> None:
    assert tagged(("span.kind", "string", kind)).kind == kind.upper()
    assert "span.kind" not in tagged(("span.kind", "string", kind)).attributes


def test_a_span_of_no_kind_is_work_inside() -> None:
    assert span().kind == "INTERNAL"
    assert tagged(("span.kind", "string", "worker")).kind == "INTERNAL"


@pytest.mark.parametrize(("flags", "bit"), [(None, 1), (0, 0), (1, 1), (2, 1), (3, 1), (8, 0)])
def test_the_flag_sampled_is_w3cs(flags: int | None, bit: int) -> None:
    assert span(flags=flags).flags & 1 == bit


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        (("string", "gold"), "gold"),
        (("bool", True), True),
        (("bool", "true"), True),
        (("int64", 7), 7),
        (("int64", "9007199254740993"), 9007199254740993),
        (("float64", 0.5), 0.5),
        (("float64", "0.5"), 0.5),
        (("float64", "NaN"), "nan"),
        (("int64", "many"), "many"),
        (("binary", "AAEC"), "AAEC"),
        (("", "gold"), "gold"),
    ],
)
def test_a_tag_is_an_attribute_of_its_type(tag: tuple[str, Any], value: object) -> None:
    found = tagged(("it", *tag)).attributes["it"]
    assert (found, type(found)) == (value, type(value))


def test_a_process_is_the_resource_and_one_for_all_its_spans() -> None:
    front, query, notify = corpus()
    assert front.resource == {
        "service.name": "frontend",
        "host.name": "node-1",
        "host.ip": "10.0.0.7",
        "jaeger.version": "Go-2.30.0",
    }
    assert query.resource is front.resource
    assert notify.resource == {"service.name": "mailer"}


def test_a_process_may_be_in_the_span_itself() -> None:
    assert span(process={"serviceName": "stock"}, processID=None).resource == {"service.name": "stock"}


@pytest.mark.parametrize("processes", [None, [], {"p1": 5}, {}])
def test_spans_of_an_unreadable_process_are_kept(processes: object) -> None:
    (found,) = jaeger_spans(answer(jaeger(), processes=processes)).spans
    assert found.resource == {}


def test_warnings_are_kept() -> None:
    assert corpus()[1].attributes["jaeger.warnings"] == ["clock skew adjustment disabled"]


# Whose child it is


def test_the_parent_is_the_first_child_of_reference_and_the_others_are_links() -> None:
    found = span(references=[reference("1" * 16, "FOLLOWS_FROM"), reference("2" * 16), reference("3" * 16)])
    assert found.parent_span_id == "2" * 16
    assert found.links == [
        OtelLink(TRACE, "1" * 16, {"opentracing.ref_type": "follows_from"}),
        OtelLink(TRACE, "3" * 16, {"opentracing.ref_type": "child_of"}),
    ]


def test_what_follows_from_a_span_of_the_trace_is_its_child_when_it_is_nobody_elses() -> None:
    _, _, notify = corpus()
    assert notify.parent_span_id == ID
    assert notify.links == [
        OtelLink("6553f100" + "f" * 24, "d" * 16, {"opentracing.ref_type": "follows_from"}),
    ]


def test_a_span_of_another_trace_is_no_parent() -> None:
    found = span(references=[reference("1" * 16, trace_id="e" * 32)])
    assert found.parent_span_id == ""
    assert [one.trace_id for one in found.links] == ["e" * 32]


def test_the_parent_of_old_exports_is_a_member() -> None:
    assert span(parentSpanID=PARENT).parent_span_id == PARENT
    assert span(parentSpanID="0").parent_span_id == ""


def test_a_reference_to_nothing_is_none() -> None:
    assert span(references=[reference("0")]).parent_span_id == ""


def test_halves_of_a_span_that_zipkin_reported_are_two() -> None:
    client = jaeger(tags=[{"key": "span.kind", "value": "client"}])
    server = jaeger(tags=[{"key": "span.kind", "value": "server"}], processID="p2")
    work = jaeger(spanID=PARENT, references=[reference(ID)], processID="p2")
    first, second, third = jaeger_spans(answer(client, server, work)).spans
    assert (first.span_id, second.parent_span_id, third.parent_span_id) == (ID, ID, second.span_id)


# How it ended


def test_a_tag_error_is_a_failure() -> None:
    assert tagged(("error", "bool", True)).failed is True
    assert tagged(("error", "bool", False)).failed is False
    assert tagged(("error", "string", "true")).failed is True
    assert "error" not in tagged(("error", "bool", True)).attributes


def test_a_status_of_opentelemetry_is_one() -> None:
    notify = corpus()[2]
    assert (notify.failed, notify.status_message) == (True, "nobody listens")
    assert (notify.scope, notify.trace_state, notify.attributes) == ("mailer.queue", "a=1", {})
    assert tagged(("otel.status_code", "string", "OK")).failed is False


def test_logs_are_events_by_their_field_event() -> None:
    front, query, _ = corpus()
    assert [(one.name, one.attributes) for one in front.events] == [
        ("HTTP request received", {"level": "info"}),
        ("log", {"driver": 9007199254740993}),
    ]
    (thrown,) = query.events
    assert thrown.name == "exception"
    assert thrown.attributes["exception.type"] == "TimeoutException"


def test_an_answer_is_documents_of_x_ray() -> None:
    translated = to_documents(corpus(), NOW_S, Limits())
    assert translated.refused == []
    for document in translated.documents:
        assert [type(one) for one in decode(document, NOW_S)] == [Accepted]
    front, mailer = sorted((json.loads(one) for one in translated.documents), key=lambda one: one["start_time"])
    assert (front["name"], mailer["name"], mailer["parent_id"]) == ("frontend", "mailer", ID)
    assert front["http"]["response"]["status"] == 200
    (call,) = front["subsegments"]
    assert (call["name"], call["fault"], call["sql"]["database_type"]) == ("mysql", True, "other_sql")
    assert call["cause"]["exceptions"][0]["type"] == "TimeoutException"


def test_an_answer_can_be_sent_on_as_otlp() -> None:
    spans = corpus()
    body = json.dumps({"resourceSpans": [one for each in spans for one in resource_spans([each])]}).encode()
    decoded = json_spans(body)
    assert decoded.refused == []
    assert [(one.span_id, one.attributes, one.kind) for one in decoded.spans] == [
        (one.span_id, one.attributes, one.kind) for one in spans
    ]


# What cannot be read


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"spanID": "zz"}, "spanID is 'zz'; 1 to 16 hexadecimal digits"),
        ({"traceID": "0"}, "traceID is '0'"),
        ({"startTime": None}, "missing required field `startTime`"),
        ({"startTime": -1}, "startTime is -1"),
        ({"duration": -1}, "duration is -1"),
        ({"duration": 10**17}, "microseconds are accepted"),
        ({"references": [{"refType": "CHILD_OF", "spanID": "zz"}]}, "a reference's spanID is 'zz'"),
        ({"tags": [{"value": 1}]}, "missing required field `key`"),
        ({"logs": 5}, "logs"),
    ],
)
def test_a_bad_span_is_refused_by_its_id_and_with_a_reason(members: dict[str, Any], why: str) -> None:
    found = refusal(**members)
    assert found.span == members.get("spanID", ID)
    assert why in found.reason


@pytest.mark.parametrize("element", [None, 5, "text", []])
def test_what_is_no_span_spoils_no_neighbour(element: object) -> None:
    decoded = jaeger_spans(answer(element, jaeger()))
    assert [one.span_id for one in decoded.spans] == [ID]
    assert [one.span for one in decoded.refused] == [""]


@pytest.mark.parametrize("form", ["answer", "list", "trace"])
def test_an_answer_a_list_of_traces_and_one_trace_are_all_read(form: str) -> None:
    trace = {"traceID": TRACE, "spans": [jaeger()]}
    value: Any = {"answer": {"data": [trace]}, "list": [trace], "trace": trace}[form]
    assert len(jaeger_spans(json.dumps(value).encode()).spans) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[5]", b"null", b'{"data":null}', b'{"data":[{}]}', b'{"spans":5}', b"\xff"]
)
def test_a_body_that_is_no_answer_is_refused_whole(body: bytes) -> None:
    with pytest.raises(UnreadableSpans, match="the body is no"):
        jaeger_spans(body)


# Whatever comes

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
HEX = st.text("0123456789abcdefXYZ", max_size=34)
TAGS = st.lists(
    st.fixed_dictionaries(
        {"key": st.sampled_from(["error", "span.kind", "event", "message", "http.status_code", "x"]), "value": JSON},
        optional={"type": st.sampled_from(["string", "bool", "int64", "float64", "binary"])},
    )
    | JSON,
    max_size=4,
)
MEMBERS = {
    "traceID": HEX,
    "spanID": HEX,
    "references": st.lists(st.fixed_dictionaries({}, optional={"refType": st.text(), "spanID": HEX, "traceID": HEX})),
    "startTime": st.integers(-5, 2**64),
    "duration": st.integers(-5, 2**64),
    "flags": st.integers(),
    "tags": TAGS,
    "logs": st.lists(st.fixed_dictionaries({"timestamp": st.integers(0, 2**60), "fields": TAGS}), max_size=3),
    "process": st.fixed_dictionaries({"tags": TAGS}),
}
SPANS = st.fixed_dictionaries({}, optional={name: values | JSON for name, values in MEMBERS.items()})


@given(st.lists(SPANS | JSON, max_size=5), JSON)
def test_whatever_spans_come_they_are_kept_or_refused(elements: list[object], processes: object) -> None:
    decoded = jaeger_spans(answer(*elements, processes=processes))
    assert len(decoded.spans) + len(decoded.refused) == len(elements)
    to_documents(decoded.spans, NOW_S, Limits())
    json.dumps(resource_spans(decoded.spans), allow_nan=False)


@given(st.lists(SPANS | JSON, max_size=4), st.integers(1, 5))
def test_good_spans_beside_bad_ones_are_all_kept(bad: list[object], count: int) -> None:
    good = [jaeger(traceID="f" * 32, spanID=f"{number:016x}") for number in range(1, count + 1)]
    mixed = [one for pair in zip(good, [*bad, *[None] * count], strict=False) for one in pair]
    found = [one.span_id for one in jaeger_spans(answer(*mixed, *bad)).spans if one.trace_id == "f" * 32]
    assert found == [one["spanID"] for one in good]


@given(JSON | st.dictionaries(st.sampled_from(["data", "spans", "traceID", "processes"]), JSON))
def test_whatever_json_comes_nothing_else_is_raised(value: object) -> None:
    with suppress(UnreadableSpans):
        jaeger_spans(json.dumps(value).encode())
