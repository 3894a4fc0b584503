"""Who may do what in IAM itself: every operation, by the caller's own policies, and nothing without a signature."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from botocore.exceptions import ClientError
from botocore.signers import RequestSigner

from radiograph.api.asked import Asked
from radiograph.api.iam import IAM, Callers, QueryApi
from radiograph.api.sts import STS
from radiograph.auth.caller import local_administrator
from radiograph.telemetry import Counters

from .conftest import Made
from .endpoint import ACCOUNT, ADMINISTRATOR, Credentials, Endpoint, allow, asked_later, client, refused, trust

ARN = f"arn:aws:iam::{ACCOUNT}"
WHOLE: dict[str, Any] = {
    "UserName": "u",
    "GroupName": "g",
    "RoleName": "r",
    "PolicyName": "p",
    "InstanceProfileName": "i",
    "PolicyArn": f"{ARN}:policy/p",
    "OpenIDConnectProviderArn": f"{ARN}:oidc-provider/id.example.com",
    "AssumeRolePolicyDocument": trust({"AWS": ACCOUNT}),
    "PolicyDocument": allow("xray:*"),
    "PermissionsBoundary": ADMINISTRATOR,
    "Tags": [{"Key": "k", "Value": "v"}],
    "TagKeys": ["k"],
    "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
    "Status": "Active",
    "VersionId": "v1",
    "Url": "https://id.example.com",
    "ClientID": "one",
    "ThumbprintList": ["a" * 40],
    "ActionNames": ["xray:GetGroups"],
    "PolicyInputList": [allow("xray:*")],
    "PolicySourceArn": f"{ARN}:user/u",
    "AccountAlias": "alias",
    "Description": "d",
    "ResourcePolicy": None,
    "OldPassword": "correct Horse 1",
    "NewPassword": "battery Staple 2",
}


FOR_OTHER_REASONS = ("NoSuchEntity", "EntityAlreadyExists", "DeleteConflict", "InvalidInput")


def members_of(iam: Any, operation: str) -> dict[str, Any]:
    shape = iam.meta.service_model.operation_model(operation).input_shape
    return {name: WHOLE[name] for name in (shape.required_members if shape is not None else [])}


def call(iam: Any, operation: str) -> Any:
    """Give boto3's method of an operation."""
    return getattr(iam, next(name for name, of in iam.meta.method_to_api_mapping.items() if of == operation))


@pytest.mark.parametrize("operation", IAM.operations)
def test_who_may_nothing_may_call_no_operation(endpoint: Endpoint, user: Made, operation: str) -> None:
    own = client("iam", endpoint, user("u"))
    code, message = refused(call(own, operation), **members_of(own, operation))
    assert code == "AccessDenied"
    assert message.startswith(f"User: {ARN}:user/u is not authorized to perform: iam:{operation}")


@pytest.mark.parametrize("operation", IAM.operations)
def test_who_may_one_operation_is_let_call_it(endpoint: Endpoint, user: Made, operation: str) -> None:
    own = client("iam", endpoint, user("u", allow(f"iam:{operation}")))
    try:
        call(own, operation)(**members_of(own, operation))
    except ClientError as error:
        assert error.response["Error"]["Code"] in FOR_OTHER_REASONS  # noqa: PT017


RESOURCES = {
    "GetUser": ("user/a/u1", {"UserName": "u1"}),
    "GetGroup": ("group/a/g1", {"GroupName": "g1"}),
    "GetRole": ("role/a/r1", {"RoleName": "r1"}),
    "GetPolicy": ("policy/a/p1", {"PolicyArn": f"{ARN}:policy/a/p1"}),
    "GetInstanceProfile": ("instance-profile/a/i1", {"InstanceProfileName": "i1"}),
    "ListUsers": ("user/a/", {"PathPrefix": "/a/"}),
    "CreateUser": ("user/a/new", {"UserName": "new", "Path": "/a/"}),
    "CreateRole": ("role/new", {"RoleName": "new", "AssumeRolePolicyDocument": trust({"AWS": ACCOUNT})}),
}


@pytest.mark.parametrize("operation", RESOURCES)
def test_a_permission_is_for_a_resource_with_its_path(iam: Any, endpoint: Endpoint, user: Made, operation: str) -> None:
    iam.create_user(UserName="u1", Path="/a/")
    iam.create_group(GroupName="g1", Path="/a/")
    iam.create_role(RoleName="r1", Path="/a/", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    iam.create_policy(PolicyName="p1", Path="/a/", PolicyDocument=allow("xray:*"))
    iam.create_instance_profile(InstanceProfileName="i1", Path="/a/")
    resource, members = RESOURCES[operation]
    other = client("iam", endpoint, user("other", allow("iam:*", resource=f"{ARN}:{resource}x")))
    code, message = refused(call(other, operation), **members)
    assert code == "AccessDenied"
    assert f"on resource: {ARN}:{resource} " in message
    call(client("iam", endpoint, user("own", allow("iam:*", resource=f"{ARN}:{resource}"))), operation)(**members)


def test_a_permission_may_depend_on_tags(iam: Any, endpoint: Endpoint, user: Made) -> None:
    iam.create_user(UserName="red", Tags=[{"Key": "team", "Value": "red"}])
    iam.create_user(UserName="blue", Tags=[{"Key": "team", "Value": "blue"}])
    of_red = {"StringEquals": {"aws:ResourceTag/team": "red"}}
    own = client("iam", endpoint, user("u", allow("iam:GetUser", Condition=of_red)))
    own.get_user(UserName="red")
    assert refused(own.get_user, UserName="blue")[0] == "AccessDenied"
    to_red = {"StringEquals": {"aws:RequestTag/team": "red"}, "ForAllValues:StringEquals": {"aws:TagKeys": "team"}}
    maker = client("iam", endpoint, user("maker", allow("iam:CreateUser", "iam:TagUser", Condition=to_red)))
    maker.create_user(UserName="new", Tags=[{"Key": "team", "Value": "red"}])
    assert refused(maker.create_user, UserName="x", Tags=[{"Key": "team", "Value": "blue"}])[0] == "AccessDenied"
    assert refused(maker.create_user, UserName="x")[0] == "AccessDenied"


def test_a_permission_may_depend_on_the_policy_and_the_boundary(iam: Any, endpoint: Endpoint, user: Made) -> None:
    iam.create_user(UserName="target")
    policy = "arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess"
    only = {"ArnEquals": {"iam:PolicyARN": policy}}
    own = client("iam", endpoint, user("u", allow("iam:AttachUserPolicy", Condition=only)))
    own.attach_user_policy(UserName="target", PolicyArn=policy)
    assert refused(own.attach_user_policy, UserName="target", PolicyArn=ADMINISTRATOR)[0] == "AccessDenied"
    bounded = {"StringEquals": {"iam:PermissionsBoundary": policy}}
    delegate = client("iam", endpoint, user("d", allow("iam:CreateUser", "iam:PutUserPolicy", Condition=bounded)))
    delegate.create_user(UserName="held", PermissionsBoundary=policy)
    assert refused(delegate.create_user, UserName="free")[0] == "AccessDenied"
    delegate.put_user_policy(UserName="held", PolicyName="p", PolicyDocument=allow("*"))
    document = allow("*")
    assert refused(delegate.put_user_policy, UserName="target", PolicyName="p", PolicyDocument=document)[0] == (
        "AccessDenied"
    )


def test_a_boundary_bounds(iam: Any, endpoint: Endpoint, user: Made) -> None:
    bound = iam.create_policy(PolicyName="b", PolicyDocument=allow("iam:ListUsers"))["Policy"]["Arn"]
    own = client("iam", endpoint, user("u", allow("iam:*"), PermissionsBoundary=bound))
    own.list_users()
    assert "permissions boundary" in refused(own.list_roles)[1]
    iam.delete_user_permissions_boundary(UserName="u")
    own.list_roles()
    iam.put_user_permissions_boundary(UserName="u", PermissionsBoundary=bound)
    assert refused(own.list_roles)[0] == "AccessDenied"
    missing = f"{ARN}:policy/none"
    assert refused(iam.put_user_permissions_boundary, UserName="u", PermissionsBoundary=missing)[0] == "NoSuchEntity"


def test_a_role_goes_into_a_profile_only_if_the_caller_may_pass_it_on(iam: Any, endpoint: Endpoint, user: Made) -> None:
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    iam.create_instance_profile(InstanceProfileName="i")
    own = client("iam", endpoint, user("u", allow("iam:AddRoleToInstanceProfile")))
    code, message = refused(own.add_role_to_instance_profile, InstanceProfileName="i", RoleName="r")
    assert (code, "iam:PassRole" in message) == ("AccessDenied", True)


def test_a_denial_goes_before(iam: Any, endpoint: Endpoint, user: Made) -> None:
    own = client("iam", endpoint, user("u", allow("iam:*")))
    iam.put_user_policy(UserName="u", PolicyName="no", PolicyDocument=allow("iam:ListRoles", effect="Deny"))
    own.list_users()
    assert "with an explicit deny in an identity-based policy" in refused(own.list_roles)[1]


def test_what_nobody_has_signed_is_refused(endpoint: Endpoint) -> None:
    for form, code in (
        ({"Action": "ListUsers", "Version": "2010-05-08"}, "MissingAuthenticationToken"),
        ({"Action": "ListUsers", "Version": "2009-01-01"}, "InvalidAction"),
        ({"Action": "NoSuchThing", "Version": "2010-05-08"}, "InvalidAction"),
        ({"Version": "2010-05-08"}, "InvalidAction"),
    ):
        _, _, body = endpoint.api.answer(Asked(body=urlencode(form).encode()))
        assert f"<Code>{code}</Code>".encode() in body
    _, _, body = endpoint.api.answer(Asked(body=b"\xff=%ff"))
    assert b"<Code>MalformedQueryString</Code>" in body


def test_a_signature_for_another_service_is_refused(endpoint: Endpoint, admin: Credentials) -> None:
    status, text = asked_later(endpoint, admin, "xray", 0, Action="ListUsers", Version="2010-05-08")
    assert status == 403
    assert "Credential should be scoped to correct service: 'iam'" in text


@pytest.mark.parametrize("secret", ["wrong", "wrong/+="])
def test_a_wrong_secret_and_an_unknown_key_are_told_apart_as_aws_does(
    endpoint: Endpoint, admin: Credentials, secret: str
) -> None:
    wrong = client("iam", endpoint, admin._replace(secret=secret))
    assert refused(wrong.list_users)[0] == "SignatureDoesNotMatch"
    unknown = client("iam", endpoint, Credentials("AKIAIOSFODNN7EXAMPLE", secret))
    assert refused(unknown.list_users)[0] == "InvalidClientTokenId"


def test_presigned_requests_are_off_until_they_are_wanted(endpoint: Endpoint, sts: Any) -> None:
    signer: RequestSigner = sts._request_signer
    request = {
        "url": f"{endpoint.url}/?Action=GetCallerIdentity&Version=2011-06-15",
        "method": "GET",
        "body": {},
        "headers": {},
        "context": {},
    }
    url = signer.generate_presigned_url(request, region_name="us-east-1", expires_in=60, operation_name="")
    query = url.partition("?")[2].encode()
    headers = [(b"host", endpoint.url.removeprefix("http://").encode())]
    asked = Asked(method="GET", query=query, headers=headers)
    assert endpoint.api.answer(asked)[0] == 403
    wanted = Callers(endpoint.desk, endpoint.now, presigned=True)
    api = QueryApi([IAM, STS], endpoint.desk, wanted, endpoint.now, "eu-west-1", Counters())
    status, _, body = api.answer(asked)
    assert status == 200
    assert b":user/administrator</Arn>" in body


def test_a_local_server_asks_for_nothing(endpoint: Endpoint, admin: Credentials) -> None:
    local = local_administrator(ACCOUNT)
    api = QueryApi([IAM, STS], endpoint.desk, endpoint.callers, endpoint.now, "eu-west-1", Counters(), local)
    form = urlencode({"Action": "CreateUser", "Version": "2010-05-08", "UserName": "by-nobody"}).encode()
    assert api.answer(Asked(body=form))[0] == 200
    who = urlencode({"Action": "GetCallerIdentity", "Version": "2011-06-15"}).encode()
    assert f"<Arn>{ARN}:root</Arn>".encode() in api.answer(Asked(body=who))[2]
    assert f"<Arn>{ARN}:root</Arn>".encode() in api.answer(Asked(method="GET", query=who))[2]


def test_an_answer_has_its_request_id(endpoint: Endpoint) -> None:
    form = b"Action=ListUsers&Version=2010-05-08"
    with pytest.raises(OSError, match="403") as caught:
        urlopen(Request(endpoint.url, form, {"Content-Type": "application/x-www-form-urlencoded"}), timeout=30)
    answer: Any = caught.value
    assert answer.headers["x-amzn-RequestId"] in answer.read().decode()
