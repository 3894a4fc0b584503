"""Answers of the Query protocol, read by botocore's own parser."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import botocore.session
import pytest
from botocore.parsers import create_parser
from hypothesis import given
from hypothesis import strategies as st

from radiograph.auth.refusals import Incomplete, TokenExpired, UnknownKey, Unsigned, WrongSignature
from radiograph.errors import (
    AccessDenied,
    ApiError,
    InternalFailure,
    InvalidRequest,
    Serialization,
    ServiceUnavailable,
    Throttled,
    UnknownOperation,
)
from radiograph.model.iam.account import GetAccountSummaryResponse
from radiograph.model.iam.tags import Tag
from radiograph.model.iam.users import GetUserResponse, ListUsersResponse, User
from radiograph.wire.query_xml import encode, error_code, error_response

NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/"
IAM = botocore.session.Session().get_service_model("iam")


def read(operation: str, body: bytes, status: int = 200) -> dict[str, Any]:
    """Give what botocore makes of an answer."""
    answer = {"status_code": status, "headers": {}, "body": body}
    return create_parser("query").parse(answer, IAM.operation_model(operation).output_shape)


def user(name: str, **members: Any) -> User:
    return User(path="/", user_name=name, user_id="AIDA", arn=f"arn:{name}", create_date=1_700_000_000.0, **members)


def test_an_answer_is_what_botocore_reads() -> None:
    told = GetUserResponse(user=user("a", tags=[Tag(key="k", value="<v> & 'w'")]))
    answer = read("GetUser", encode("GetUser", told, NAMESPACE, "an-id"))
    assert answer["ResponseMetadata"]["RequestId"] == "an-id"
    assert answer["User"] == {
        "Path": "/",
        "UserName": "a",
        "UserId": "AIDA",
        "Arn": "arn:a",
        "CreateDate": datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
        "Tags": [{"Key": "k", "Value": "<v> & 'w'"}],
    }


def test_lists_may_be_empty_and_booleans_are_booleans() -> None:
    answer = read("ListUsers", encode("ListUsers", ListUsersResponse(users=[], is_truncated=False), NAMESPACE, "i"))
    assert answer["Users"] == []
    assert answer["IsTruncated"] is False
    assert "Marker" not in answer


def test_a_map_is_read_as_one() -> None:
    told = GetAccountSummaryResponse(summary_map={"Users": 3, "UsersQuota": 5000})
    answer = read("GetAccountSummary", encode("GetAccountSummary", told, NAMESPACE, "i"))
    assert answer["SummaryMap"] == {"Users": 3, "UsersQuota": 5000}


def test_an_answer_of_nothing_has_its_request_id() -> None:
    body = encode("DeleteUser", None, NAMESPACE, "an-id")
    assert (
        body
        == (
            f'<DeleteUserResponse xmlns="{NAMESPACE}"><ResponseMetadata><RequestId>an-id</RequestId>'
            "</ResponseMetadata></DeleteUserResponse>"
        ).encode()
    )
    assert read("DeleteUser", body)["ResponseMetadata"]["RequestId"] == "an-id"


@given(st.text())
def test_any_text_can_be_told(text: str) -> None:
    told = GetUserResponse(user=user("a", tags=[Tag(key="k", value=text)]))
    (tag,) = read("GetUser", encode("GetUser", told, NAMESPACE, "i"))["User"]["Tags"]
    kept = "".join(one if one in "\t\n\r" or 0x20 <= ord(one) not in (0xFFFE, 0xFFFF) else "\ufffd" for one in text)
    assert tag["Value"] == kept


ERRORS: list[tuple[ApiError, int, str]] = [
    (AccessDenied("no"), 403, "AccessDenied"),
    (InvalidRequest("no"), 400, "ValidationError"),
    (Serialization("no"), 400, "MalformedQueryString"),
    (UnknownOperation("no"), 400, "InvalidAction"),
    (Throttled("no"), 400, "Throttling"),
    (ServiceUnavailable("no"), 503, "ServiceUnavailable"),
    (InternalFailure("no"), 500, "InternalFailure"),
    (Unsigned(), 403, "MissingAuthenticationToken"),
    (Incomplete("no"), 400, "IncompleteSignature"),
    (UnknownKey(), 403, "InvalidClientTokenId"),
    (WrongSignature("no"), 403, "SignatureDoesNotMatch"),
    (TokenExpired(), 403, "ExpiredToken"),
]


@pytest.mark.parametrize(("error", "status", "code"), ERRORS, ids=lambda part: str(part))
def test_an_error_is_what_botocore_reads(error: ApiError, status: int, code: str) -> None:
    answered, headers, body = error_response(error, NAMESPACE, "an-id")
    assert answered == status
    assert dict(headers)[b"content-type"] == b"text/xml"
    assert dict(headers)[b"x-amzn-RequestId"] == b"an-id"
    answer = read("GetUser", body, status)
    assert answer["Error"]["Code"] == code == error_code(error)
    assert answer["Error"]["Message"] == error.message
    assert answer["Error"]["Type"] == ("Sender" if status < 500 else "Receiver")
    assert answer["ResponseMetadata"]["RequestId"] == "an-id"


def test_a_throttled_caller_is_told_when_to_come_back() -> None:
    _, headers, _ = error_response(Throttled("no", 7), NAMESPACE, "i")
    assert dict(headers)[b"Retry-After"] == b"7"


def test_the_message_of_an_error_cannot_be_markup() -> None:
    _, _, body = error_response(InvalidRequest("</Message><Code>Other</Code>"), NAMESPACE, "i")
    (code,) = ElementTree.fromstring(body).iter(f"{{{NAMESPACE}}}Code")
    assert code.text == "ValidationError"
