"""Files as portions: by what they begin with and what is in them, compressed or not."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from radiograph.transfer.files import read_file
from radiograph.transfer.formats import (
    Documents,
    Format,
    JaegerAnswer,
    JaegerSpans,
    Otlp,
    Portion,
    Unreadable,
    ZipkinSpans,
)

DOCUMENT = {"trace_id": "1-6553f100-0123456789abcdef01234567", "id": "a" * 16, "name": "shop", "start_time": 1.7e9}
ANSWER = {"Traces": [{"Id": DOCUMENT["trace_id"], "Segments": [{"Id": "a" * 16, "Document": json.dumps(DOCUMENT)}]}]}
ZIPKIN = {"traceId": "1" * 32, "id": "a" * 16, "timestamp": 1}
JAEGER = {"data": [{"traceID": "1" * 32, "spans": [], "processes": {}}]}
OTLP = {"resourceSpans": []}


def message(name: str = "get") -> bytes:
    request = ExportTraceServiceRequest()
    request.resource_spans.add().scope_spans.add().spans.add(name=name)
    return request.SerializeToString()


def framed(*bodies: bytes) -> bytes:
    """Give messages as the collector's file exporter writes them."""
    return b"".join(len(body).to_bytes(4, "big") + body for body in bodies)


def read(content: bytes, wanted: Format = Format.AUTO) -> list[Portion]:
    return list(read_file("it", io.BytesIO(content), wanted))


def text(value: object, **how: Any) -> bytes:
    return json.dumps(value, **how).encode()


@pytest.mark.parametrize("how", [{}, {"indent": 4}])
def test_an_answer_of_batch_get_traces_is_its_documents(how: dict[str, Any]) -> None:
    assert read(text(ANSWER, **how)) == [Documents([json.dumps(DOCUMENT)])]


def test_an_array_of_answers_and_answers_one_after_another_are_all_read() -> None:
    one = Documents([json.dumps(DOCUMENT)])
    assert read(text([ANSWER, ANSWER])) == [one, one]
    assert read(text(ANSWER, indent=2) + b"\n" + text(ANSWER, indent=2) + b"\n") == [one, one]


def test_documents_that_a_tool_has_decoded_are_written_again() -> None:
    answer = {"Traces": [{"Segments": [{"Document": DOCUMENT}]}]}
    (found,) = read(text(answer))
    assert isinstance(found, Documents)
    assert [json.loads(one) for one in found.documents] == [DOCUMENT]


def test_documents_a_line_each_are_sent_as_they_are_written() -> None:
    lines = ['{"trace_id":"x", "id":"y",  "start_time":1.5E9}', '{"trace_id":"x","id":"z"}']
    content = "\n\n".join(lines).encode() + b"\n"
    assert read(content) == [Documents([one]) for one in lines]


def test_documents_in_json_texts_are_read() -> None:
    assert read(text(json.dumps(DOCUMENT))) == [Documents([json.dumps(DOCUMENT)])]
    assert read(text([json.dumps(DOCUMENT)])) == [Documents([json.dumps(DOCUMENT)])]


def test_what_was_sent_to_a_daemon_is_documents() -> None:
    assert read(b'{"format":"json","version":1}\n' + text(DOCUMENT)) == [Documents([json.dumps(DOCUMENT)])]


def test_a_request_of_put_trace_segments_is_its_documents() -> None:
    assert read(text({"TraceSegmentDocuments": ["a", "b"]})) == [Documents(["a", "b"])]


def test_a_request_of_otlp_goes_byte_for_byte() -> None:
    body = b'{ "resourceSpans":[] }'
    assert read(body) == [Otlp(body, is_json=True, where="it")]
    assert read(body + b"\n" + body + b"\n") == [
        Otlp(body, is_json=True, where="it, line 1"),
        Otlp(body, is_json=True, where="it, line 2"),
    ]


def test_an_answer_around_a_request_of_otlp_is_taken_off() -> None:
    (found,) = read(text({"result": OTLP}))
    assert isinstance(found, Otlp)
    assert json.loads(found.body) == OTLP


def test_one_message_of_protobuf_is_a_request() -> None:
    assert read(message()) == [Otlp(message(), is_json=False, where="it")]


@pytest.mark.parametrize("length", range(1, 300))
def test_a_message_of_any_length_is_told_from_json(length: int) -> None:
    body = message("x" * length)
    assert read(body) == [Otlp(body, is_json=False, where="it")]
    assert read(framed(body)) == [Otlp(body, is_json=False, where="it, message 1")]


@pytest.mark.parametrize("begins", [b"\n", b"\n\n", b"  \n\t", b"\xef\xbb\xbf"])
def test_json_may_begin_with_what_means_nothing(begins: bytes) -> None:
    (found,) = read(begins + text(OTLP))
    assert isinstance(found, Otlp)
    assert found.is_json
    assert json.loads(found.body) == OTLP


def test_messages_behind_their_lengths_are_read_one_by_one() -> None:
    first, second = message("one"), message("two")
    assert read(framed(first, second)) == [
        Otlp(first, is_json=False, where="it, message 1"),
        Otlp(second, is_json=False, where="it, message 2"),
    ]


def test_messages_compressed_one_by_one_are_read() -> None:
    press = zstandard.ZstdCompressor().compress
    assert read(framed(press(message()), press(text(OTLP)))) == [
        Otlp(message(), is_json=False, where="it, message 1"),
        Otlp(text(OTLP), is_json=True, where="it, message 2"),
    ]


def test_a_message_that_breaks_off_is_told_and_those_before_it_are_read() -> None:
    whole, broken = read(framed(message(), message())[:-3])
    assert whole == Otlp(message(), is_json=False, where="it, message 1")
    assert isinstance(broken, Unreadable)
    assert broken.where == "it, message 2"
    assert "breaks off after" in broken.reason


@pytest.mark.parametrize("press", [gzip.compress, zstandard.ZstdCompressor().compress])
@pytest.mark.parametrize("content", [text(ANSWER), message(), framed(message()), text(OTLP) + b"\n" + text(OTLP)])
def test_a_compressed_file_is_what_it_was(press: Any, content: bytes) -> None:
    assert read(press(content)) == read(content)


def test_two_compressed_files_one_behind_the_other_are_one() -> None:
    assert len(read(gzip.compress(text(OTLP) + b"\n") + gzip.compress(text(OTLP) + b"\n"))) == 2


@pytest.mark.parametrize("press", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_compressed_file_that_breaks_off_is_told(press: Any) -> None:
    content = b"\n".join(text(DOCUMENT | {"n": number}) for number in range(5000))
    *_, last = read(press(content)[:-20])
    assert isinstance(last, Unreadable)


def test_spans_of_zipkin_are_read_in_lists_in_lists_of_lists_and_a_line_each() -> None:
    one = ZipkinSpans([ZIPKIN])
    assert read(text([ZIPKIN, ZIPKIN])) == [one, one]
    assert read(text([[ZIPKIN], [ZIPKIN]])) == [one, one]
    assert read(text(ZIPKIN) + b"\n" + text(ZIPKIN)) == [one, one]


def test_an_answer_of_jaeger_goes_whole_and_a_span_by_itself() -> None:
    assert read(text(JAEGER)) == [JaegerAnswer(text(JAEGER), "it")]
    span = {"traceID": "1", "spanID": "2"}
    assert read(text(span) + b"\n" + text(span)) == [JaegerSpans([span]), JaegerSpans([span])]


@pytest.mark.parametrize(
    "content",
    [b"5", b'{"a":1}', b"[null]", b'"text"', b"\x00\x01", b"<xml/>", b"PK\x03\x04", text({"resourceLogs": []})],
)
def test_what_tells_of_no_traces_is_told_and_what_is_accepted(content: bytes) -> None:
    (found,) = read(content)
    assert isinstance(found, Unreadable)
    assert found.where.startswith("it")


def test_a_line_that_is_no_json_spoils_no_other() -> None:
    first, bad, last = read(text(DOCUMENT) + b"\nbroken\n" + text(DOCUMENT) + b"\n")
    assert first == last == Documents([json.dumps(DOCUMENT)])
    assert bad == Unreadable("it, line 2", "it is no JSON: 'broken'")


@pytest.mark.parametrize("content", [b"", b"\n", b"[]", b"  "])
def test_nothing_is_nothing(content: bytes) -> None:
    assert [one for one in read(content) if not isinstance(one, Unreadable)] == []


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (text(ANSWER), "zipkin"),
        (text(OTLP), "xray"),
        (text([ZIPKIN]), "jaeger"),
        (framed(message()), "zipkin"),
        (message(), "jaeger"),
    ],
)
def test_a_format_that_was_said_is_kept_to(content: bytes, wanted: str) -> None:
    (found,) = read(content, Format(wanted))
    assert isinstance(found, Unreadable)
    assert f"--format says {wanted}" in found.reason


def test_a_format_that_was_said_makes_of_any_object_one_of_it() -> None:
    assert read(b'{"id":1}', Format.XRAY) == [Documents(['{"id":1}'])]
    assert read(b'{"id":1}', Format.ZIPKIN) == [ZipkinSpans([{"id": 1}])]


@given(st.binary(max_size=200), st.sampled_from(list(Format)))
def test_whatever_bytes_come_nothing_is_raised(content: bytes, wanted: Format) -> None:
    read(content, wanted)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["Traces", "Segments", "Document", "data", "spans", "result", "resourceSpans", "traceId"]
                )
                | st.text(),
                inner,
                max_size=4,
            )
        ),
    ),
    st.sampled_from(list(Format)),
)
def test_whatever_json_comes_nothing_is_raised(value: object, wanted: Format) -> None:
    read(json.dumps(value).encode(), wanted)
