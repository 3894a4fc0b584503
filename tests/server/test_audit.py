"""The audit of a real server where everybody has to sign: what is told, to whom, and what survives."""

from __future__ import annotations

import base64
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import grpc
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config as ClientConfig
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, ClientError
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import TraceServiceStub

from radiograph.api.iam.context import Desk
from radiograph.api.iam.ids import new_access_key_id, new_secret
from radiograph.audit import Wanted, resources_of, search, verify
from radiograph.config import Config
from radiograph.model.iam.records import KeyRecord, UserRecord
from radiograph.secrets import open_master_key
from radiograph.server.auditing import OpenAudit
from radiograph.server.identities import OpenIdentities
from radiograph.storage.documents.identities import IdentityDatabase
from radiograph.telemetry import Counters
from tests.conftest import RunningServer, eventually
from tests.segments.otlp import request

ADMIN, SECRET = "AKIAFIRSTADMINISTRAT", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYz3b1Q9LEKE"
ACCOUNT, OTHER = "000000000000", "210987654321"
AWS = Path(sys.executable).with_name("aws")


def start(data: Path, *arguments: str) -> RunningServer:
    given = {"RADIOGRAPH_ADMIN_ACCESS_KEY_ID": ADMIN, "RADIOGRAPH_ADMIN_SECRET_ACCESS_KEY": SECRET}
    return RunningServer(data, "--auth", "required", *arguments, environment=given)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    running = start(tmp_path_factory.mktemp("audited") / "data")
    yield running
    assert running.stop() == 0
    assert [one.findings for one in verify(running.data, open_master_key(running.data).sealer("audit"))] == [[], []]


def client(server: RunningServer, service: str, key: str = ADMIN, secret: str = SECRET, token: str = "") -> Any:
    return boto3.client(
        service,
        endpoint_url=server.url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token or None,
        config=ClientConfig(retries={"total_max_attempts": 1}),
    )


@pytest.fixture(scope="module")
def iam(guarded: RunningServer) -> Any:
    return client(guarded, "iam")


@pytest.fixture(scope="module")
def trail(guarded: RunningServer) -> Any:
    return client(guarded, "cloudtrail")


def user(iam: Any, name: str, *actions: str) -> tuple[str, str]:
    """Make a user who may do this much; give its key."""
    iam.create_user(UserName=name)
    if actions:
        allowed = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        iam.put_user_policy(UserName=name, PolicyName="given", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def told(trail: Any, key: str, value: str, **more: Any) -> list[dict[str, Any]]:
    """Give the whole records that have an attribute, the newest first."""
    pages = trail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}], **more
    )
    return [json.loads(event["CloudTrailEvent"]) for page in pages for event in page["Events"]]


def soon(trail: Any, key: str, value: str, holds: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
    """Give the newest record that has an attribute, once there is one: nobody waits for those of refusals."""
    found: list[dict[str, Any]] = []
    eventually(lambda: found.extend(one for one in told(trail, key, value) if holds(one)) or found)
    return found[0]


def refused(ask: Callable[[], object]) -> str:
    with pytest.raises(ClientError) as failed:
        ask()
    return str(failed.value.response["Error"]["Code"])


# --- what is told


def test_a_change_is_told_before_its_answer(iam: Any, trail: Any) -> None:
    for n in range(5):
        iam.create_user(UserName=f"told-{n}")
        (record,) = told(trail, "ResourceName", f"told-{n}")
        assert (record["eventName"], record["requestParameters"]) == ("CreateUser", {"userName": f"told-{n}"})


def test_a_record_has_cloudtrails_shape(guarded: RunningServer, trail: Any) -> None:
    answer = client(guarded, "xray").create_group(GroupName="shaped", FilterExpression="fault")
    (record,) = told(trail, "ResourceName", "shaped")
    assert record["eventVersion"] == "1.11"
    assert record["userIdentity"] | {"principalId": ""} == {
        "type": "IAMUser",
        "principalId": "",
        "arn": f"arn:aws:iam::{ACCOUNT}:user/administrator",
        "accountId": ACCOUNT,
        "accessKeyId": ADMIN,
        "userName": "administrator",
    }
    assert (record["eventSource"], record["eventName"]) == ("xray.amazonaws.com", "CreateGroup")
    assert (record["readOnly"], record["eventType"], record["managementEvent"]) == (False, "AwsApiCall", True)
    assert (record["eventCategory"], record["recipientAccountId"]) == ("Management", ACCOUNT)
    assert (record["awsRegion"], record["sourceIPAddress"]) == ("us-east-1", "127.0.0.1")
    assert record["userAgent"].startswith("Boto3/")
    assert record["requestParameters"] == {"groupName": "shaped", "filterExpression": "fault"}
    assert record["responseElements"]["group"]["groupARN"] == answer["Group"]["GroupARN"]
    assert record["requestID"] == answer["ResponseMetadata"]["RequestId"]
    assert abs(datetime.fromisoformat(record["eventTime"]) - datetime.now(UTC)) < timedelta(minutes=5)
    assert "errorCode" not in record


def test_the_request_id_of_iam_is_the_answers(iam: Any, trail: Any) -> None:
    answer = iam.create_user(UserName="numbered")
    (record,) = told(trail, "ResourceName", "numbered")
    assert record["requestID"] == answer["ResponseMetadata"]["RequestId"]


def test_a_session_of_a_role_is_told_with_its_issuer(guarded: RunningServer, iam: Any, trail: Any) -> None:
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName="worker", AssumeRolePolicyDocument=document)["Role"]
    iam.attach_role_policy(RoleName="worker", PolicyArn="arn:aws:iam::aws:policy/AWSXrayFullAccess")
    session = client(guarded, "sts").assume_role(RoleArn=role["Arn"], RoleSessionName="night-shift")["Credentials"]
    keys = (session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])
    client(guarded, "xray", *keys).create_group(GroupName="by-night", FilterExpression="error")
    assumed = told(trail, "EventName", "AssumeRole")[0]
    assert assumed["responseElements"]["credentials"]["accessKeyId"] == session["AccessKeyId"]
    assert assumed["readOnly"] is True
    (record,) = told(trail, "Username", "night-shift")
    identity = record["userIdentity"]
    assert (identity["type"], identity["accessKeyId"]) == ("AssumedRole", session["AccessKeyId"])
    assert identity["principalId"] == f"{role['RoleId']}:night-shift"
    assert identity["sessionContext"]["sessionIssuer"] == {
        "type": "Role",
        "principalId": role["RoleId"],
        "arn": role["Arn"],
        "accountId": ACCOUNT,
        "userName": "worker",
    }
    assert identity["sessionContext"]["attributes"]["mfaAuthenticated"] == "false"


def test_a_call_that_fails_is_told_with_its_error(iam: Any, trail: Any) -> None:
    assert refused(lambda: iam.delete_user(UserName="nobody-here")) == "NoSuchEntity"
    record = soon(trail, "ResourceName", "nobody-here")
    assert (record["errorCode"], record["responseElements"]) == ("NoSuchEntity", None)


@pytest.mark.parametrize(
    ("name", "form", "headers"),
    [
        ("encoded", "Action=Create%55ser&Version=2010-05-08&UserName=encoded", {}),
        ("named-encoded", "%41ction=CreateUser&Version=2010-05-08&UserName=named-encoded", {}),
        ("targeted", "Action=CreateUser&Version=2010-05-08&UserName=targeted", {"X-Amz-Target": "x"}),
        ("masked", "Action=CreateUser&UserName=masked", {"X-Amz-Target": "TrentService.ListKeys"}),
    ],
)
def test_what_was_really_done_is_told_however_it_was_spelled(
    guarded: RunningServer, trail: Any, name: str, form: str, headers: dict[str, str]
) -> None:
    given = {"content-type": "application/x-www-form-urlencoded", **headers}
    request = AWSRequest("POST", f"{guarded.url}/", headers=given, data=form)
    SigV4Auth(Credentials(ADMIN, SECRET), "iam", "us-east-1").add_auth(request)
    urllib.request.urlopen(urllib.request.Request(request.url, form.encode(), dict(request.headers.items()))).close()
    (record,) = told(trail, "ResourceName", name)
    assert (record["eventSource"], record["eventName"]) == ("iam.amazonaws.com", "CreateUser")


def test_what_a_key_is_for_makes_it_no_form(guarded: RunningServer, trail: Any) -> None:
    made = client(guarded, "kms").create_key(Description="&Action=CreateUser&Version=2010-05-08&")["KeyMetadata"]
    record = told(trail, "EventName", "CreateKey")[0]
    assert record["responseElements"]["keyMetadata"]["keyId"] == made["KeyId"]


def use(xray: Any) -> None:
    xray.get_groups()
    xray.get_trace_summaries(StartTime=time.time() - 60, EndTime=time.time())
    xray.get_sampling_rules()
    xray.put_trace_segments(TraceSegmentDocuments=["{}"])


def test_reading_traces_and_sending_them_is_not_told(guarded: RunningServer, trail: Any) -> None:
    use(client(guarded, "xray"))
    assert [told(trail, "EventName", name) for name in ("GetTraceSummaries", "GetSamplingRules")] == [[], []]


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    knobs = ("--audit-data", "all", "--audit-refusals-per-minute", "3")
    running = start(tmp_path_factory.mktemp("talkative") / "data", *knobs)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_reading_and_sending_are_told_when_asked_for(talkative: RunningServer) -> None:
    use(client(talkative, "xray"))
    wanted = {"GetGroups", "GetTraceSummaries", "GetSamplingRules", "PutTraceSegments"}

    def found() -> dict[str, Any]:
        return {one.record.event_name: one.record for one in search(talkative.data, Wanted())}

    eventually(lambda: wanted <= set(found()))
    assert (found()["PutTraceSegments"].event_category, found()["GetGroups"].event_category) == ("Data", "Management")


def test_a_flood_of_refusals_is_counted_and_summed_up_at_the_end(talkative: RunningServer) -> None:
    for _ in range(20):
        assert refused(client(talkative, "xray", secret="another").get_group) == "InvalidSignatureException"
    assert talkative.stop() == 0
    found = [json.loads(one.text) for one in search(talkative.data, Wanted())]
    whole = [one for one in found if one.get("errorCode") == "InvalidSignatureException"]
    (summary,) = [one["serviceEventDetails"] for one in found if one["eventName"] == "SummarizeEvents"]
    assert (len(whole), summary["count"], summary["errorCode"]) == (3, 17, "InvalidSignatureException")
    assert summary["sourceIPAddresses"] == {"127.0.0.1": 17}


# --- refusals


def test_a_wrong_signature_is_told(guarded: RunningServer, trail: Any) -> None:
    assert refused(client(guarded, "xray", secret="another").get_groups) == "InvalidSignatureException"
    assert refused(client(guarded, "iam", secret="another").list_groups) == "SignatureDoesNotMatch"
    is_ours = lambda one: one.get("errorCode") == "SignatureDoesNotMatch"  # noqa: E731
    record = soon(trail, "EventName", "ListGroups", is_ours)
    assert record["userIdentity"] == {"type": "Unknown", "accountId": ACCOUNT, "accessKeyId": ADMIN}


def test_an_unknown_key_is_told(guarded: RunningServer, trail: Any) -> None:
    refused(client(guarded, "xray", key="AKIANOBODYHASTHISKEY").delete_group)
    record = soon(trail, "AccessKeyId", "AKIANOBODYHASTHISKEY")
    assert (record["eventName"], record["errorCode"]) == ("DeleteGroup", "UnrecognizedClientException")


def test_a_denied_action_is_told_with_who_and_what(guarded: RunningServer, iam: Any, trail: Any) -> None:
    key = user(iam, "curious")
    assert refused(lambda: client(guarded, "xray", *key).create_group(GroupName="x")) == "AccessDeniedException"
    assert refused(lambda: client(guarded, "iam", *key).create_user(UserName="x")) == "AccessDenied"
    record = soon(trail, "AccessKeyId", key[0], lambda one: one["eventName"] == "CreateGroup")
    assert record["userIdentity"]["userName"] == "curious"
    assert "is not authorized to perform: xray:CreateGroup" in record["errorMessage"]
    assert (
        soon(trail, "AccessKeyId", key[0], lambda one: one["eventName"] == "CreateUser")["errorCode"] == "AccessDenied"
    )


def test_whoever_does_not_sign_is_told(guarded: RunningServer, trail: Any) -> None:
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(urllib.request.Request(f"{guarded.url}/UpdateIndexingRule", b"{}"))
    record = soon(trail, "EventName", "UpdateIndexingRule")
    assert record["userIdentity"] == {"type": "Unknown"}
    assert record["errorCode"] == "MissingAuthenticationTokenException"


def test_what_is_refused_at_the_door_is_told(guarded: RunningServer, iam: Any, trail: Any) -> None:
    key = user(iam, "reader-only", "xray:GetGroups")
    put = lambda: client(guarded, "xray", *key).put_trace_segments(TraceSegmentDocuments=["{}"])  # noqa: E731
    assert refused(put) == "AccessDeniedException"
    assert soon(trail, "AccessKeyId", key[0], lambda one: one["eventName"] == "PutTraceSegments")["errorCode"]
    named = "Basic " + base64.b64encode(f"{key[0]}:wrong".encode()).decode()
    body = request({}, now_ns=time.time_ns()).SerializeToString()
    headers = {"authorization": named, "content-type": "application/x-protobuf"}
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(urllib.request.Request(f"{guarded.otlp_http}/v1/traces", body, headers))
    record = soon(trail, "AccessKeyId", key[0], lambda one: one["eventName"] == "PutSpans")
    assert record["userIdentity"]["type"] == "Unknown"
    with grpc.insecure_channel(guarded.otlp_grpc.removeprefix("http://")) as channel, pytest.raises(grpc.RpcError):
        TraceServiceStub(channel).Export(request({}, now_ns=time.time_ns()))
    assert soon(trail, "EventName", "PutSpans", lambda one: "accessKeyId" not in one["userIdentity"])["errorCode"]


def post(server: RunningServer, path: str, form: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(server.host, server.port)
    connection.request("POST", path, form, {"origin": server.url, **headers})
    answer = connection.getresponse()
    answer.read()
    return answer


def test_logins_and_logouts_are_told(guarded: RunningServer, trail: Any) -> None:
    form = urllib.parse.urlencode({"key": ADMIN, "secret": SECRET})
    cookie = (post(guarded, "/login", form).getheader("set-cookie") or "").split(";")[0]
    assert post(guarded, "/CreateGroup", '{"GroupName": "by-hand"}', cookie=cookie).status == 200
    post(guarded, "/logout", "", cookie=cookie)
    record = told(trail, "EventName", "ConsoleLogin")[0]
    assert (record["eventSource"], record["eventType"]) == ("signin.amazonaws.com", "AwsConsoleSignIn")
    assert record["responseElements"] == {"ConsoleLogin": "Success"}
    assert record["userIdentity"]["userName"] == "administrator"
    assert told(trail, "ResourceName", "by-hand")[0]["sessionCredentialFromConsole"] == "true"
    assert told(trail, "EventName", "ConsoleLogout")[0]["userIdentity"]["userName"] == "administrator"


def test_a_wrong_login_is_told(guarded: RunningServer, trail: Any) -> None:
    assert post(guarded, "/login", urllib.parse.urlencode({"key": ADMIN, "secret": "wrong-horse"})).status == 403
    record = soon(trail, "EventName", "ConsoleLogin", lambda one: "errorCode" in one)
    assert record["responseElements"] == {"ConsoleLogin": "Failure"}
    assert record["userIdentity"]["accessKeyId"] == ADMIN


def test_a_page_of_somebody_else_is_told(guarded: RunningServer, trail: Any) -> None:
    assert post(guarded, "/DeleteResourcePolicy", "{}", origin="http://elsewhere.example").status == 403
    assert "elsewhere.example" in soon(trail, "EventName", "DeleteResourcePolicy")["errorMessage"]
    assert post(guarded, "/logout", "", origin="http://elsewhere.example").status == 403
    is_refused = lambda one: "errorCode" in one  # noqa: E731
    assert "elsewhere.example" in soon(trail, "EventName", "ConsoleLogout", is_refused)["errorMessage"]


def test_what_the_console_asks_of_the_process_itself_is_told_when_it_is_refused(
    guarded: RunningServer, iam: Any, trail: Any
) -> None:
    key, secret = user(iam, "no-demo", "xray:GetGroups")
    right, wrong = (
        {"authorization": "Basic " + base64.b64encode(f"{key}:{one}".encode()).decode()} for one in (secret, "wrong")
    )
    assert post(guarded, "/console/api/demo", '{"Action": "Start"}', **right).status == 403
    record = soon(trail, "AccessKeyId", key, lambda one: one["eventName"] == "ControlDemo")
    assert (record["errorCode"], record["userIdentity"]["userName"]) == ("AccessDeniedException", "no-demo")
    assert post(guarded, "/console/api/server", "", **wrong).status == 403
    record = soon(trail, "AccessKeyId", key, lambda one: one["eventName"] == "GetServer")
    assert record["userIdentity"]["type"] == "Unknown"


def test_who_starts_and_stops_the_demo_is_told(guarded: RunningServer, trail: Any) -> None:
    form = urllib.parse.urlencode({"key": ADMIN, "secret": SECRET})
    cookie = (post(guarded, "/login", form).getheader("set-cookie") or "").split(";")[0]
    assert post(guarded, "/console/api/demo", '{"Action": "Stop"}', cookie=cookie).status == 200
    (record,) = told(trail, "EventName", "ControlDemo", EndTime=datetime.now(UTC) + timedelta(1))[:1]
    assert (record["eventSource"], record["readOnly"]) == ("radiograph", False)
    assert record["requestParameters"] == {"action": "Stop"}
    assert record["userIdentity"]["userName"] == "administrator"


def test_a_key_that_is_destroyed_by_the_clock_is_told(tmp_path: Path) -> None:
    config = Config(data=tmp_path)
    identities = OpenIdentities(config, time.time)
    audit = OpenAudit(config, "back", identities, time.time, Counters())
    audit.key_destroyed(ACCOUNT, "1234abcd-12ab-34cd-56ef-1234567890ab")
    audit.close()
    identities.close()
    (found,) = search(tmp_path, Wanted())
    assert (found.record.event_source, found.record.event_name) == ("kms.amazonaws.com", "DeleteKey")
    arn = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    assert resources_of(found.record) == [("AWS::KMS::Key", arn)]
    assert found.record.event_type == "AwsServiceEvent"


# --- looking up


def test_every_attribute_finds_what_has_it_and_nothing_else(iam: Any, trail: Any) -> None:
    iam.create_user(UserName="findable")
    (event,) = trail.lookup_events(LookupAttributes=[{"AttributeKey": "ResourceName", "AttributeValue": "findable"}])[
        "Events"
    ]
    record = json.loads(event["CloudTrailEvent"])
    values = {
        "EventId": event["EventId"],
        "EventName": "CreateUser",
        "ReadOnly": "false",
        "Username": "administrator",
        "ResourceType": "AWS::IAM::User",
        "EventSource": "iam.amazonaws.com",
        "AccessKeyId": ADMIN,
    }
    for key, value in values.items():
        assert record in told(trail, key, value), key
        assert record not in told(trail, key, "true" if key == "ReadOnly" else f"not-{value}"), key
    assert {one["ResourceType"] for one in event["Resources"]} == {"AWS::IAM::User"}


def test_pages_follow_one_another_the_newest_first(iam: Any, trail: Any) -> None:
    for n in range(7):
        iam.create_group(GroupName=f"page-{n}")
    names, token, pages = [], {}, 0
    while True:
        answer = trail.lookup_events(
            MaxResults=3, LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "CreateGroup"}], **token
        )
        names += [json.loads(one["CloudTrailEvent"])["requestParameters"]["groupName"] for one in answer["Events"]]
        pages += 1
        iam.create_user(UserName=f"between-{pages}")  # moves nothing from one page to another
        if "NextToken" not in answer:
            break
        token = {"NextToken": answer["NextToken"]}
    ours = [name for name in names if name.startswith("page-")]
    assert ours == [f"page-{n}" for n in reversed(range(7))]
    assert len(names) == len(set(names))


def test_a_window_leaves_out_what_is_outside(iam: Any, trail: Any) -> None:
    iam.create_user(UserName="in-time")
    now = datetime.now(UTC)
    assert told(trail, "ResourceName", "in-time", StartTime=now - timedelta(minutes=5), EndTime=now + timedelta(1))
    assert told(trail, "ResourceName", "in-time", EndTime=now - timedelta(minutes=5)) == []


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"StartTime": 2_000_000_000, "EndTime": 1_000_000_000}, "InvalidTimeRangeException"),
        ({"NextToken": "bm9uZQ"}, "InvalidNextTokenException"),
        ({"EventCategory": "insight"}, "InvalidEventCategoryException"),
        (
            {"LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": one} for one in ("a", "b")]},
            "InvalidLookupAttributesException",
        ),
        ({"MaxResults": 51}, "InvalidMaxResultsException"),
        ({"MaxResults": 0}, "InvalidMaxResultsException"),
        (
            {"LookupAttributes": [{"AttributeKey": "Colour", "AttributeValue": "red"}]},
            "InvalidLookupAttributesException",
        ),
    ],
)
def test_what_cannot_be_looked_up_is_refused_as_aws_refuses(
    guarded: RunningServer, members: dict[str, Any], code: str
) -> None:
    unchecked = boto3.client(
        "cloudtrail",
        endpoint_url=guarded.url,
        region_name="us-east-1",
        aws_access_key_id=ADMIN,
        aws_secret_access_key=SECRET,
        config=ClientConfig(retries={"total_max_attempts": 1}, parameter_validation=False),
    )
    assert refused(lambda: unchecked.lookup_events(**members)) == code


def test_a_token_goes_with_its_question(trail: Any) -> None:
    token = trail.lookup_events(MaxResults=1)["NextToken"]
    other = [{"AttributeKey": "EventName", "AttributeValue": "CreateUser"}]
    ask = lambda: trail.lookup_events(NextToken=token, LookupAttributes=other)  # noqa: E731
    assert refused(ask) == "InvalidNextTokenException"


def test_looking_up_needs_a_permission(guarded: RunningServer, iam: Any) -> None:
    key, allowed = user(iam, "nosy", "xray:*"), user(iam, "auditor")
    iam.attach_user_policy(UserName="auditor", PolicyArn="arn:aws:iam::aws:policy/AWSCloudTrail_ReadOnlyAccess")
    assert refused(client(guarded, "cloudtrail", *key).lookup_events) == "AccessDeniedException"
    assert client(guarded, "cloudtrail", *allowed).lookup_events()["Events"]


def test_a_signature_for_another_service_does_not_look_up(guarded: RunningServer) -> None:
    other = boto3.client(
        "cloudtrail",
        endpoint_url=guarded.url,
        region_name="us-east-1",
        aws_access_key_id=ADMIN,
        aws_secret_access_key=SECRET,
        config=ClientConfig(retries={"total_max_attempts": 1}),
    )
    other.meta.events.register("before-sign.cloudtrail.*", lambda request, **_: request.context.update(signing={}))
    other._request_signer._signing_name = "xray"
    assert refused(other.lookup_events) == "InvalidSignatureException"


def test_the_aws_cli_looks_up_events(guarded: RunningServer, iam: Any, tmp_path: Path) -> None:
    if not AWS.exists():
        pytest.skip(f"the AWS CLI is not installed as {AWS}")
    iam.create_user(UserName="by-cli")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "AWS_EC2_METADATA_DISABLED": "true"}
    environment |= {"AWS_DEFAULT_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": ADMIN, "AWS_SECRET_ACCESS_KEY": SECRET}
    ran = subprocess.run(
        [
            *(str(AWS), "cloudtrail", "lookup-events", "--endpoint-url", guarded.url, "--output", "json"),
            *("--lookup-attributes", "AttributeKey=ResourceName,AttributeValue=by-cli", "--max-items", "5"),
        ],
        capture_output=True,
        text=True,
        env=environment,
        timeout=180,
    )
    assert ran.returncode == 0, ran.stderr
    assert [one["EventName"] for one in json.loads(ran.stdout)["Events"]] == ["CreateUser"]


# --- accounts, secrets, ends


def administrator_of(server: RunningServer, account: str) -> tuple[str, str]:
    """Give the key of a new administrator of another account of the same server."""
    store = IdentityDatabase(server.data / "settings.sqlite3")
    desk = Desk.of(store, open_master_key(server.data))
    id_, secret = new_access_key_id("AKIA", account), new_secret()
    with store.change(account) as kept:
        kept.users.put(UserRecord(id="AIDANEIGHBOURNEIGHBOU", name="neighbour", created_at=time.time()))
        kept.attachments.put("arn:aws:iam::aws:policy/AdministratorAccess", "AIDANEIGHBOURNEIGHBOU")
        sealed = desk.key_sealer.seal(secret.encode(), id_.encode())
        kept.keys.put(KeyRecord(id=id_, user_id="AIDANEIGHBOURNEIGHBOU", created_at=time.time(), secret=sealed))
    store.close()
    return id_, secret


def test_accounts_see_only_their_own(guarded: RunningServer, iam: Any, trail: Any) -> None:
    key = administrator_of(guarded, OTHER)
    theirs, their_trail = client(guarded, "iam", *key), client(guarded, "cloudtrail", *key)
    iam.create_user(UserName="of-ours")
    theirs.create_user(UserName="of-theirs")
    refused(client(guarded, "iam", key[0], "wrong").list_roles)
    assert soon(their_trail, "EventName", "ListRoles")["errorCode"] == "SignatureDoesNotMatch"
    everything = [
        json.loads(one["CloudTrailEvent"])
        for page in their_trail.get_paginator("lookup_events").paginate()
        for one in page["Events"]
    ]
    assert {one["recipientAccountId"] for one in everything} == {OTHER}
    assert "of-theirs" in json.dumps(everything)
    assert "of-ours" not in json.dumps(everything)
    assert told(trail, "ResourceName", "of-theirs") == []
    assert told(trail, "AccessKeyId", key[0]) == []


def test_a_role_of_another_account_is_told_to_both(guarded: RunningServer, iam: Any, trail: Any) -> None:
    id_, secret = administrator_of(guarded, "333333333333")
    trust = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::333333333333:root"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName="for-guests", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    client(guarded, "sts", id_, secret).assume_role(RoleArn=role, RoleSessionName="guest")
    theirs = soon(client(guarded, "cloudtrail", id_, secret), "EventName", "AssumeRole")
    ours = soon(trail, "EventName", "AssumeRole", lambda one: one["userIdentity"].get("accountId") == "333333333333")
    assert theirs["sharedEventID"] == ours["sharedEventID"]
    assert theirs["eventID"] != ours["eventID"]
    assert (theirs["recipientAccountId"], ours["recipientAccountId"]) == ("333333333333", ACCOUNT)


def test_no_secret_is_in_the_files(guarded: RunningServer, iam: Any) -> None:
    _, secret = user(iam, "secretive", "sts:*")
    session = client(guarded, "sts").get_session_token()["Credentials"]
    with pytest.raises(ClientError):
        client(guarded, "sts").assume_role(
            RoleArn=f"arn:aws:iam::{ACCOUNT}:role/none",
            RoleSessionName="ab",
            SerialNumber="GAHT12345678",
            TokenCode="998877",
        )
    with pytest.raises(ClientError):
        client(guarded, "sts").assume_role_with_web_identity(
            RoleArn=f"arn:aws:iam::{ACCOUNT}:role/none", RoleSessionName="ab", WebIdentityToken="tell-nobody-of-this"
        )
    post(guarded, "/login", urllib.parse.urlencode({"key": "my-typed-password", "secret": "wrong-horse"}))
    kept = b"".join(path.read_bytes() for path in (guarded.data / "audit").rglob("*") if path.is_file())
    secrets = (SECRET, secret, session["SecretAccessKey"], session["SessionToken"], "998877", "tell-nobody-of-this")
    assert [one for one in (*secrets, "my-typed-password", "wrong-horse") if one.encode() in kept] == []
    assert session["AccessKeyId"].encode() in kept


def test_kill_9_loses_no_record_of_what_was_answered(tmp_path: Path) -> None:
    answered: list[str] = []
    running = start(tmp_path / "data")

    def make(worker: int) -> None:
        iam = client(running, "iam")
        for n in range(10_000):
            name = f"u{worker}-{n}"
            try:
                iam.create_user(UserName=name)
            except (ClientError, BotoCoreError):
                return
            answered.append(name)

    workers = [threading.Thread(target=make, args=(n,)) for n in range(3)]
    for one in workers:
        one.start()
    eventually(lambda: len(answered) >= 40)
    running.stop(signal.SIGKILL)
    for one in workers:
        one.join()
    assert start(running.data).stop() == 0
    reports = verify(running.data, open_master_key(running.data).sealer("audit"))
    assert [one.findings for one in reports] == [[], []]
    records = [one.record for one in search(running.data, Wanted()) if one.record.event_name == "CreateUser"]
    created = [one.request_parameters["userName"] for one in records if one.request_parameters is not None]
    assert {name: created.count(name) for name in answered} == dict.fromkeys(answered, 1)
