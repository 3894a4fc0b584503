"""What is known of a request: by who asks, and beside it. A key that AWS leaves out is left out."""

from __future__ import annotations

from typing import Any

import pytest

from radiograph.auth.policy import Facts, Principal, ask, assumed_role, context_of, service, user
from tests.auth.policy_cases import CALLERS, FACTS

ACCOUNT = "111122223333"
ARN = "arn:aws:xray:us-east-1:111122223333:group/shop/1"


def known(principal: Principal | str = "bob", action: str = "xray:GetGroup", **facts: Any) -> dict[str, Any]:
    asking = CALLERS[principal] if isinstance(principal, str) else principal
    return dict(ask(asking, action, ARN, ACCOUNT, Facts(now_s=1768478400.75, region="us-east-1", **facts)).context)


@pytest.mark.parametrize(
    ("caller", "name", "unique", "kind", "arn"),
    [
        # The table "Principal key values" of the user guide
        ("root", None, ACCOUNT, "Account", "arn:aws:iam::111122223333:root"),
        ("bob", "bob", "AIDABOBBOBBOBBOBBOBBO", "User", "arn:aws:iam::111122223333:user/bob"),
        ("alice", "alice", "AIDAALICEALICEALICEAL", "User", "arn:aws:iam::111122223333:user/division/alice"),
        ("fed", None, "111122223333:guest", "FederatedUser", "arn:aws:sts::111122223333:federated-user/guest"),
        ("app", None, "AROAAPPAPPAPPAPPAPPAP:i-1", "AssumedRole", "arn:aws:iam::111122223333:role/service/app"),
        ("web-app", None, "AROAMOBILEMOBILEMOBIL:player-7", "AssumedRole", "arn:aws:iam::111122223333:role/mobile"),
        ("nobody", None, "anonymous", "Anonymous", None),
        ("sns", None, "sns.amazonaws.com", None, None),
    ],
)
def test_a_principal_is_known_by(caller: str, name: str | None, unique: str, kind: str | None, arn: str | None) -> None:
    context = known(caller)
    assert context.get("aws:username") == name
    assert context["aws:userid"] == unique
    assert context.get("aws:principaltype") == kind
    assert context.get("aws:principalarn") == arn


@pytest.mark.parametrize(
    ("caller", "arn"),
    [
        ("app", "arn:aws:sts::111122223333:assumed-role/app/i-1"),
        ("fed", "arn:aws:sts::111122223333:federated-user/guest"),
        ("alice", "arn:aws:iam::111122223333:user/division/alice"),
    ],
)
def test_a_session_has_an_arn_without_the_path_of_its_role(caller: str, arn: str) -> None:
    assert CALLERS[caller].arn == arn
    assert CALLERS[caller].account == ACCOUNT


def test_a_session_stays_in_the_partition_of_its_role() -> None:
    made = assumed_role("arn:aws-cn:iam::111122223333:role/r", "AROA", "s", issued_at_s=0)
    assert made.arn == "arn:aws-cn:sts::111122223333:assumed-role/r/s"


def test_every_request_has_a_time_and_a_place() -> None:
    context = known(is_tls=True, source_ip="::1", user_agent="cli", referer="https://x.test/")
    assert context["aws:currenttime"] == "2026-01-15T12:00:00Z"
    assert context["aws:epochtime"] == "1768478400"
    assert context["aws:securetransport"] == "true"
    assert context["aws:requestedregion"] == "us-east-1"
    assert context["aws:resourceaccount"] == ACCOUNT
    assert context["aws:viaawsservice"] == "false"
    assert context["aws:sourceip"] == "::1"
    assert context["aws:useragent"] == "cli"
    assert context["aws:referer"] == "https://x.test/"


def test_what_is_not_known_is_not_there() -> None:
    absent = {"sourceip", "useragent", "referer", "sourcearn", "sourceaccount", "tagkeys", "multifactorauthpresent"}
    absent |= {"multifactorauthage", "tokenissuetime", "federatedprovider", "sourceidentity", "principalservicename"}
    assert {f"aws:{key}" for key in absent} & set(known()) == set()
    assert known()["aws:securetransport"] == "false"


def test_temporary_credentials_are_known_by_their_issue() -> None:
    assert known("token")["aws:tokenissuetime"] == "2026-01-15T11:00:00Z"
    assert known("token")["aws:multifactorauthpresent"] == "false"
    assert "aws:multifactorauthage" not in known("token")
    assert known("mfa")["aws:multifactorauthpresent"] == "true"
    assert known("mfa")["aws:multifactorauthage"] == "3600"


@pytest.mark.parametrize(("mfa_at_s", "age"), [(1768478400.5, "0"), (1768478500, "0"), (1768478398, "2")])
def test_the_age_of_mfa_is_never_less_than_nothing(mfa_at_s: float, age: str) -> None:
    asking = user("arn:aws:iam::111122223333:user/bob", "AIDA", issued_at_s=0, mfa_at_s=mfa_at_s)
    assert known(asking)["aws:multifactorauthage"] == age


def test_a_session_knows_where_it_comes_from() -> None:
    assert known("web-app")["aws:federatedprovider"] == "accounts.example.com"
    assert known("web-app")["aws:sourceidentity"] == "Saanvi"


def test_a_service_is_known_by_its_name() -> None:
    context = known("sns", source_arn="arn:aws:sns:r:1:t", source_account="1")
    assert context["aws:principalisawsservice"] == "true"
    assert context["aws:principalservicename"] == "sns.amazonaws.com"
    assert context["aws:principalservicenameslist"] == ("sns.amazonaws.com",)
    assert (context["aws:sourcearn"], context["aws:sourceaccount"]) == ("arn:aws:sns:r:1:t", "1")
    assert "aws:principalaccount" not in context
    assert known()["aws:principalisawsservice"] == "false"


def test_nobody_has_an_account_that_is_none() -> None:
    assert known("nobody")["aws:principalaccount"] == "anonymous"
    assert "aws:principalisawsservice" not in known("nobody")


def test_tags_are_keys_of_their_own() -> None:
    asking = user("arn:aws:iam::111122223333:user/bob", "AIDA", tags=(("Team", "red"),))
    context = known(asking, request_tags=(("Env", "test"), ("a b", "")), resource_tags=(("Owner", "bob"),))
    assert context["aws:principaltag/team"] == "red"
    assert context["aws:requesttag/env"] == "test"
    assert context["aws:requesttag/a b"] == ""
    assert context["aws:tagkeys"] == ("Env", "a b")
    assert context["aws:resourcetag/owner"] == context["xray:resourcetag/owner"] == "bob"
    assert known(action="iam:GetUser", resource_tags=(("Owner", "bob"),))["iam:resourcetag/owner"] == "bob"


def test_tags_that_differ_in_case_are_one_key_with_two_values() -> None:
    context = known(resource_tags=(("EC2", "test1"), ("ec2", "test2")))
    assert context["aws:resourcetag/ec2"] == ("test1", "test2")


def test_an_operation_that_got_no_tags_has_none_to_speak_of() -> None:
    assert known(request_tags=())["aws:tagkeys"] == ()
    assert known(tag_keys=("a", "b"))["aws:tagkeys"] == ("a", "b")


def test_a_service_has_keys_of_its_own() -> None:
    context = known(more={"xray:ResourcePolicyName": "sns", "logs:LogGeneratingResourceArns": ("a", "b")})
    assert context["xray:resourcepolicyname"] == "sns"
    assert context["logs:loggeneratingresourcearns"] == ("a", "b")


def test_entries_of_one_key_are_put_together() -> None:
    assert context_of([("svc:K", "a"), ("SVC:k", ("b", "c"))]) == {"svc:k": ("a", "b", "c")}


def test_a_request_is_what_was_asked() -> None:
    request = ask(service("sns.amazonaws.com"), "xray:PutTraceSegments", "*", ACCOUNT, FACTS)
    assert (request.action, request.resource, request.account) == ("xray:PutTraceSegments", "*", ACCOUNT)
    assert request.principal.arn == "sns.amazonaws.com"
