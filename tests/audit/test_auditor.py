"""What the auditor makes of a request: who, what, which account, and whether anybody waits."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from radiograph.api.answer import answer
from radiograph.api.asked import Asked
from radiograph.api.auditor import Auditor
from radiograph.api.seen import Seen
from radiograph.auth.caller import Caller, local_administrator
from radiograph.auth.policy import anonymous, assumed_role
from radiograph.auth.refusals import UnknownKey, Unsigned, WrongSignature
from radiograph.errors import AccessDenied, InvalidRequest, ServiceUnavailable, UnknownOperation
from radiograph.model.sts import AssumedRoleUser, AssumeRoleWithWebIdentityResponse, Credentials
from tests.api.desk import Desk
from tests.audit.trails import ACCOUNT, NOW, OTHER, FullDisk, Trails

KEY = "AKIAOFANOTHERACCOUNT"
ME = local_administrator(ACCOUNT)
Told = Callable[..., list[dict[str, Any]]]


def account_of(key: str) -> str | None:
    return OTHER if key == KEY else None


def made(trails: Trails, data: str = "off", **more: Any) -> Auditor:
    trail = trails.open(**more)
    return Auditor(trail, ACCOUNT, "eu-west-1", lambda: NOW, account_of, lambda _: ME, data)


@pytest.fixture
def told(trails: Trails) -> Told:
    """Tell of one request; give the records of it."""

    def tell(asked: Asked, data: str = "off", **seen: Any) -> list[dict[str, Any]]:
        auditor = made(trails, data)
        found = auditor.begin(asked)
        for name, value in seen.items():
            setattr(found, name, value)
        auditor.tell(asked, found)
        trails.close()
        return [json.loads(one.text) for one in trails.found()]

    return tell


def signed_with(key: str) -> list[tuple[bytes, bytes]]:
    text = f"AWS4-HMAC-SHA256 Credential={key}/20261123/us-east-1/xray/aws4_request, SignedHeaders=host, Signature=0"
    return [(b"authorization", text.encode())]


def test_a_claim_that_is_not_proven_is_told_to_whose_key_it_is(told: Told) -> None:
    (record,) = told(Asked(path="/Groups", headers=signed_with(KEY)), error=WrongSignature("no"))
    assert record["userIdentity"] == {"type": "Unknown", "accountId": OTHER, "accessKeyId": KEY}
    assert record["recipientAccountId"] == OTHER


@pytest.mark.parametrize(
    "headers",
    [
        signed_with("AKIANOBODYHASTHISKEY"),
        [(b"authorization", b"Basic " + base64.b64encode(b"AKIANOBODYHASTHISKEY:secret"))],
    ],
)
def test_a_key_that_nobody_has_is_told_to_the_servers_account(told: Told, headers: list[tuple[bytes, bytes]]) -> None:
    (record,) = told(Asked(path="/v1/traces", headers=headers), error=UnknownKey())
    assert record["userIdentity"] == {"type": "Unknown", "accessKeyId": "AKIANOBODYHASTHISKEY"}
    assert (record["eventName"], record["recipientAccountId"]) == ("PutSpans", ACCOUNT)


def test_whoever_is_refused_where_nothing_is_is_told_too(told: Told) -> None:
    (record,) = told(Asked(path="/admin.php"), error=Unsigned())
    assert (record["eventName"], record["errorCode"]) == ("UnknownOperation", "MissingAuthenticationTokenException")


def test_an_operation_that_is_not_there_is_no_event(told: Told) -> None:
    assert told(Asked(path="/Nothing"), caller=ME, error=UnknownOperation("no")) == []


@pytest.mark.parametrize(
    ("path", "data", "count"),
    [
        ("/Groups", "off", 0),
        ("/Groups", "reads", 1),
        ("/Groups", "all", 1),
        ("/TraceSegments", "reads", 0),
        ("/TraceSegments", "all", 1),
        ("/SamplingTargets", "reads", 0),
        ("/SamplingTargets", "all", 1),
        ("/CreateGroup", "off", 1),
        ("/TagResource", "off", 1),
        ("/PutEncryptionConfig", "off", 1),
        ("/StartTraceRetrieval", "off", 0),
    ],
)
def test_what_is_told_follows_the_knob(told: Told, path: str, data: str, count: int) -> None:
    assert len(told(Asked(path=path), data, caller=ME)) == count


@pytest.mark.parametrize("path", ["/Groups", "/TraceSegments", "/SamplingTargets", "/counters"])
def test_whatever_is_refused_is_told(told: Told, path: str) -> None:
    assert told(Asked(path=path), caller=ME, error=AccessDenied("no"))[0]["errorCode"] == "AccessDeniedException"


def test_a_fault_of_ours_before_anybody_is_known_is_no_refusal(told: Told) -> None:
    assert told(Asked(path="/CreateGroup"), error=ServiceUnavailable("the settings cannot be reached")) == []


def test_whoever_has_the_machine_is_root(told: Told) -> None:
    (record,) = told(Asked(path="/DeleteGroup"), caller=ME)
    assert record["userIdentity"] == {
        "type": "Root",
        "principalId": ACCOUNT,
        "arn": f"arn:aws:iam::{ACCOUNT}:root",
        "accountId": ACCOUNT,
    }


def test_whom_a_provider_vouched_for_is_told_by_its_token(told: Told) -> None:
    answered = AssumeRoleWithWebIdentityResponse(
        credentials=Credentials(
            access_key_id="ASIAEXAMPLEEXAMPLE00", secret_access_key="s", session_token="t", expiration=NOW
        ),
        subject_from_web_identity_token="alice",
        assumed_role_user=AssumedRoleUser(assumed_role_id="AROA:x", arn="arn:aws:sts::1:assumed-role/r/x"),
        provider="https://id.example",
        audience="radiograph",
        session_token_utilization=1,
        session_token_size=2,
    )
    nobody = Caller(principal=anonymous())
    asked = Asked(body=b"Action=AssumeRoleWithWebIdentity&Version=2011-06-15")
    (record,) = told(asked, caller=nobody, account=OTHER, result=answered)
    assert record["userIdentity"] == {
        "type": "WebIdentityUser",
        "principalId": "https://id.example:radiograph:alice",
        "userName": "alice",
        "identityProvider": "https://id.example",
    }
    assert record["recipientAccountId"] == OTHER


def test_a_token_that_is_refused_is_a_refusal(told: Told) -> None:
    nobody = Caller(principal=anonymous())
    asked = Asked(body=b"Version=2011-06-15&Action=AssumeRoleWithWebIdentity")
    (record,) = told(asked, caller=nobody, account=OTHER, error=InvalidRequest("no"))
    assert record["userIdentity"] == {"type": "Unknown"}
    assert (record["errorCode"], record["recipientAccountId"]) == ("ValidationError", OTHER)


def test_a_session_by_a_provider_names_it(told: Told) -> None:
    role = f"arn:aws:iam::{ACCOUNT}:role/app/worker"
    session = assumed_role(
        role, "AROAEXAMPLE", "s", issued_at_s=NOW, provider="https://id.example", source_identity="al"
    )
    (record,) = told(Asked(path="/DeleteGroup"), caller=Caller(principal=session, access_key_id="ASIAEXAMPLEEXAMPLE00"))
    context = record["userIdentity"]["sessionContext"]
    assert context["webIdFederationData"] == {"federatedProvider": "https://id.example"}
    assert context["sourceIdentity"] == "al"
    assert context["sessionIssuer"]["userName"] == "worker"


def test_over_tls_that_is_told(told: Told) -> None:
    (record,) = told(Asked(path="/DeleteGroup", is_tls=True, headers=[(b"host", b"radiograph.example")]), caller=ME)
    assert record["tlsDetails"] == {"clientProvidedHostHeader": "radiograph.example"}


def test_while_nothing_can_be_told_nothing_is_changed(trails: Trails, tmp_path_factory: pytest.TempPathFactory) -> None:
    disk, desk = FullDisk(), Desk(tmp_path_factory.mktemp("desk") / "settings.sqlite3")
    auditor = made(trails, pwrite=disk.pwrite)

    def create(name: str) -> int:
        asked = Asked(path="/CreateGroup", body=json.dumps({"GroupName": name}).encode())
        seen = auditor.begin(asked)
        seen.caller = ME
        status, _, _ = answer("POST", asked.path, "", asked.body, desk.context, seen)
        auditor.tell(asked, seen)
        return status

    assert create("before") == 200
    disk.room = 50
    with pytest.raises(ServiceUnavailable):
        create("untold")
    assert create("refused") == 503
    assert desk.ask("/Groups"), "reading goes on"
    disk.room = None
    assert create("after") == 200
    groups = {one["GroupName"] for one in desk.ask("/Groups")["Groups"]}
    assert {"before", "after"} <= groups
    assert "refused" not in groups
    desk.settings.close()


def test_nobody_waits_for_what_changes_nothing(trails: Trails) -> None:
    disk = FullDisk()
    auditor = made(trails, "all", pwrite=disk.pwrite)
    disk.room = 0
    for path in ("/Groups", "/TraceSegments"):
        asked = Asked(path=path)
        seen = auditor.begin(asked)
        seen.ready()
        seen.caller = ME
        auditor.tell(asked, seen)
    auditor.tell(Asked(path="/CreateGroup"), Seen("xray", "CreateGroup", ME, error=AccessDenied("no")))
    disk.room = None
