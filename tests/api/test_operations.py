"""The table of operations, the errors every one of them may answer with, and who is let in."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from typing import Any, get_type_hints

import botocore.session
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from radiograph.api.xray.operations import OPERATIONS, PUT_TRACE_SEGMENTS
from tests.api.asking import client, post
from tests.conftest import RunningServer

XRAY = botocore.session.Session().get_service_model("xray")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


# The table


def test_the_table_is_botocore_s_service_model() -> None:
    theirs = {name: XRAY.operation_model(name).http["requestUri"] for name in XRAY.operation_names}
    assert {operation.name: operation.path for operation in OPERATIONS.values()} == theirs
    assert all(operation.path == path for path, operation in OPERATIONS.items())
    assert len(OPERATIONS) == 38


def test_every_operation_is_posted_and_has_an_iam_action() -> None:
    assert {XRAY.operation_model(name).http["method"] for name in XRAY.operation_names} == {"POST"}
    assert {operation.action for operation in OPERATIONS.values()} == {f"xray:{name}" for name in XRAY.operation_names}


def test_every_operation_takes_the_request_and_gives_the_result_of_its_name() -> None:
    for operation in OPERATIONS.values():
        if operation.answer is not None:
            shapes = XRAY.operation_model(operation.name)
            given = get_type_hints(operation.answer)["return"]
            assert operation.request is not None
            assert operation.request.__name__ == shapes.input_shape.name
            assert given.__name__ == shapes.output_shape.name


def test_every_operation_is_answered() -> None:
    assert [one for one in OPERATIONS.values() if one.answer is None] == [PUT_TRACE_SEGMENTS], (
        "and that one at the door"
    )


# Errors


@pytest.mark.parametrize("name", XRAY.operation_names)
def test_every_operation_gives_an_answer_or_an_error_that_boto3_reads(server: RunningServer, name: str) -> None:
    boto = client(server)
    try:
        answer = getattr(boto, xform_name(name))(**_required(XRAY.operation_model(name).input_shape))
    except ClientError as refused:
        answer = refused.response
        assert answer["Error"]["Code"] in _declared(name)
        assert answer["ResponseMetadata"]["HTTPStatusCode"] in (400, 404)
    assert UUID.fullmatch(answer["ResponseMetadata"]["RequestId"])


@pytest.mark.parametrize("path", ["/", "/NoSuchPath", "/traces", "/Traces/", "/Traces?x", "//Traces", "/v1/metrics"])
def test_an_unknown_path_is_an_unknown_operation(server: RunningServer, path: str) -> None:
    status, headers, body = post(server, path)
    if path == "/Traces?x":
        assert status == 400  # the path is known, the body lacks TraceIds
        return
    assert (status, body["__type"]) == (404, "UnknownOperationException")
    assert path in body["message"]
    assert headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_another_method_is_an_unknown_operation(server: RunningServer, method: str) -> None:
    request = urllib.request.Request(f"{server.url}/Traces", b"{}", method=method)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    with refused.value as error:
        assert error.code == 404
        assert json.loads(error.read())["__type"] == "UnknownOperationException"


def test_an_error_has_its_code_and_message_wherever_an_sdk_may_look(server: RunningServer) -> None:
    status, headers, body = post(server, "/Traces")
    assert status == 400
    assert headers["x-amzn-ErrorType"] == body["__type"] == "InvalidRequestException"
    assert body["message"] == body["Message"]
    assert "TraceIds" in body["message"]
    assert UUID.fullmatch(headers["x-amzn-RequestId"])


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff", b'{"TraceIds":"x"}', b"[" * 100_000])
def test_a_body_of_another_shape_is_a_serialization_error(server: RunningServer, body: bytes) -> None:
    status, _, answer = post(server, "/Traces", body)
    assert (status, answer["__type"]) == (400, "SerializationException")


@pytest.mark.parametrize("content_type", ["application/json", "application/x-amz-json-1.1", "text/plain"])
def test_any_content_type_is_taken(server: RunningServer, content_type: str) -> None:
    status, headers, _ = post(server, "/GetSamplingRules", b"", Content_Type=content_type)
    assert status == 200
    assert headers["Content-Type"] == "application/json"
    assert UUID.fullmatch(headers["x-amzn-RequestId"])


def test_a_content_coding_is_refused(server: RunningServer) -> None:
    status, _, answer = post(server, "/Traces", b"{}", Content_Encoding="gzip")
    assert (status, answer["__type"]) == (400, "SerializationException")


def test_a_body_of_five_mebibytes_is_taken_and_one_byte_more_is_not(server: RunningServer) -> None:
    most = 5 << 20
    body = b'{"TraceSegmentDocuments":[' + b" " * (most - 28) + b"]}"
    assert len(body) == most
    assert post(server, "/TraceSegments", body)[0] == 200
    status, _, answer = post(server, "/TraceSegments", body + b" ")
    assert (status, answer["__type"]) == (413, "RequestEntityTooLargeException")
    assert post(server, "/TraceSegments", b'{"TraceSegmentDocuments":[]}')[0] == 200


# Strangers


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:2000", "127.0.0.1.evil.test", "localhost.evil.test", "0.0.0.0"]
)
def test_a_name_that_is_not_this_machine_s_is_refused(server: RunningServer, host: str) -> None:
    status, _, answer = post(server, "/GetSamplingRules", Host=host)
    assert (status, answer["__type"]) == (403, "AccessDeniedException")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST:1", "[::1]", "[::1]:2000"])
def test_a_name_of_this_machine_is_answered(server: RunningServer, host: str) -> None:
    assert post(server, "/GetSamplingRules", Host=host)[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://127.0.0.1:1", "https://localhost.evil.test"])
def test_another_site_s_page_is_refused(server: RunningServer, origin: str) -> None:
    status, _, answer = post(server, "/GetSamplingRules", Origin=origin)
    assert (status, answer["__type"]) == (403, "AccessDeniedException")


def test_a_page_of_the_server_itself_is_answered(server: RunningServer) -> None:
    assert post(server, "/GetSamplingRules", Origin=server.url)[0] == 200


def _declared(name: str) -> set[str]:
    """Codes of the errors that the service model has for an operation."""
    return {shape.name for shape in XRAY.operation_model(name).error_shapes}


def _required(shape: Any) -> dict[str, Any]:
    """Values that botocore lets through for every required member."""
    return {name: _value(shape.members[name]) for name in shape.required_members} if shape else {}


def _value(shape: Any) -> Any:
    if shape.type_name == "structure":
        first = dict(list(shape.members.items())[:1])
        return {name: _value(member) for name, member in first.items()} if shape.is_tagged_union else _required(shape)
    if shape.type_name == "list":
        return [_value(shape.member)]
    plain = {"string": "x" * 40, "integer": 1, "long": 1, "double": 0.5, "boolean": True, "timestamp": 1_500_000_000}
    return plain.get(shape.type_name, {})
