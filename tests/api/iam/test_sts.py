"""STS: who one is, and sessions of roles and users, through boto3 as it is."""

from __future__ import annotations

import random
import re
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from .conftest import Made
from .endpoint import ACCOUNT, ADMINISTRATOR, OTHER, Credentials, Endpoint, allow, asked_later, client, refused, trust

ARN = f"arn:aws:iam::{ACCOUNT}"
ROLE = f"{ARN}:role/r"
IDENTITY = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}


@pytest.fixture
def role(iam: Any) -> Any:
    """Make the role ``r``, trusted by a principal, that may do what a policy says."""

    def made(principal: Any = ACCOUNT, policy: str | None = None, name: str = "r", **members: Any) -> str:
        document = members.pop("document", None) or trust({"AWS": principal})
        told = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document, **members)["Role"]
        if policy is not None:
            iam.put_role_policy(RoleName=name, PolicyName="given", PolicyDocument=policy)
        arn: str = told["Arn"]
        return arn

    return made


def assumed(sts: Any, arn: str = ROLE, session: str = "me", **members: Any) -> Credentials:
    return Credentials.of(sts.assume_role(RoleArn=arn, RoleSessionName=session, **members)["Credentials"])


def test_a_user_is_told_who_it_is_even_if_it_may_nothing(endpoint: Endpoint, user: Made) -> None:
    key = user("u", allow("*", effect="Deny"))
    told = client("sts", endpoint, key).get_caller_identity()
    assert told["Arn"] == f"{ARN}:user/u"
    assert told["Account"] == ACCOUNT
    assert told["UserId"].startswith("AIDA")


def test_the_account_of_a_key_is_told(sts: Any, admin: Credentials) -> None:
    assert sts.get_access_key_info(AccessKeyId=admin.id)["Account"] == ACCOUNT
    assert refused(sts.get_access_key_info, AccessKeyId="AKIAIOSFODNN7EXAMPLE")[0] == "ValidationError"


def test_a_role_is_assumed_and_its_session_may_what_it_may(sts: Any, endpoint: Endpoint, role: Any) -> None:
    role(policy=allow("iam:ListUsers"))
    told = sts.assume_role(RoleArn=ROLE, RoleSessionName="me", DurationSeconds=900)
    user = told["AssumedRoleUser"]
    assert user["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/r/me"
    assert re.fullmatch("AROA[A-Z2-7]{17}:me", user["AssumedRoleId"])
    credentials = Credentials.of(told["Credentials"])
    assert credentials.id.startswith("ASIA")
    left = (told["Credentials"]["Expiration"] - datetime.now(UTC)).total_seconds()
    assert 840 < left <= 900
    assert told["SessionTokenSize"] == len(credentials.token or "")
    identity = client("sts", endpoint, credentials).get_caller_identity()
    assert (identity["Arn"], identity["UserId"]) == (user["Arn"], user["AssumedRoleId"])
    own = client("iam", endpoint, credentials)
    own.list_users()
    code, message = refused(own.list_roles)
    assert code == "AccessDenied"
    assert message == (
        f"User: arn:aws:sts::{ACCOUNT}:assumed-role/r/me is not authorized to perform: iam:ListRoles on resource: "
        f"arn:aws:iam::{ACCOUNT}:role/ because no identity-based policy allows the iam:ListRoles action"
    )


def test_a_role_may_trust_a_user_by_name_or_the_account_and_then_the_user_needs_a_permission(
    endpoint: Endpoint, role: Any, user: Made
) -> None:
    named, other, allowed = user("named"), user("other"), user("allowed", allow("sts:AssumeRole", resource=ROLE))
    role([f"{ARN}:user/named", ACCOUNT])
    assumed(client("sts", endpoint, named))
    assumed(client("sts", endpoint, allowed))
    code, message = refused(client("sts", endpoint, other).assume_role, RoleArn=ROLE, RoleSessionName="me")
    assert code == "AccessDenied"
    assert message.startswith(
        f"User: {ARN}:user/other is not authorized to perform: sts:AssumeRole on resource: {ROLE}"
    )


def test_that_there_is_no_such_role_is_not_told(sts: Any, endpoint: Endpoint, user: Made) -> None:
    own = client("sts", endpoint, user("u"))
    code, message = refused(own.assume_role, RoleArn=f"{ARN}:role/none", RoleSessionName="me")
    assert (code, "not authorized" in message) == ("AccessDenied", True)
    assert refused(sts.assume_role, RoleArn="arn:aws:iam::1:role/none", RoleSessionName="me")[0] == "ValidationError"


def test_another_account_needs_the_trust_and_its_own_permission(endpoint: Endpoint, role: Any, iam: Any) -> None:
    role(OTHER, allow("iam:ListUsers"))
    other = client("iam", endpoint, endpoint.administrator(OTHER, "else"))
    other.create_user(UserName="u")
    key = Credentials.of(other.create_access_key(UserName="u")["AccessKey"])
    theirs = client("sts", endpoint, key)
    assert refused(theirs.assume_role, RoleArn=ROLE, RoleSessionName="me")[0] == "AccessDenied"
    other.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=allow("sts:AssumeRole", resource=ROLE))
    session = assumed(theirs)
    names = [one["UserName"] for one in client("iam", endpoint, session).list_users()["Users"]]
    assert names == ["administrator"]
    iam.update_assume_role_policy(RoleName="r", PolicyDocument=trust({"AWS": ACCOUNT}))
    assert refused(theirs.assume_role, RoleArn=ROLE, RoleSessionName="me")[0] == "AccessDenied"


def test_an_external_id_can_be_asked_for(sts: Any, role: Any) -> None:
    condition = {"StringEquals": {"sts:ExternalId": "right"}}
    role(document=trust({"AWS": ACCOUNT}, Condition=condition))
    assert refused(sts.assume_role, RoleArn=ROLE, RoleSessionName="me")[0] == "AccessDenied"
    assert refused(sts.assume_role, RoleArn=ROLE, RoleSessionName="me", ExternalId="wrong")[0] == "AccessDenied"
    assumed(sts, ExternalId="right")


def test_a_session_lasts_as_long_as_its_role_lets_it(sts: Any, endpoint: Endpoint, role: Any) -> None:
    role(policy=allow("*"), MaxSessionDuration=7200)
    code, message = refused(sts.assume_role, RoleArn=ROLE, RoleSessionName="me", DurationSeconds=7201)
    assert (code, message) == (
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    )
    assert refused(sts.assume_role, RoleArn=ROLE, RoleSessionName="me", DurationSeconds=899)[0] == "ValidationError"
    session = assumed(sts, DurationSeconds=7200)
    assert asked_later(endpoint, session, "sts", 7190, **IDENTITY)[0] == 200
    status, text = asked_later(endpoint, session, "sts", 7210, **IDENTITY)
    assert (status, "<Code>ExpiredToken</Code>" in text) == (403, True)


def test_a_chain_of_roles_lasts_an_hour(sts: Any, endpoint: Endpoint, role: Any) -> None:
    role(policy=allow("sts:AssumeRole"), MaxSessionDuration=43200)
    second = role(f"{ROLE}", name="second", MaxSessionDuration=43200)
    own = client("sts", endpoint, assumed(sts))
    code, message = refused(own.assume_role, RoleArn=second, RoleSessionName="me", DurationSeconds=3601)
    assert code == "ValidationError"
    assert "1 hour session limit for roles assumed by role chaining" in message
    assumed(own, second, DurationSeconds=3600)


def test_a_session_policy_and_managed_ones_limit_a_session(sts: Any, endpoint: Endpoint, role: Any, iam: Any) -> None:
    role(policy=allow("iam:List*"))
    only_users = allow("iam:ListUsers", "iam:CreateUser")
    limited = client("iam", endpoint, assumed(sts, Policy=only_users))
    limited.list_users()
    for call, members in ((limited.list_roles, {}), (limited.create_user, {"UserName": "x"})):
        assert refused(call, **members)[0] == "AccessDenied"
    arn = iam.create_policy(PolicyName="p", PolicyDocument=allow("iam:ListRoles"))["Policy"]["Arn"]
    told = sts.assume_role(RoleArn=ROLE, RoleSessionName="me", PolicyArns=[{"arn": arn}])
    assert 0 < told["PackedPolicySize"] <= 100
    managed = client("iam", endpoint, Credentials.of(told["Credentials"]))
    managed.list_roles()
    assert "session policy" in refused(managed.list_users)[1]
    for members, code in (
        ({"Policy": "{"}, "MalformedPolicyDocument"),
        ({"Policy": allow(*(f"xray:Action{number:04d}" for number in range(200)))}, "PackedPolicyTooLarge"),
        ({"PolicyArns": [{"arn": f"{ARN}:policy/none"}]}, "NoSuchEntity"),
        ({"PolicyArns": [{"arn": arn}] * 11}, "ValidationError"),
    ):
        assert refused(sts.assume_role, RoleArn=ROLE, RoleSessionName="me", **members)[0] == code


def test_a_policy_that_says_by_whom_it_is_for_knows_a_sessions_tags(sts: Any, endpoint: Endpoint, role: Any) -> None:
    condition = {"StringEquals": {"aws:PrincipalTag/team": "red"}}
    role(
        document=trust({"AWS": ACCOUNT}, "sts:AssumeRole", "sts:TagSession"),
        policy=allow("iam:ListUsers", Condition=condition),
        Tags=[{"Key": "Team", "Value": "blue"}],
    )
    red, blue = [{"Key": "team", "Value": "red"}], [{"Key": "team", "Value": "blue"}]
    client("iam", endpoint, assumed(sts, Tags=red)).list_users()
    for tags in (blue, []):
        assert refused(client("iam", endpoint, assumed(sts, Tags=tags)).list_users)[0] == "AccessDenied"


def test_tags_of_a_session_must_be_allowed(endpoint: Endpoint, role: Any, user: Made) -> None:
    role(f"{ARN}:user/u")
    own = client("sts", endpoint, user("u"))
    tags = [{"Key": "k", "Value": "v"}]
    code, message = refused(own.assume_role, RoleArn=ROLE, RoleSessionName="me", Tags=tags)
    assert (code, "sts:TagSession" in message) == ("AccessDenied", True)


def test_a_transitive_tag_goes_on_and_cannot_be_another(sts: Any, endpoint: Endpoint, role: Any) -> None:
    both = ("sts:AssumeRole", "sts:TagSession")
    role(document=trust({"AWS": ACCOUNT}, *both), policy=allow("sts:*"))
    condition = {"StringEquals": {"aws:PrincipalTag/stays": "1"}, "Null": {"aws:PrincipalTag/goes": "true"}}
    second = role(document=trust({"AWS": ROLE}, *both), policy=allow("iam:ListUsers", Condition=condition), name="s")
    tags = [{"Key": "stays", "Value": "1"}, {"Key": "goes", "Value": "2"}]
    first = client("sts", endpoint, assumed(sts, Tags=tags, TransitiveTagKeys=["stays"]))
    client("iam", endpoint, assumed(first, second)).list_users()
    code, message = refused(
        first.assume_role, RoleArn=second, RoleSessionName="me", Tags=[{"Key": "Stays", "Value": "3"}]
    )
    assert (code, "transitive tag key" in message) == ("ValidationError", True)


def test_a_source_identity_stays(sts: Any, endpoint: Endpoint, role: Any) -> None:
    both = ("sts:AssumeRole", "sts:SetSourceIdentity")
    role(document=trust({"AWS": ACCOUNT}, *both), policy=allow("sts:*"))
    second = role(document=trust({"AWS": ROLE}, *both), name="s")
    told = sts.assume_role(RoleArn=ROLE, RoleSessionName="me", SourceIdentity="alice")
    assert told["SourceIdentity"] == "alice"
    first = client("sts", endpoint, Credentials.of(told["Credentials"]))
    assert first.assume_role(RoleArn=second, RoleSessionName="me")["SourceIdentity"] == "alice"
    assert refused(first.assume_role, RoleArn=second, RoleSessionName="me", SourceIdentity="bob")[0] == "AccessDenied"


def test_a_second_factor_there_never_is(sts: Any, role: Any) -> None:
    role()
    factor = {"SerialNumber": f"{ARN}:mfa/u", "TokenCode": "123456"}
    assert refused(sts.assume_role, RoleArn=ROLE, RoleSessionName="me", **factor)[0] == "AccessDenied"
    assert refused(sts.get_session_token, **factor)[0] == "AccessDenied"


def test_a_role_that_is_deleted_or_made_anew_has_no_sessions(sts: Any, endpoint: Endpoint, role: Any, iam: Any) -> None:
    role()
    own = client("sts", endpoint, assumed(sts))
    own.get_caller_identity()
    iam.delete_role(RoleName="r")
    assert refused(own.get_caller_identity)[0] == "InvalidClientTokenId"
    role()
    assert refused(own.get_caller_identity)[0] == "InvalidClientTokenId"


def test_older_sessions_can_be_revoked_by_a_policy(sts: Any, endpoint: Endpoint, role: Any, iam: Any) -> None:
    role(policy=allow("iam:ListUsers"))
    own = client("iam", endpoint, assumed(sts))
    own.list_users()
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 60))
    revoke = allow("*", effect="Deny", Condition={"DateLessThan": {"aws:TokenIssueTime": soon}})
    iam.put_role_policy(RoleName="r", PolicyName="AWSRevokeOlderSessions", PolicyDocument=revoke)
    assert "explicit deny" in refused(own.list_users)[1]


def test_the_last_use_of_a_role_is_told(sts: Any, endpoint: Endpoint, role: Any, iam: Any) -> None:
    role(policy=allow("iam:ListUsers"))
    client("iam", endpoint, assumed(sts)).list_users()
    endpoint.callers.write_uses()
    used = iam.get_role(RoleName="r")["Role"]["RoleLastUsed"]
    assert used["Region"] == "us-east-1"
    assert abs((datetime.now(UTC) - used["LastUsedDate"]).total_seconds()) < 60


@pytest.mark.parametrize("part", ["id", "secret", "token", "other token", "no token"])
def test_credentials_of_which_a_part_is_wrong_are_refused(sts: Any, endpoint: Endpoint, role: Any, part: str) -> None:
    role()
    right, other = assumed(sts), assumed(sts)
    assert right.token is not None
    wrong = {
        "id": right._replace(id=other.id),
        "secret": right._replace(secret=other.secret),
        "token": right._replace(token=right.token[::-1].swapcase()[::-1]),
        "other token": right._replace(token=other.token),
        "no token": right._replace(token=None),
    }[part]
    code, _ = refused(client("sts", endpoint, wrong).get_caller_identity)
    assert code == ("SignatureDoesNotMatch" if part == "secret" else "InvalidClientTokenId")


def test_a_users_session_is_the_user_but_has_no_access_to_iam(endpoint: Endpoint, user: Made, role: Any) -> None:
    role(f"{ARN}:user/u")
    sts = client("sts", endpoint, user("u", allow("*")))
    told = sts.get_session_token(DurationSeconds=900)
    session = Credentials.of(told["Credentials"])
    own = client("sts", endpoint, session)
    assert own.get_caller_identity()["Arn"] == f"{ARN}:user/u"
    assumed(own)
    assert refused(own.get_session_token) == ("AccessDenied", "Cannot call GetSessionToken with session credentials")
    assert refused(client("iam", endpoint, session).list_users)[0] == "InvalidClientTokenId"
    assert asked_later(endpoint, session, "sts", 910, **IDENTITY)[0] == 403


def test_a_token_is_as_long_as_it_is_asked_to_be_and_never_too_long(sts: Any, endpoint: Endpoint, role: Any) -> None:
    both = ("sts:AssumeRole", "sts:TagSession")
    role(document=trust({"AWS": ACCOUNT}, *both), policy=allow("*"))
    for least in (0, 1000, 2048, 4000):
        told = sts.assume_role(RoleArn=ROLE, RoleSessionName="me", MinimumSessionTokenSize=least)
        assert least <= told["SessionTokenSize"] <= 4096
        client("sts", endpoint, Credentials.of(told["Credentials"])).get_caller_identity()
    drawn = random.Random(7)
    tags = [{"Key": f"k{number}", "Value": drawn.randbytes(100).hex()} for number in range(50)]
    code, message = refused(sts.assume_role, RoleArn=ROLE, RoleSessionName="me", Tags=tags)
    assert code == "PackedPolicyTooLarge"
    assert re.search(r"consumes \d{3}% of allotted space", message)


def test_the_first_step_of_x_rays_guide_works(sts: Any, endpoint: Endpoint, iam: Any, role: Any) -> None:
    role()
    iam.attach_role_policy(RoleName="r", PolicyArn="arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess")
    simulated = iam.simulate_principal_policy(
        PolicySourceArn=ROLE, ActionNames=["xray:PutTraceSegments", "xray:GetTraceSummaries"]
    )
    decisions = [one["EvalDecision"] for one in simulated["EvaluationResults"]]
    assert decisions == ["allowed", "implicitDeny"]
    assert client("sts", endpoint, assumed(sts)).get_caller_identity()["Arn"].endswith("assumed-role/r/me")


def test_an_administrator_by_attachment_may_everything(endpoint: Endpoint, iam: Any, user: Made) -> None:
    key = user("u")
    iam.attach_user_policy(UserName="u", PolicyArn=ADMINISTRATOR)
    client("iam", endpoint, key).create_user(UserName="by-u")
