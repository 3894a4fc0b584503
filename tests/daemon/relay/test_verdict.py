"""Only an answer about the documents gives documents up; whatever might be the way's fault keeps them."""

from __future__ import annotations

import json

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTracePartialSuccess,
    ExportTraceServiceResponse,
)

from radiograph.daemon.relay.answer import Reply
from radiograph.daemon.relay.verdict import Away, Failing, Misdirected, Refused, Spoilt, Taken, Verdict, judge

JSON, PROTOBUF = ("Content-Type", "application/json"), ("Content-Type", "application/x-protobuf")


def error(status: int, code: str = "", body: bytes | None = None, **headers: str) -> Reply:
    told = [JSON, *([("x-amzn-ErrorType", code)] if code else []), *headers.items()]
    return Reply(status, told, json.dumps({"message": "why"}).encode() if body is None else body)


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (Reply(200, [JSON], b'{"UnprocessedTraceSegments":[]}'), Taken()),
        (Reply(200, [JSON], b"{}"), Taken()),
        (Reply(200, [JSON], b'{"UnprocessedTraceSegments":null,"More":1}'), Taken()),
        (
            Reply(200, [JSON], b'{"UnprocessedTraceSegments":[{"Id":"a","ErrorCode":"MissingName","Message":"m"},{}]}'),
            Taken([Refused("a", "MissingName", "m"), Refused()]),
        ),
        (error(400, "InvalidRequestException"), Spoilt("400 InvalidRequestException: why")),
        (error(400, "com.amazonaws.xray#SerializationException:http://x/"), Spoilt("400 SerializationException: why")),
        (error(413, "RequestEntityTooLargeException"), Spoilt("413 RequestEntityTooLargeException: why")),
        (error(413, "", b"<html>too large</html>"), Spoilt("413: <html>too large</html>")),
        (error(429, "ThrottledException"), Away("429 ThrottledException: why")),
        (error(400, "ThrottlingException"), Away("400 ThrottlingException: why")),
        (error(503, "ServiceUnavailable", **{"Retry-After": "7"}), Away("503 ServiceUnavailable: why", 7.0)),
        (error(503, "", b"", **{"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}), Away("503: no more is said")),
        (error(502, "", b"bad gateway"), Away("502: bad gateway")),
        (error(504), Away("504: why")),
        (error(500, "InternalFailure"), Failing("500 InternalFailure: why")),
    ],
)
def test_what_an_answer_to_documents_means(reply: Reply, verdict: Verdict) -> None:
    assert judge(reply, spans=False) == verdict


@pytest.mark.parametrize(
    "reply",
    [
        error(403, "UnrecognizedClientException"),
        error(403, "InvalidSignatureException"),
        error(403, "AccessDeniedException"),
        error(403, "", b"<html>"),
        error(401),
        error(400, "ExpiredTokenException"),
        error(400, "IncompleteSignatureException"),
        error(400, "RequestExpired"),
        error(400, "MissingAuthenticationToken"),
    ],
)
@pytest.mark.parametrize("spans", [True, False])
def test_what_is_wrong_with_our_keys_keeps_the_documents(reply: Reply, spans: bool) -> None:
    verdict = judge(reply, spans)
    if spans and reply.header("x-amzn-errortype") == "AccessDeniedException":
        assert isinstance(verdict, Spoilt), "the right to send spans is another one, and segments wait behind them"
    else:
        assert isinstance(verdict, Misdirected)
        assert verdict.keys


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, [("Content-Type", "text/html")], b"<html>please log in</html>"),
        Reply(200, [JSON], b"[]"),
        Reply(200, [], b""),
        Reply(200, [JSON], b'{"UnprocessedTraceSegments":3}'),
        Reply(204, [], b""),
        Reply(302, [("Location", "/login")], b""),
        error(400, "", b"<html>Bad Request</html>"),
        error(404, "UnknownOperationException"),
        error(405),
        error(407),
        error(501),
        error(505),
    ],
)
def test_what_is_wrong_with_the_way_keeps_the_documents(reply: Reply) -> None:
    verdict = judge(reply, spans=False)
    assert isinstance(verdict, Misdirected)
    assert not verdict.keys


def partial(rejected: int) -> bytes:
    success = ExportTracePartialSuccess(rejected_spans=rejected, error_message="too long ago")
    return ExportTraceServiceResponse(partial_success=success).SerializeToString()


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (Reply(200, [PROTOBUF], b""), Taken()),
        (Reply(200, [], b""), Taken()),
        (Reply(200, [PROTOBUF], partial(0)), Taken()),
        (
            Reply(200, [PROTOBUF], partial(300)),
            Taken([Refused(None, "PartialSuccess", "300 spans are refused: too long ago")]),
        ),
        (
            Reply(200, [PROTOBUF], partial(3)[:-5]),
            Taken([Refused(None, "PartialSuccess", "3 spans are refused: too lon")]),
        ),
        (Reply(200, [JSON], b"{}"), Taken()),
        (Reply(200, [PROTOBUF], b"\xff\xff"), Taken()),
        (Reply(400, [PROTOBUF], b"\x08\x03"), Spoilt("400: \x08\x03")),
        (Reply(404, [], b"nothing here"), Spoilt("404: nothing here")),
        (Reply(415, [], b""), Spoilt("415: no more is said")),
        (Reply(429, [], b""), Away("429: no more is said")),
    ],
)
def test_what_an_answer_to_spans_means(reply: Reply, verdict: Verdict) -> None:
    assert judge(reply, spans=True) == verdict


def test_a_page_is_no_answer_to_spans() -> None:
    assert isinstance(judge(Reply(200, [("Content-Type", "text/html")], b"<html>"), spans=True), Misdirected)
