"""What a request is for: one answer for whoever routes it, tells of it or keeps its answer."""

from __future__ import annotations

import pytest

from radiograph.api.asked import Asked
from radiograph.api.calls import call_of
from radiograph.api.replays import changes_something

TRAIL = b"com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101."


def asked(body: bytes = b"", service: str = "", target: bytes = b"", kind: bytes = b"", query: bytes = b"") -> Asked:
    scope = f"AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261123/us-east-1/{service}/aws4_request, SignedHeaders=host"
    headers = [(b"authorization", scope.encode())] if service else []
    headers += [(b"x-amz-target", target)] if target else []
    headers += [(b"content-type", kind)] if kind else []
    return Asked(headers=headers, body=body, query=query)


@pytest.mark.parametrize(
    "body", [b"Action=CreateUser", b"Action=Create%55ser", b"%41ction=CreateUser", b"&Action=CreateUser&x"]
)
@pytest.mark.parametrize("target", [b"", b"x", b"TrentService.ListKeys", TRAIL + b"LookupEvents"])
@pytest.mark.parametrize("service", ["", "iam"])
def test_a_form_is_for_iam_however_it_is_spelled_and_whatever_else_is_said(
    body: bytes, target: bytes, service: str
) -> None:
    request = asked(body + b"&Version=2010-05-08&UserName=x", service, target)
    assert call_of(request) == ("iam", "CreateUser")
    assert changes_something(request)


def test_a_form_may_be_in_the_query_and_in_the_body() -> None:
    assert call_of(asked(b"RoleArn=x", query=b"Action=AssumeRole&Version=2011-06-15")) == ("sts", "AssumeRole")


@pytest.mark.parametrize(
    "said", [b'{"Description":"Action="}', b'{"Description":"&Action=CreateUser&Version=2010-05-08&"}']
)
@pytest.mark.parametrize(
    ("service", "kind"), [("kms", b""), ("kms", b"text/plain"), ("", b"application/x-amz-json-1.1")]
)
def test_words_inside_of_json_are_no_form(said: bytes, service: str, kind: bytes) -> None:
    assert call_of(asked(said, service, b"TrentService.CreateKey", kind)) == ("kms", "CreateKey")


@pytest.mark.parametrize(
    ("service", "target", "call"),
    [
        ("kms", b"TrentService.ListKeys", ("kms", "ListKeys")),
        ("", b"TrentService.ListKeys", ("kms", "ListKeys")),
        ("kms", b"ListKeys", ("kms", "")),
        ("kms", b"TrentService.Encrypt", ("kms", "")),
        ("kms", TRAIL + b"LookupEvents", ("kms", "")),
        ("cloudtrail", TRAIL + b"LookupEvents", ("cloudtrail", "LookupEvents")),
        ("xray", TRAIL + b"LookupEvents", ("cloudtrail", "LookupEvents")),
        ("iam", b"TrentService.ListKeys", ("iam", "")),
        ("", b"", ("", "")),
    ],
)
def test_without_a_form_the_target_tells(service: str, target: bytes, call: tuple[str, str]) -> None:
    assert call_of(asked(b"{}", service, target)) == call


@pytest.mark.parametrize(
    "body", [b"Action=CreateUser&Action=ListUsers", b"Action=Nothing", b"Action=CreateUser&Version=1", b"\xff=%ff"]
)
def test_a_form_that_names_no_operation_is_for_whoever_can_say_so(body: bytes) -> None:
    assert call_of(asked(body)) == ("iam", "")


@pytest.mark.parametrize("target", [b"TrentService.ListKeys", b"TrentService.DescribeKey", TRAIL + b"LookupEvents"])
def test_what_only_looks_leaves_no_answer_behind(target: bytes) -> None:
    assert not changes_something(asked(b"{}", "kms" if target.startswith(b"Trent") else "cloudtrail", target))


def test_a_change_of_keys_is_done_once() -> None:
    assert changes_something(asked(b"{}", "kms", b"TrentService.CreateKey"))
