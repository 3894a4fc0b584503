"""Where everybody has to sign: the first administrator, roles, refusals, spans, and browsers that log in."""

from __future__ import annotations

import base64
import http.client
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import grpc
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import TraceServiceStub

from tests.conftest import RunningServer, eventually
from tests.segments.otlp import request
from tests.server.conftest import Failing

ADMIN, SECRET = "AKIAFIRSTADMINISTRAT", "the first administrator's secret"
ACCOUNT = "000000000000"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
    running = RunningServer(tmp_path_factory.mktemp("guarded") / "data", "--auth", "required", environment=given)
    yield running
    assert running.stop() == 0


def client(
    server: RunningServer, service: str, key: str = ADMIN, secret: str = SECRET, token: str | None = None
) -> Any:
    return boto3.client(
        service,
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(retries={"total_max_attempts": 1}),
    )


@pytest.fixture(scope="module")
def as_role(guarded: RunningServer) -> Callable[[str, str], Any]:
    """Give X-Ray's client of a new role that has one managed policy."""
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}

    def make(name: str, policy: str) -> Any:
        iam = client(guarded, "iam")
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]
        iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
        session = client(guarded, "sts").assume_role(RoleArn=role["Arn"], RoleSessionName="tests")["Credentials"]
        keys = (session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])
        return client(guarded, "xray", *keys)

    return make


def refused(ask: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(ClientError) as failed:
        ask()
    answer = failed.value.response
    return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"]


def document() -> dict[str, Any]:
    now = time.time()
    return {
        "trace_id": f"1-{int(now):08x}-{os.urandom(12).hex()}",
        "id": os.urandom(8).hex(),
        "name": "guarded",
        "start_time": now - 1,
        "end_time": now,
    }


def test_an_administrator_who_signs_is_let_in(guarded: RunningServer) -> None:
    assert client(guarded, "sts").get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/administrator"
    assert client(guarded, "xray").get_groups()["Groups"][0]["GroupName"] == "Default"


def test_counters_are_for_those_who_may_read_them(guarded: RunningServer) -> None:
    def status(key: str, secret: str) -> int:
        named = base64.b64encode(f"{key}:{secret}".encode()).decode()
        asked = urllib.request.Request(f"{guarded.url}/counters", headers={"Authorization": f"Basic {named}"})
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code

    iam = client(guarded, "iam")
    iam.create_user(UserName="scraper")
    key = iam.create_access_key(UserName="scraper")["AccessKey"]
    named = (key["AccessKeyId"], key["SecretAccessKey"])
    assert status(ADMIN, SECRET) == 200
    assert status(*named) == 403
    allowed = {"Effect": "Allow", "Action": "radiograph:GetCounters", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    iam.put_user_policy(UserName="scraper", PolicyName="counters", PolicyDocument=document)
    assert status(*named) == 200


def test_a_wrong_secret_is_a_wrong_signature(guarded: RunningServer) -> None:
    assert refused(client(guarded, "xray", secret="another").get_groups) == (403, "InvalidSignatureException")


def test_an_unknown_key_is_not_recognised(guarded: RunningServer) -> None:
    assert refused(client(guarded, "xray", key="AKIANOBODYHASTHISKEY").get_groups) == (
        403,
        "UnrecognizedClientException",
    )


@pytest.mark.parametrize(
    "path", ["/TraceSegments", "/TraceSummaries", "/GetSamplingRules", "/SamplingTargets", "/Groups"]
)
def test_what_is_not_signed_is_refused(guarded: RunningServer, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as failed:
        urllib.request.urlopen(urllib.request.Request(guarded.url + path, b"{}"))
    assert failed.value.code == 403
    assert failed.value.headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"


def command(server: RunningServer, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    nobody = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": os.devnull, "HOME": os.devnull}
    return subprocess.run(
        [sys.executable, "-m", "radiograph", *arguments, "--endpoint", server.url],
        capture_output=True,
        text=True,
        timeout=120,
        env=others | nobody | environment,
    )


def test_the_terminal_signs_where_it_is_asked_to(guarded: RunningServer, tmp_path: Path) -> None:
    keys = {"AWS_ACCESS_KEY_ID": ADMIN, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
    now = time.time()
    trace_id = f"1-{int(now):08x}-{os.urandom(12).hex()}"
    one = {"trace_id": trace_id, "id": "1" * 16, "name": "from-a-file", "start_time": now - 1, "end_time": now}
    file = tmp_path / "one.json"
    file.write_text(json.dumps(one))
    sent = command(guarded, "import", str(file), **keys)
    assert sent.returncode == 0, sent.stderr
    eventually(lambda: command(guarded, "trace", trace_id, **keys).returncode == 0)
    assert trace_id in command(guarded, "traces", "--last", "5m", **keys).stdout


def test_the_terminal_says_how_to_sign(guarded: RunningServer) -> None:
    refused = command(guarded, "map")
    assert refused.returncode != 0
    assert "AWS_ACCESS_KEY_ID" in refused.stderr


def test_a_role_that_may_send_may_not_read(guarded: RunningServer, as_role: Callable[[str, str], Any]) -> None:
    sender, sent = as_role("sender", "AWSXRayDaemonWriteAccess"), document()
    assert sender.put_trace_segments(TraceSegmentDocuments=[json.dumps(sent)])["UnprocessedTraceSegments"] == []
    assert sender.get_sampling_rules()["SamplingRuleRecords"]
    assert refused(lambda: sender.batch_get_traces(TraceIds=[sent["trace_id"]])) == (403, "AccessDeniedException")
    reader = client(guarded, "xray")
    eventually(lambda: reader.batch_get_traces(TraceIds=[sent["trace_id"]])["Traces"])


def test_a_role_that_may_read_may_not_send(as_role: Callable[[str, str], Any]) -> None:
    reader = as_role("reader", "AWSXrayReadOnlyAccess")
    assert reader.get_groups()["Groups"]
    put = lambda: reader.put_trace_segments(TraceSegmentDocuments=[json.dumps(document())])  # noqa: E731
    assert refused(put) == (403, "AccessDeniedException")


def test_a_refusal_says_who_may_not_do_what(as_role: Callable[[str, str], Any]) -> None:
    reader = as_role("curious", "AWSXrayReadOnlyAccess")
    with pytest.raises(ClientError, match=r"assumed-role/curious/tests is not authorized to perform: xray:CreateGroup"):
        reader.create_group(GroupName="mine")


def test_a_policy_may_allow_one_group_only(guarded: RunningServer) -> None:
    iam, admin = client(guarded, "iam"), client(guarded, "xray")
    ours, theirs = (
        admin.create_group(GroupName=name, FilterExpression="fault")["Group"] for name in ("ours", "theirs")
    )
    iam.create_user(UserName="keeper")
    statement = {"Effect": "Allow", "Action": "xray:UpdateGroup", "Resource": ours["GroupARN"]}
    iam.put_user_policy(
        UserName="keeper",
        PolicyName="ours",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )
    key = iam.create_access_key(UserName="keeper")["AccessKey"]
    keeper = client(guarded, "xray", key["AccessKeyId"], key["SecretAccessKey"])
    assert keeper.update_group(GroupName="ours", FilterExpression="error")["Group"]["FilterExpression"] == "error"
    update = lambda: keeper.update_group(GroupARN=theirs["GroupARN"], FilterExpression="error")  # noqa: E731
    assert refused(update) == (403, "AccessDeniedException")


def test_a_key_that_is_switched_off_is_refused_at_once(guarded: RunningServer) -> None:
    iam = client(guarded, "iam")
    iam.create_user(UserName="leaver")
    iam.attach_user_policy(UserName="leaver", PolicyArn="arn:aws:iam::aws:policy/AWSXrayFullAccess")
    key = iam.create_access_key(UserName="leaver")["AccessKey"]
    leaver = client(guarded, "xray", key["AccessKeyId"], key["SecretAccessKey"])
    assert leaver.put_trace_segments(TraceSegmentDocuments=[json.dumps(document())])["UnprocessedTraceSegments"] == []
    iam.update_access_key(UserName="leaver", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    put = lambda: leaver.put_trace_segments(TraceSegmentDocuments=[json.dumps(document())])  # noqa: E731
    assert refused(put) == (403, "UnrecognizedClientException")
    assert refused(leaver.get_groups) == (403, "UnrecognizedClientException")


# --- spans

BASIC = "Basic " + base64.b64encode(f"{ADMIN}:{SECRET}".encode()).decode()


def test_spans_over_http_come_with_a_key_and_its_secret(guarded: RunningServer) -> None:
    body = request({}, now_ns=time.time_ns()).SerializeToString()

    def post(**headers: str) -> int:
        told = {"content-type": "application/x-protobuf", **headers}
        try:
            return urllib.request.urlopen(urllib.request.Request(f"{guarded.otlp_http}/v1/traces", body, told)).status
        except urllib.error.HTTPError as error:
            return error.code

    assert post() == 403
    assert post(authorization="Basic " + base64.b64encode(f"{ADMIN}:wrong".encode()).decode()) == 403
    assert post(authorization=BASIC) == 200


def test_spans_over_grpc_come_with_a_key_and_its_secret(guarded: RunningServer) -> None:
    with grpc.insecure_channel(guarded.otlp_grpc.removeprefix("http://")) as channel:
        export = TraceServiceStub(channel).Export
        with pytest.raises(grpc.RpcError) as failed:
            export(request({}, now_ns=time.time_ns()))
        assert failed.value.code() == grpc.StatusCode.PERMISSION_DENIED
        assert not export(request({}, now_ns=time.time_ns()), metadata=[("authorization", BASIC)]).HasField(
            "partial_success"
        )


# --- browsers


class Browser:
    def __init__(self, server: RunningServer) -> None:
        self.origin, self.cookie = server.url, ""
        self.connection = http.client.HTTPConnection(server.host, server.port)

    def post(self, path: str, body: str, **headers: str) -> tuple[int, str]:
        told = {"origin": self.origin, **({"cookie": self.cookie} if self.cookie else {}), **headers}
        self.connection.request("POST", path, body, {key: one for key, one in told.items() if one})
        answer = self.connection.getresponse()
        if answer.getheader("set-cookie"):
            self.cookie = answer.getheader("set-cookie", "").split(";")[0]
        return answer.status, answer.read().decode()

    def log_in(self, secret: str = SECRET) -> int:
        return self.post("/login", urllib.parse.urlencode({"key": ADMIN, "secret": secret}))[0]


@pytest.fixture
def browser(guarded: RunningServer) -> Browser:
    return Browser(guarded)


def test_a_browser_that_has_logged_in_may_ask(browser: Browser) -> None:
    assert browser.post("/Groups", "{}")[0] == 403
    assert browser.log_in() == 303
    assert browser.post("/Groups", "{}")[0] == 200


def test_a_wrong_secret_does_not_log_in(browser: Browser) -> None:
    assert browser.log_in("wrong") == 403
    assert browser.cookie == ""


@pytest.mark.parametrize("origin", ["", "http://elsewhere.example"])
def test_a_session_is_no_good_for_pages_of_others(browser: Browser, origin: str) -> None:
    browser.log_in()
    assert browser.post("/Groups", "{}", origin=origin)[0] == 403


@pytest.mark.parametrize(
    "told",
    [
        {"origin": ""},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=lambda told: "-".join([*told, *told.values()]),
)
def test_a_form_of_another_site_writes_nothing(browser: Browser, told: dict[str, str]) -> None:
    browser.log_in()
    form = {"content-type": "application/x-www-form-urlencoded"}
    makes = "Action=CreateUser&Version=2010-05-08&UserName=forged"
    assert browser.post("/", makes, **form, **told)[0] == 403
    asks = "Action=GetUser&Version=2010-05-08&UserName=forged"
    assert browser.post("/", asks, **form, **{"sec-fetch-site": "same-origin"})[0] == 404


def test_a_page_that_is_got_writes_nothing(guarded: RunningServer, browser: Browser) -> None:
    browser.log_in()
    makes = "/?Action=CreateUser&Version=2010-05-08&UserName=forged"
    browser.connection.request("GET", makes, headers={"cookie": browser.cookie, "origin": browser.origin})
    assert "<html" in browser.connection.getresponse().read().decode()
    assert "forged" not in {user["UserName"] for user in client(guarded, "iam").list_users()["Users"]}


def test_a_session_ends_by_logging_out(browser: Browser) -> None:
    browser.log_in()
    cookie = browser.cookie
    assert browser.post("/logout", "")[0] == 303
    browser.cookie = cookie
    assert browser.post("/Groups", "{}")[0] == 403


@pytest.mark.parametrize(
    ("to", "led"),
    [("/traces?last=1h", "/traces?last=1h"), ("//elsewhere", "/"), ("https://elsewhere", "/"), ("/\\\\elsewhere", "/")],
)
def test_logging_in_leads_to_a_page_of_this_server(browser: Browser, to: str, led: str) -> None:
    form = urllib.parse.urlencode({"key": ADMIN, "secret": SECRET, "to": to})
    browser.connection.request("POST", "/login", form, {"origin": browser.origin})
    answer = browser.connection.getresponse()
    answer.read()
    assert (answer.status, answer.getheader("location")) == (303, led)


# --- the first start


def test_the_first_start_tells_a_key_once(tmp_path: Path) -> None:
    def start() -> str:
        command = [sys.executable, "-m", "radiograph", "serve", "--port", "0", "--udp-port", "0"]
        process = subprocess.Popen(
            [*command, "--auth", "required", "--data", str(tmp_path / "data")], stdout=subprocess.PIPE, text=True
        )
        said = []
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if "ready in" in line:
                break
        process.terminate()
        process.communicate(timeout=60)
        return "".join(said)

    found = re.search(r"AWS_ACCESS_KEY_ID=(AKIA\S+) AWS_SECRET_ACCESS_KEY=(\S+)", start())
    assert found
    assert "SECRET" not in start()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").glob("settings*"))
    assert found[1].encode() in kept
    assert found[2].encode() not in kept, "no secret is kept in clear"


def test_an_address_that_others_reach_needs_signatures(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "radiograph", "serve", "--host", "0.0.0.0", "--data", str(tmp_path / "data")]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode != 0
    assert "--auth required" in ran.stderr


@pytest.mark.parametrize("missing", ["RADIOGRAPH_ADMIN_ACCESS_KEY_ID", "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY"])
def test_half_a_key_starts_nothing_and_an_empty_half_is_none(failing_serve: Failing, missing: str) -> None:
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET, missing: ""}
    code, said = failing_serve("--auth", "required", environment=given)
    assert code != 0
    assert f"{missing} is missing" in said
