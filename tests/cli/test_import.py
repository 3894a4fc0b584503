"""``radiograph import``: what a file holds arrives by the way that is made for it, and everything else is told."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTracePartialSuccess,
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from radiograph.cli.import_ import import_
from tests.transfer.sink import Said, Sink, running

CORPORA = Path(__file__).parents[1] / "corpora"
TRACE = "1-6553f100-0123456789abcdef01234567"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as made:
        yield made


@pytest.fixture
def imported(sink: Sink, tmp_path: Path) -> Callable[..., Result]:
    """Import contents, each a file of its own."""

    def run(*contents: bytes, arguments: tuple[str, ...] = (), code: int = 0) -> Result:
        files = []
        for number, content in enumerate(contents):
            file = tmp_path / f"file-{number}"
            file.write_bytes(content)
            files.append(str(file))
        ran = CliRunner().invoke(import_, [*arguments, *files, "--endpoint", sink.url])
        assert ran.exit_code == code, ran.output
        return ran

    return run


def document(number: int = 0, **members: Any) -> str:
    made = {"trace_id": TRACE, "id": f"{number + 1:016x}", "name": "shop", "start_time": 1.7e9, "end_time": 1.7e9 + 1}
    return json.dumps(made | members)


def answer(*documents: str) -> bytes:
    segments = [{"Id": json.loads(one)["id"], "Document": one} for one in documents]
    return json.dumps({"Traces": [{"Id": TRACE, "Segments": segments}], "UnprocessedTraceIds": []}, indent=4).encode()


def lines(*documents: str) -> bytes:
    return "\n".join(documents).encode()


def protobuf(*names: str) -> bytes:
    request = ExportTraceServiceRequest()
    spans = request.resource_spans.add().scope_spans.add().spans
    for name in names:
        spans.add(name=name, trace_id=b"1" * 16, span_id=b"1" * 8)
    return request.SerializeToString()


def zipkin(number: int, trace: int = 1, **members: Any) -> dict[str, Any]:
    return {"traceId": f"{trace:032x}", "id": f"{number + 1:016x}", "timestamp": 1_700_000_000_000_000} | members


# X-Ray


def test_the_documents_of_an_answer_arrive_as_they_are(sink: Sink, imported: Callable[..., Result]) -> None:
    documents = [document(number) for number in range(120)]
    told = imported(answer(*documents))
    assert sorted(sink.documents) == sorted(documents)
    assert sorted(sink.batches) == [20, 50, 50]
    assert told.output == "Taken: 120 documents.\n"


def test_inferred_segments_are_left_out_and_told(sink: Sink, imported: Callable[..., Result]) -> None:
    told = imported(answer(document(0), document(1, inferred=True)))
    assert sink.documents == [document(0)]
    assert "Left out: 1 inferred segment; the server makes its own." in told.output


def test_a_segment_that_outgrew_a_document_arrives_in_several(sink: Sink, imported: Callable[..., Result]) -> None:
    inside = [
        {"id": f"{number:016x}", "name": "work", "start_time": 1.7e9, "metadata": {"m": "x" * 30_000}}
        for number in range(10, 15)
    ]
    imported(answer(document(0, subsegments=inside)))
    sent = [json.loads(one) for one in sink.documents]
    whole, *alone = sorted(sent, key=lambda one: "type" in one)
    assert [one["parent_id"] for one in alone] == [whole["id"]] * len(alone)
    assert sorted(one["id"] for one in [*whole["subsegments"], *alone]) == [one["id"] for one in inside]
    assert all(len(one) < 65_536 for one in sink.documents)


def test_documents_a_line_each_arrive_in_batches(sink: Sink, imported: Callable[..., Result]) -> None:
    documents = [document(number) for number in range(205)]
    imported(lines(*documents))
    assert sorted(sink.documents) == sorted(documents)
    assert sum(sink.batches) == 205
    assert max(sink.batches) == 50


def test_refused_documents_are_counted_by_reason_with_examples(sink: Sink, imported: Callable[..., Result]) -> None:
    sink.refuses = lambda text: "InvalidName" if json.loads(text)["name"] == "!" else None
    told = imported(lines(document(0), *[document(number, name="!") for number in range(1, 6)]), code=1)
    assert "Taken: 1 document." in told.output
    assert "Refused: 5" in told.output
    assert "5 × InvalidName" in told.output
    assert told.output.count("Invalid segment. ErrorCode: InvalidName") == 3


def test_documents_older_than_the_server_keeps_are_explained(sink: Sink, imported: Callable[..., Result]) -> None:
    message = "start_time is 1.5e9, -200000000 s from now; from 30 days ago to 300 s ahead is accepted"
    refused = [{"Id": "1" * 16, "ErrorCode": "InvalidStartTime", "Message": message}]
    sink.next["/TraceSegments"].append(Said(200, json.dumps({"UnprocessedTraceSegments": refused}).encode()))
    told = imported(lines(document()), code=1)
    assert "1 of them began before what the server keeps" in told.output
    assert "--retention-days" in told.output


def test_a_request_that_is_too_large_for_the_server_goes_in_halves(sink: Sink, imported: Callable[..., Result]) -> None:
    sink.next["/TraceSegments"].extend([Said(413), Said(413)])
    imported(lines(*[document(number) for number in range(8)]))
    assert sorted(sink.documents) == sorted(document(number) for number in range(8))
    assert sorted(sink.batches) == [2, 2, 4]


# OpenTelemetry


def test_a_request_of_otlp_arrives_byte_for_byte(sink: Sink, imported: Callable[..., Result]) -> None:
    body = b'{ "resourceSpans": [{"scopeSpans": [{"spans": [{}, {}]}]}] }'
    told = imported(body, protobuf("a", "b", "c"))
    assert [(one.content_type, one.body) for one in sink.asked] == [
        ("application/json", body),
        ("application/x-protobuf", protobuf("a", "b", "c")),
    ]
    assert told.output == "Taken: 5 spans.\n"


@pytest.mark.parametrize("press", [lambda content: content, gzip.compress])
def test_what_a_collector_wrote_into_a_file_arrives_message_by_message(
    sink: Sink, imported: Callable[..., Result], press: Callable[[bytes], bytes]
) -> None:
    messages = [protobuf(str(number)) for number in range(30)]
    imported(press(b"".join(len(one).to_bytes(4, "big") + one for one in messages)))
    assert sorted(one.body for one in sink.asked) == sorted(messages)


def test_a_request_of_more_than_four_megabytes_arrives_in_parts(sink: Sink, imported: Callable[..., Result]) -> None:
    names = [f"{number} " + "x" * 100_000 for number in range(100)]
    told = imported(protobuf(*names))
    found = [span.name for request in sink.otlp for span in request.resource_spans[0].scope_spans[0].spans]  # type: ignore[union-attr]
    assert sorted(found) == sorted(names)
    assert all(len(one.body) <= 4 << 20 for one in sink.asked)
    assert "Taken: 100 spans." in told.output


@pytest.mark.parametrize("is_json", [True, False])
def test_spans_that_the_server_rejected_are_told(sink: Sink, imported: Callable[..., Result], is_json: bool) -> None:
    if is_json:
        said = b'{"partialSuccess":{"rejectedSpans":"2","errorMessage":"span 3131: from 30 days ago to"}}'
        body = b'{"resourceSpans":[{"scopeSpans":[{"spans":[{},{},{}]}]}]}'
    else:
        partial = ExportTracePartialSuccess(rejected_spans=2, error_message="span 3131: from 30 days ago to")
        said, body = ExportTraceServiceResponse(partial_success=partial).SerializeToString(), protobuf("a", "b", "c")
    sink.next["/v1/traces"].append(Said(200, said))
    told = imported(body, code=1)
    assert "Taken: 1 span." in told.output
    assert "Refused: 2" in told.output
    assert "span 3131" in told.output
    assert "2 of them began before what the server keeps" in told.output


def test_a_request_that_the_server_cannot_read_spoils_no_other(sink: Sink, imported: Callable[..., Result]) -> None:
    sink.next["/v1/traces"].append(Said(400, b'{"code":3,"message":"no such thing"}'))
    body = b'{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}'
    told = imported(body, body, code=1)
    assert "Taken: 1 span." in told.output
    assert "1 × /v1/traces 400" in told.output
    assert "no such thing" in told.output


# Zipkin and Jaeger


def test_spans_of_zipkin_arrive_as_they_are(sink: Sink, imported: Callable[..., Result]) -> None:
    content = (CORPORA / "zipkin" / "shared-span.json").read_bytes()
    told = imported(content)
    assert sink.zipkin == [json.loads(content)]
    assert told.output == "Taken: 6 spans.\n"


def test_spans_of_a_trace_arrive_together_wherever_in_the_file_they_are(
    sink: Sink, imported: Callable[..., Result]
) -> None:
    spans = [zipkin(number, trace=number % 3, name="x" * 100_000) for number in range(90)]
    imported(lines(*[json.dumps(one) for one in spans]))
    assert len(sink.zipkin) > 1
    places: dict[object, set[int]] = {}
    for place, body in enumerate(sink.zipkin):
        for span in body:
            places.setdefault(span["traceId"], set()).add(place)
    assert all(len(one) == 1 for one in places.values())
    assert sorted((one for body in sink.zipkin for one in body), key=lambda one: str(one["id"])) == spans


def test_spans_of_zipkin_that_the_server_refused_are_told(sink: Sink, imported: Callable[..., Result]) -> None:
    message = "2 spans refused: span aaaaaaaaaaaaaaaa: timestamp is absent; span b: traceId is 'x'"
    sink.next["/api/v2/spans"].append(Said(202, json.dumps({"message": message}).encode()))
    told = imported(json.dumps([zipkin(number) for number in range(5)]).encode(), code=1)
    assert "Taken: 3 spans." in told.output
    assert "Refused: 2" in told.output
    assert "timestamp is absent" in told.output


def test_an_answer_of_jaeger_arrives_as_otlp(sink: Sink, imported: Callable[..., Result]) -> None:
    told = imported((CORPORA / "jaeger" / "query-answer.json").read_bytes())
    (request,) = sink.otlp
    assert isinstance(request, dict)
    resources: Any = request["resourceSpans"]
    found = {
        span["name"]: (scope["scope"]["name"], resource["resource"]["attributes"][0]["value"]["stringValue"])
        for resource in resources
        for scope in resource["scopeSpans"]
        for span in scope["spans"]
    }
    assert found == {
        "HTTP GET /dispatch": ("", "frontend"),
        "SQL SELECT": ("", "frontend"),
        "notify": ("mailer.queue", "mailer"),
    }
    assert told.output == "Taken: 3 spans.\n"


def test_spans_of_jaeger_that_cannot_be_read_are_told(sink: Sink, imported: Callable[..., Result]) -> None:
    good = {"traceID": "1" * 32, "spanID": "2" * 16, "startTime": 1_700_000_000_000_000, "duration": 1}
    told = imported(
        json.dumps({"data": [{"traceID": "1" * 32, "spans": [good, good | {"spanID": "x"}]}]}).encode(), code=1
    )
    assert "Taken: 1 span." in told.output
    assert "spanID is 'x'" in told.output


def test_spans_of_jaeger_a_line_each_arrive_together(sink: Sink, imported: Callable[..., Result]) -> None:
    process = {"serviceName": "shop", "tags": []}
    spans = [
        {"traceID": "1" * 32, "spanID": f"{number:016x}", "startTime": 1_700_000_000_000_000, "process": process}
        for number in range(1, 8)
    ]
    told = imported(lines(*map(json.dumps, spans)))
    (request,) = sink.otlp
    assert isinstance(request, dict)
    (resource,) = request["resourceSpans"]  # type: ignore[misc]
    assert len(resource["scopeSpans"][0]["spans"]) == 7
    assert told.output == "Taken: 7 spans.\n"


# Files, and the server


def test_standard_input_is_a_file_too(sink: Sink) -> None:
    ran = CliRunner().invoke(import_, ["-", "--endpoint", sink.url], input=gzip.compress(lines(document())))
    assert ran.exit_code == 0, ran.output
    assert sink.documents == [document()]


def test_a_file_that_cannot_be_read_spoils_no_other(sink: Sink, imported: Callable[..., Result]) -> None:
    told = imported(b"PK\x03\x04 a zip file", lines(document()), code=1)
    assert sink.documents == [document()]
    assert "1 × unreadable" in told.output
    assert "file-0: it begins with" in told.output


def test_a_format_that_was_said_is_kept_to(sink: Sink, imported: Callable[..., Result]) -> None:
    told = imported(lines(document()), arguments=("--format", "zipkin"), code=1)
    assert sink.asked == []
    assert "--format says zipkin" in told.output


def test_a_server_that_has_no_time_is_waited_for(sink: Sink, imported: Callable[..., Result]) -> None:
    sink.next["/TraceSegments"].append(Said(429, b"{}"))
    imported(lines(document()))
    assert sink.documents == [document()]


def test_a_server_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    with running() as gone:
        pass
    file = tmp_path / "file"
    file.write_bytes(lines(document()))
    ran = CliRunner().invoke(import_, [str(file), "--endpoint", gone.url])
    assert ran.exit_code == 1
    assert "is not answering" in ran.output
    assert "radiograph serve" in ran.output


def test_a_server_without_the_route_is_told_apart(sink: Sink, imported: Callable[..., Result]) -> None:
    sink.next["/v1/traces"].append(Said(404, b"{}"))
    told = imported(protobuf("a"), code=1)
    assert "Is it an older server?" in told.output


def test_a_file_that_is_not_there_and_an_address_that_is_none_are_refused() -> None:
    assert CliRunner().invoke(import_, ["/no/such/file"]).exit_code == 2
    ran = CliRunner().invoke(import_, ["-", "--endpoint", "localhost"], input=b"")
    assert ran.exit_code == 2
    assert "is not a URL" in ran.output
