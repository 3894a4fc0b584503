"""Signed requests at a server: sent twice, signed in the query, and signed too long ago."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.conftest import RunningServer

ADMIN, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
STAMP = "%Y%m%dT%H%M%SZ"


def start(directory: object, *arguments: str) -> RunningServer:
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
    return RunningServer(directory / "data", "--auth", "required", *arguments, environment=given)  # type: ignore[operator]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    running = start(tmp_path_factory.mktemp("presigned"), "--presigned", "--signature-window-s", "60")
    yield running
    assert running.stop() == 0


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    running = start(tmp_path_factory.mktemp("usual"))
    yield running
    assert running.stop() == 0


def signed(server: RunningServer, path: str, body: bytes, service: str = "xray", ago_s: float = 0) -> AWSRequest:
    """Give a request that was signed some time ago, which botocore has no word for: its parts do the signing."""
    request = AWSRequest("POST", server.url + path, data=body)
    signer = SigV4Auth(Credentials(ADMIN, SECRET), service, "us-east-1")
    request.context["timestamp"] = time.strftime(STAMP, time.gmtime(time.time() - ago_s))
    request.headers["X-Amz-Date"] = request.context["timestamp"]
    to_sign = signer.string_to_sign(request, signer.canonical_request(request))
    signer._inject_signature_to_request(request, signer.signature(to_sign, request))
    return request


def presigned(server: RunningServer, action: str, expires: int = 60, service: str = "sts", method: str = "GET") -> str:
    version = {"sts": "2011-06-15", "iam": "2010-05-08"}[service]
    request = AWSRequest(method, f"{server.url}/?Action={action}&Version={version}")
    SigV4QueryAuth(Credentials(ADMIN, SECRET), service, "us-east-1", expires=expires).add_auth(request)
    return str(request.url)


def send(request: AWSRequest) -> tuple[int, str]:
    posted = urllib.request.Request(request.url, request.data, dict(request.headers.items()))
    return answered(posted)


def answered(request: urllib.request.Request | str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_what_is_sent_twice_is_done_once_and_told_twice(usual: RunningServer) -> None:
    request = signed(usual, "/CreateGroup", b'{"GroupName":"twice"}')
    first, second = send(request), send(request)
    assert first[0] == 200
    assert second == first
    again = signed(usual, "/CreateGroup", b'{"GroupName": "twice"}')
    assert send(again)[0] == 400, "another request is another request"


def test_a_key_that_is_made_twice_by_one_request_is_one_key(usual: RunningServer) -> None:
    request = signed(usual, "/", b"Action=CreateAccessKey&Version=2010-05-08", "iam")
    assert send(request) == send(request)
    listed = send(signed(usual, "/", b"Action=ListAccessKeys&Version=2010-05-08", "iam"))[1]
    assert listed.count("<AccessKeyId>") == 2, "the administrator's first one, and one more"


def test_documents_may_come_twice(usual: RunningServer) -> None:
    request = signed(usual, "/TraceSegments", b'{"TraceSegmentDocuments":[]}')
    assert [send(request)[0], send(request)[0]] == [200, 200]


def test_without_leave_nothing_is_signed_in_the_query(usual: RunningServer) -> None:
    status, body = answered(presigned(usual, "GetCallerIdentity"))
    assert status == 403
    assert "MissingAuthenticationToken" in body


def test_a_presigned_question_is_answered(server: RunningServer) -> None:
    status, body = answered(presigned(server, "GetCallerIdentity"))
    assert status == 200
    assert "user/administrator</Arn>" in body
    assert answered(presigned(server, "ListUsers", service="iam"))[0] == 200


def test_a_presigned_question_is_for_its_service_and_its_words_only(server: RunningServer) -> None:
    url = presigned(server, "GetCallerIdentity")
    assert answered(url.replace("GetCallerIdentity", "GetSessionToken"))[0] == 403
    assert answered(url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"))[0] == 403
    assert answered(urllib.request.Request(url, b"Action=GetSessionToken"))[0] in (400, 403)
    iam = presigned(server, "GetCallerIdentity").replace("sts%2Faws4", "iam%2Faws4")
    assert answered(iam)[0] == 403


def test_a_presigned_operation_of_x_ray_is_posted(server: RunningServer) -> None:
    request = AWSRequest("POST", f"{server.url}/Groups")  # botocore presigns no body
    SigV4QueryAuth(Credentials(ADMIN, SECRET), "xray", "us-east-1", expires=60).add_auth(request)
    status, body = answered(urllib.request.Request(request.url, b""))
    assert status == 200, body
    assert json.loads(body)["Groups"]
    assert answered(urllib.request.Request(request.url, b"{}"))[0] == 403


@pytest.mark.parametrize(("ago_s", "status"), [(0, 200), (40, 200), (-40, 200), (70, 403), (-70, 403), (3600, 403)])
def test_how_far_clocks_may_differ_can_be_set(server: RunningServer, ago_s: float, status: int) -> None:
    assert send(signed(server, "/Groups", b"{}", ago_s=ago_s))[0] == status
