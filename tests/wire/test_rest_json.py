"""Bodies in, answers out."""

from __future__ import annotations

import contextlib
import json
import uuid
from datetime import UTC, datetime

import botocore.session
import pytest
from botocore.parsers import create_parser
from hypothesis import given
from hypothesis import strategies as st

from radiograph import errors
from radiograph.errors import ApiError, InvalidRequest, Serialization, Throttled
from radiograph.model import (
    BatchGetTracesRequest,
    BatchGetTracesResult,
    GetSamplingRulesRequest,
    GetSamplingTargetsRequest,
    GetServiceGraphRequest,
    GetTimeSeriesServiceStatisticsRequest,
    GetTraceGraphRequest,
    GetTraceSummariesRequest,
    PutTelemetryRecordsRequest,
    PutTraceSegmentsRequest,
    Request,
    Trace,
)
from radiograph.wire import decode, decode_documents, encode, error_response

REQUESTS = [
    BatchGetTracesRequest,
    GetSamplingRulesRequest,
    GetSamplingTargetsRequest,
    GetServiceGraphRequest,
    GetTimeSeriesServiceStatisticsRequest,
    GetTraceGraphRequest,
    GetTraceSummariesRequest,
    PutTelemetryRecordsRequest,
    PutTraceSegmentsRequest,
]
DEEP = b"[" * 100_000
HUGE = b"1" + b"0" * 100_000
WINDOW = b'"StartTime":1500000000,"EndTime":1500000060'
XRAY = botocore.session.Session().get_service_model("xray")


def report(**members: object) -> dict[str, object]:
    return {
        "RuleName": "base",
        "ClientID": "ABCDEF1234567890ABCDEF10",
        "Timestamp": 1530922806.5,
        "RequestCount": 110,
        **members,
    }


def targets(*reports: dict[str, object], **members: object) -> bytes:
    return json.dumps({"SamplingStatisticsDocuments": reports, **members}).encode()


# What is accepted


def test_an_empty_body_is_an_empty_object() -> None:
    assert decode(GetSamplingRulesRequest, b"") == decode(GetSamplingRulesRequest, b"{}") == GetSamplingRulesRequest()


def test_an_optional_member_that_is_null_is_absent() -> None:
    assert decode(BatchGetTracesRequest, b'{"TraceIds":["1"],"NextToken":null}').next_token is None


def test_an_unknown_member_is_ignored() -> None:
    assert decode(BatchGetTracesRequest, b'{"TraceIds":["1"],"Verbose":{"a":[1]}}').trace_ids == ["1"]


@pytest.mark.parametrize("moment", [b"1500000000", b"1.5E9", b"1500000000.0"])
def test_a_moment_may_be_any_number(moment: bytes) -> None:
    assert decode(GetServiceGraphRequest, b'{"StartTime":%b,"EndTime":2}' % moment).start_time == 1_500_000_000.0


def test_a_moment_may_be_an_iso_8601_string() -> None:
    request = decode(GetServiceGraphRequest, b'{"StartTime":"2017-07-14T02:40:00Z","EndTime":2}')
    assert request.start_time == datetime(2017, 7, 14, 2, 40, tzinfo=UTC)


def test_a_sampling_report_may_say_sample_count_as_adot_does_and_null_where_it_has_no_boosts() -> None:
    body = targets(report(SampleCount=20), SamplingBoostStatisticsDocuments=None)
    request = decode(GetSamplingTargetsRequest, body)
    assert request.sampling_statistics_documents[0].sampled_count == 20
    assert request.sampling_boost_statistics_documents is None


def test_the_documented_name_of_the_sampled_count_wins() -> None:
    request = decode(GetSamplingTargetsRequest, targets(report(SampledCount=0, SampleCount=20)))
    assert request.sampling_statistics_documents[0].sampled_count == 0


def test_a_client_may_borrow_more_than_it_sampled() -> None:
    request = decode(GetSamplingTargetsRequest, targets(report(SampledCount=1, BorrowCount=9)))
    assert request.sampling_statistics_documents[0].borrow_count == 9


def test_a_boost_report_may_carry_a_client_id() -> None:
    boost = {
        "RuleName": "base",
        "ServiceName": "checkout",
        "Timestamp": 1530922806.0,
        "AnomalyCount": 4,
        "TotalCount": 110,
        "SampledAnomalyCount": 0,
        "ClientID": "ABCDEF1234567890ABCDEF10",
    }
    request = decode(GetSamplingTargetsRequest, targets(SamplingBoostStatisticsDocuments=[boost]))
    assert request.sampling_boost_statistics_documents is not None
    assert request.sampling_boost_statistics_documents[0].anomaly_count == 4


# What is refused, and in which words


@pytest.mark.parametrize(
    ("type_", "body", "message"),
    [
        (BatchGetTracesRequest, b"", "$.TraceIds is required and missing; send a list"),
        (BatchGetTracesRequest, b'{"TraceIds":null}', "$.TraceIds is required and missing; send a list"),
        (BatchGetTracesRequest, b'{"TraceIds":["1",""]}', '$.TraceIds[1] must be a string of length >= 1, not ""'),
        (
            BatchGetTracesRequest,
            b'{"TraceIds":["%b"]}' % (b"1" * 99),
            "$.TraceIds[0] must be a string of length <= 35, not a string of 99 characters",
        ),
        (
            GetTraceSummariesRequest,
            b'{%b,"TimeRangeType":"Bogus"}' % WINDOW,
            '$.TimeRangeType must be one of Event, Service, TraceId, not "Bogus"',
        ),
        (
            GetTraceSummariesRequest,
            b'{%b,"SamplingStrategy":{"Name":"x - at `$.y`"}}' % WINDOW,
            '$.SamplingStrategy.Name must be one of FixedRate, PartialScan, not "x - at `$.y`"',
        ),
        (
            GetServiceGraphRequest,
            b'{"StartTime":"yesterday","EndTime":2}',
            '$.StartTime must be seconds since the epoch or an ISO-8601 date and time, not "yesterday"',
        ),
        (
            GetServiceGraphRequest,
            b'{"StartTime":1e300,"EndTime":2}',
            "$.StartTime must be a number <= 253402300799.0, not 1e300",
        ),
        (
            GetServiceGraphRequest,
            b'{"StartTime":1e400,"EndTime":2}',
            "$.StartTime must be a number of at most 64 bits, not the one sent",
        ),
        (
            GetSamplingTargetsRequest,
            targets(report()),
            "$.SamplingStatisticsDocuments[0].SampledCount is required and missing; send an integer",
        ),
        (
            GetSamplingTargetsRequest,
            targets(report(SampledCount=-1)),
            "$.SamplingStatisticsDocuments[0].SampledCount must be an integer >= 0, not -1",
        ),
        (
            GetSamplingTargetsRequest,
            targets(*[report(SampledCount=1)] * 26),
            "$.SamplingStatisticsDocuments must be a list of length <= 25, not a list of 26",
        ),
        (
            GetTimeSeriesServiceStatisticsRequest,
            b'{%b,"Period":%b}' % (WINDOW, HUGE),
            "$.Period must be an integer of at most 64 bits, not the one sent",
        ),
        (
            GetTimeSeriesServiceStatisticsRequest,
            b'{%b,"Period":3000000000}' % WINDOW,
            "$.Period must be an integer <= 2147483647, not 3000000000",
        ),
    ],
)
def test_a_value_that_is_not_acceptable_is_named_with_what_is(type_: type[Request], body: bytes, message: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        decode(type_, body)
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"null", "The body must be an object, not null"),
        (b"[1,2]", "The body must be an object, not a list of 2"),
        (b'{"TraceIds":"1"}', '$.TraceIds must be a list, not "1"'),
        (b'{"TraceIds":[null]}', "$.TraceIds[0] must be a string, not null"),
        (b'{"TraceIds":["1",{"a":1}]}', "$.TraceIds[1] must be a string, not an object"),
        (b'{"TraceIds":[%b]}' % HUGE[:300], "$.TraceIds[0] must be a string, not a larger integer"),
        (b'{"TraceIds":["\xff"]}', "The body is not UTF-8: a string has the byte 0xff; send UTF-8 JSON"),
        (b'{"More":%b' % DEEP, "The body is nested too deeply; send an object of the documented shape"),
        (
            b'{"More":%b%b}' % (DEEP, DEEP.replace(b"[", b"]")),
            "The body is nested too deeply; send an object of the documented shape",
        ),
    ],
)
def test_a_body_of_another_shape_is_named_with_the_shape_that_is_accepted(body: bytes, message: str) -> None:
    with pytest.raises(Serialization) as refused:
        decode(BatchGetTracesRequest, body)
    assert refused.value.message == message


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"hello",
        b'{"TraceIds":["1"]} trailing',
        b'{"TraceIds":[NaN]}',
        b'{"TraceIds":["1"],"More":NaN}',
        b'{"TraceIds":["1"],"More":-Infinity}',
        b'{"TraceIds":["\\ud800"]}',
        b'{"TraceIds":["\\q"]}',
        b"\xef\xbb\xbf{}",
    ],
)
def test_a_body_that_is_not_json_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(Serialization, match=r"^The body is not JSON: .*; send a JSON object$"):
        decode(BatchGetTracesRequest, body)


MEMBERS = sorted({name for type_ in REQUESTS for name in type_.__struct_encode_fields__} | {"Name", "Timestamp"})
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=6),
)


@given(st.sampled_from(REQUESTS), st.binary())
def test_any_bytes_are_a_request_or_an_api_error(type_: type[Request], body: bytes) -> None:
    with contextlib.suppress(ApiError):
        assert isinstance(decode(type_, body), type_)


@given(st.sampled_from(REQUESTS), ANY_JSON)
def test_any_json_is_a_request_or_an_api_error_that_can_be_sent(type_: type[Request], value: object) -> None:
    refused = None
    try:
        decode(type_, json.dumps(value).encode())
    except ApiError as error:
        refused = error
    if refused:
        assert refused.code in {"InvalidRequestException", "SerializationException"}
        assert json.loads(error_response(refused, "r")[2])["message"] == refused.message


# Segment documents


def test_documents_come_in_the_order_they_were_sent() -> None:
    assert decode_documents(b'{"TraceSegmentDocuments":["{}","[]",""]}') == ["{}", "[]", ""]


def test_a_document_with_a_lone_surrogate_or_foreign_bytes_spoils_itself_only() -> None:
    body = b'{"TraceSegmentDocuments":["a","\\ud800","\xff","\\ud83d\\ude00","\xc3\xa9"],"\\udfff":"\xfe"}'
    assert decode_documents(body) == ["a", None, None, "😀", "é"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b"", "$.TraceSegmentDocuments is required"),
        (b'{"TraceSegmentDocuments":null}', "$.TraceSegmentDocuments is required"),
        (b'{"TraceSegmentDocuments":null,"More":"\\ud800"}', "$.TraceSegmentDocuments is required"),
        (b'{"TraceSegmentDocuments":"{}"}', "$.TraceSegmentDocuments must be a list"),
        (b'{"TraceSegmentDocuments":["{}",{}]}', "$.TraceSegmentDocuments[1] must be a string"),
        (b'{"TraceSegmentDocuments":["{}",null]}', "$.TraceSegmentDocuments[1] must be a string"),
        (b'{"TraceSegmentDocuments":["\\ud800",7]}', "$.TraceSegmentDocuments[1] must be a string"),
    ],
)
def test_documents_must_be_a_list_of_strings(body: bytes, where: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        decode_documents(body)
    assert refused.value.message.startswith(where)


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'["\\ud800"]',
        b"{",
        b'{"TraceSegmentDocuments":["\\q"]}',
        b'{"TraceSegmentDocuments":["\\ud800"],"More":NaN}',
        b'{"TraceSegmentDocuments":["\\ud800"],"More":%b' % DEEP,
        b'{"TraceSegmentDocuments":["\\ud800"],"More":%b}' % HUGE,
        b'{"More":%b' % DEEP,
    ],
)
def test_documents_must_come_in_a_json_object(body: bytes) -> None:
    with pytest.raises(Serialization):
        decode_documents(body)


@given(st.lists(st.text() | st.text(st.characters(categories=["Cs"]), min_size=1)))
def test_every_document_comes_back_or_is_marked(documents: list[str]) -> None:
    # utf-16 joins the surrogates that pair up, as a JSON reader does
    sent = [text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") for text in documents]
    want = [None if any("\ud800" <= char <= "\udfff" for char in text) else text for text in sent]
    assert decode_documents(json.dumps({"TraceSegmentDocuments": documents}).encode()) == want


@given(st.binary())
def test_any_bytes_are_documents_or_an_api_error(noise: bytes) -> None:
    for body in (noise, b'{"TraceSegmentDocuments":["%b"]}' % noise):
        with contextlib.suppress(ApiError):
            assert all(text is None or text.encode() is not None for text in decode_documents(body))


# Answers

EVERY_ERROR = [getattr(errors, name) for name in errors.__all__ if name != "ApiError"]


def as_botocore_reads(error: ApiError, request_id: str) -> dict[str, object]:
    status, headers, body = error_response(error, request_id)
    response = {
        "status_code": status,
        "headers": {name.decode().lower(): value.decode() for name, value in headers},
        "body": body,
    }
    shape = XRAY.operation_model("GetGroups").output_shape
    parsed: dict[str, object] = create_parser("rest-json").parse(response, shape)
    return parsed


@pytest.mark.parametrize("kind", EVERY_ERROR)
def test_botocore_reads_code_message_status_and_request_id_of_every_error(kind: type[ApiError]) -> None:
    request_id = str(uuid.UUID(int=7))
    parsed = as_botocore_reads(kind("Time range cannot be longer than 6 hours"), request_id)
    assert parsed["Error"] == {"Code": kind.code, "Message": "Time range cannot be longer than 6 hours"}
    metadata = parsed["ResponseMetadata"]
    assert isinstance(metadata, dict)
    assert metadata["RequestId"] == request_id
    assert metadata["HTTPStatusCode"] == kind.status


def test_an_error_says_its_code_and_message_where_any_sdk_looks() -> None:
    status, headers, body = error_response(errors.ResourceNotFound("No such ARN", ResourceName="arn:x"), "r-1")
    assert status == 404
    assert headers == [
        (b"content-type", b"application/json"),
        (b"x-amzn-RequestId", b"r-1"),
        (b"x-amzn-ErrorType", b"ResourceNotFoundException"),
    ]
    assert json.loads(body) == {
        "__type": "ResourceNotFoundException",
        "message": "No such ARN",
        "Message": "No such ARN",
        "ResourceName": "arn:x",
    }


def test_a_throttled_caller_is_told_when_to_come_back() -> None:
    assert (b"Retry-After", b"3") in error_response(Throttled("Slow down", retry_after_s=3), "r-1")[1]


def test_a_message_with_a_lone_surrogate_can_still_be_sent() -> None:
    assert json.loads(error_response(InvalidRequest("bad \ud800"), "r-1")[2])["message"] == "bad ?"


def test_an_answer_is_json_with_what_is_unset_left_out() -> None:
    result = BatchGetTracesResult(traces=[Trace(id="1")])
    assert encode(result) == (b'{"Traces":[{"Id":"1","LimitExceeded":false,"Segments":[]}],"UnprocessedTraceIds":[]}')
