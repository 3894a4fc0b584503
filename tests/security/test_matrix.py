"""Every operation by every kind of caller: 38 of X-Ray, all of IAM, STS and OAM, and the routes beside them.

The operations are the tables'; what each kind of caller gets to hear is written here, by hand.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import NamedTuple

import pytest
from botocore.credentials import Credentials

from radiograph.api.iam import IAM
from radiograph.api.oam import OPERATIONS as OAM
from radiograph.api.sts import STS
from radiograph.api.xray import OPERATIONS
from tests.model.constraints import minimal
from tests.security.asking import Answer, Asker, basic
from tests.security.conftest import ACCOUNT, ANYTHING, READ_ONLY, People, document, statement

XRAY = {operation.name: operation.path for operation in OPERATIONS.values()}
REFUSALS = {
    "MissingAuthenticationTokenException",
    "IncompleteSignature",
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "ExpiredTokenException",
    "AccessDeniedException",
}
IN = "let in"
QUERY = {
    "MissingAuthenticationTokenException": "MissingAuthenticationToken",
    "UnrecognizedClientException": "InvalidClientTokenId",
    "InvalidSignatureException": "SignatureDoesNotMatch",
    "ExpiredTokenException": "ExpiredToken",
    "AccessDeniedException": "AccessDenied",
}
"""The same refusals, as IAM and STS call them."""

EXPECTED = {
    "nobody": "MissingAuthenticationTokenException",
    "a wrong secret": "InvalidSignatureException",
    "a key that never was": "UnrecognizedClientException",
    "a key that was deleted": "UnrecognizedClientException",
    "a key that is inactive": "UnrecognizedClientException",
    "a session that is over": "ExpiredTokenException",
    "a session without its token": "UnrecognizedClientException",
    "a token that was changed": "UnrecognizedClientException",
    "a token of another session": "UnrecognizedClientException",
    "a signature for another service": "InvalidSignatureException",
    "a signature of 4:50 ago": IN,
    "a signature of 5:10 ago": "InvalidSignatureException",
    "a signature of 4:50 ahead": IN,
    "a signature of 5:10 ahead": "InvalidSignatureException",
    "a body that was changed": "InvalidSignatureException",
    "a path that was changed": "InvalidSignatureException",
    "a host that was changed": "InvalidSignatureException",
    "a user without policies": "AccessDeniedException",
    "a user who is denied everything": "AccessDeniedException",
    "a user who is denied just this": "AccessDeniedException",
    "a user outside its boundary": "AccessDeniedException",
    "a user who may just this": IN,
    "a user who may everything": IN,
    "a session that may just this": IN,
    "a session that may everything but this": "AccessDeniedException",
    "an administrator of another account": IN,
    "an administrator by name and secret": IN,
}
"""What each kind of caller gets to hear from every operation of X-Ray."""


class Kind(NamedTuple):
    """Who asks, and how."""

    credentials: Callable[[str], Credentials | None]
    """From the operation's IAM action."""
    service: str = ""
    ahead_s: float = 0.0
    spoil: str = ""


@pytest.fixture(scope="module")
def kinds(people: People) -> dict[str, Kind]:
    iam = people.iam
    nothing, everything = people.user("nothing"), people.user("everything", ANYTHING)
    denied = people.user("denied", ANYTHING, inline=document(statement("Deny", "*")))
    bounded = people.user("bounded", ANYTHING, boundary=_boundary(iam))
    deleted, inactive = people.user("deleted", ANYTHING), people.user("inactive", ANYTHING)
    iam.delete_access_key(UserName="deleted", AccessKeyId=deleted.access_key)
    iam.update_access_key(UserName="inactive", AccessKeyId=inactive.access_key, Status="Inactive")
    one, two = (people.session(document(statement("Allow", "*"))) for _ in range(2))
    changed = one.token[:-8] + ("A" * 8 if not one.token.endswith("A" * 8) else "B" * 8)
    may, may_not = people.user("may", inline=_just("xray:None")), people.user("maynot", ANYTHING)

    def just(user: str, credentials: Credentials, effect: str) -> Callable[[str], Credentials]:
        def change(action: str) -> Credentials:
            policy = document(statement(effect, action))
            iam.put_user_policy(UserName=user, PolicyName="inline", PolicyDocument=policy)
            return credentials

        return change

    def always(credentials: Credentials | None) -> Callable[[str], Credentials | None]:
        return lambda _action: credentials

    admin = people.admin
    return {
        "nobody": Kind(always(None)),
        "a wrong secret": Kind(always(Credentials(admin.access_key, "another"))),
        "a key that never was": Kind(always(Credentials("AKIANOBODYHASTHISKEY", "x"))),
        "a key that was deleted": Kind(always(deleted)),
        "a key that is inactive": Kind(always(inactive)),
        "a session that is over": Kind(always(people.over)),
        "a session without its token": Kind(always(Credentials(one.access_key, one.secret_key))),
        "a token that was changed": Kind(always(Credentials(one.access_key, one.secret_key, changed))),
        "a token of another session": Kind(always(Credentials(one.access_key, one.secret_key, two.token))),
        "a signature for another service": Kind(always(admin), service="s3"),
        "a signature of 4:50 ago": Kind(always(admin), ahead_s=-290),
        "a signature of 5:10 ago": Kind(always(admin), ahead_s=-310),
        "a signature of 4:50 ahead": Kind(always(admin), ahead_s=290),
        "a signature of 5:10 ahead": Kind(always(admin), ahead_s=310),
        "a body that was changed": Kind(always(admin), spoil="body"),
        "a path that was changed": Kind(always(admin), spoil="path"),
        "a host that was changed": Kind(always(admin), spoil="host"),
        "a user without policies": Kind(always(nothing)),
        "a user who is denied everything": Kind(always(denied)),
        "a user who is denied just this": Kind(just("maynot", may_not, "Deny")),
        "a user outside its boundary": Kind(always(bounded)),
        "a user who may just this": Kind(just("may", may, "Allow")),
        "a user who may everything": Kind(always(everything)),
        "a session that may just this": Kind(lambda action: people.session(_just(action))),
        "a session that may everything but this": Kind(
            lambda action: people.session(document({"Effect": "Allow", "NotAction": action, "Resource": "*"}))
        ),
        "an administrator of another account": Kind(always(people.other)),
        "an administrator by name and secret": Kind(always(admin), spoil="basic"),
    }


def _just(action: str) -> str:
    return document(statement("Allow", action))


def _boundary(iam: object) -> str:
    policy = iam.create_policy(PolicyName="nowhere", PolicyDocument=_just("s3:*"))  # type: ignore[attr-defined]
    arn: str = policy["Policy"]["Arn"]
    return arn


def ask(asker: Asker, kind: Kind, action: str, path: str, body: bytes, service: str, method: str = "POST") -> Answer:
    credentials = kind.credentials(action)
    headers = asker.sign(path, body, credentials, service=kind.service or service, ahead_s=kind.ahead_s, method=method)
    match kind.spoil:
        case "body":
            body += b" " if service in ("xray", "oam") else b"&X=1"
        case "path":
            path += "?x=1"
        case "host":
            headers["Host"] = "localhost:1"
        case "basic":
            assert credentials is not None
            headers = basic(credentials)
    return asker.send(path, body, headers, method)


@pytest.mark.parametrize("who", EXPECTED)
def test_every_operation_of_x_ray_tells_a_caller_of_a_kind_the_same(
    asker: Asker, kinds: dict[str, Kind], who: str
) -> None:
    assert len(XRAY) == 38
    wrong = []
    for operation, path in XRAY.items():
        body = json.dumps(minimal(operation)).encode()
        answer = ask(asker, kinds[who], f"xray:{operation}", path, body, "xray")
        said = answer.code if answer.code in REFUSALS else IN
        # A policy may take away what makes a lockout possible; that is no refusal of who asks.
        if said != EXPECTED[who] or (answer.status >= 500 and answer.status != 501):
            wrong.append((operation, answer.status, answer.code, answer.body[:200]))
        if said != IN:
            assert answer.status in (400, 403)
    assert wrong == []


OF_ACCOUNT = ("CreateSink", "ListSinks", "ListLinks")
"""What names neither a sink nor a link: whoever asks means its own account."""


@pytest.mark.parametrize("who", EXPECTED)
def test_every_operation_of_oam_tells_a_caller_of_a_kind_the_same(
    asker: Asker, kinds: dict[str, Kind], who: str
) -> None:
    assert len(OAM) == 15
    wrong = []
    for name, operation in OAM.items():
        named = f"arn:aws:oam:us-east-1:{ACCOUNT}:{'link' if name.endswith('Link') else 'sink'}/0"
        told = {"Name": "n", "Identifier": named, "Policy": "{}", "LabelTemplate": "l", "Tags": {"k": "v"}}
        told |= {"SinkIdentifier": named, "ResourceTypes": ["AWS::XRay::Trace"]}
        if name == "CreateLink":
            told["SinkIdentifier"] = named.replace("link", "sink").replace(ACCOUNT, "999999999999")
        body, path = json.dumps(told if name != "CreateSink" else {"Name": "n"}).encode(), operation.path
        if operation.method != "POST":
            path += named.replace(":", "%3A").replace("/", "%2F")
            path += "?tagKeys=k" if operation.method == "DELETE" and kinds[who].spoil != "path" else ""
            body = body if operation.method == "PUT" else b""
        answer = ask(asker, kinds[who], f"oam:{name}", path, body, "oam", operation.method)
        expected = EXPECTED[who]
        # A link needs the sink's leave too, which nobody has of one that is not there; and what is another account's,
        # its administrator alone may touch.
        if name == "CreateLink" and expected == IN:
            expected = "AccessDeniedException"
        if who == "an administrator of another account" and name not in OF_ACCOUNT:
            expected = "AccessDeniedException"
        said = answer.code if answer.code in REFUSALS else IN
        if said != expected or answer.status >= 500:
            wrong.append((name, answer.status, answer.code, answer.body[:200]))
        if said != IN:
            assert answer.status in (400, 403)
    assert wrong == []


OF_QUERY = [
    "nobody",
    "a wrong secret",
    "a key that never was",
    "a key that was deleted",
    "a session that is over",
    "a token that was changed",
    "a signature for another service",
    "a signature of 5:10 ago",
    "a signature of 5:10 ahead",
    "a body that was changed",
    "a path that was changed",
    "a user who is denied everything",
]
ANYBODY = {("sts", "AssumeRoleWithWebIdentity")}
"""Needs no signature: a token of a provider says who asks."""
ALWAYS = {("sts", "GetCallerIdentity"), ("sts", "GetSessionToken")}
"""No policy can take these away: AWS asks none."""
OF_ITS_OWN = {("sts", "GetAccessKeyInfo"), ("sts", "AssumeRole"), ("iam", "ChangePassword")}


@pytest.mark.parametrize("who", OF_QUERY)
def test_every_operation_of_iam_and_sts_refuses_whom_x_ray_refuses(
    asker: Asker, kinds: dict[str, Kind], who: str
) -> None:
    wrong = []
    for service in (IAM, STS):
        for name in service.operations:
            if (service.name, name) in ANYBODY or (
                EXPECTED[who] == "AccessDeniedException" and (service.name, name) in ALWAYS | OF_ITS_OWN
            ):
                continue
            body = f"Action={name}&Version={service.version}{REQUIRED}".encode()
            answer = ask(asker, kinds[who], f"{service.name}:{name}", "/", body, service.name)
            if answer.code != QUERY[EXPECTED[who]]:
                wrong.append((service.name, name, answer.status, answer.code, answer.body[:300]))
    assert wrong == []


REQUIRED = "".join(
    f"&{name}={value}"
    for name, value in {
        **dict.fromkeys(("UserName", "GroupName", "RoleName", "PolicyName", "InstanceProfileName"), "nobody"),
        **dict.fromkeys(("Password", "OldPassword", "NewPassword", "ClientID", "Description", "RoleSessionName"), "x"),
        "PolicyArn": "arn%3Aaws%3Aiam%3A%3A000000000000%3Apolicy%2Fp",
        "RoleArn": "arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2Fr",
        "PolicySourceArn": "arn%3Aaws%3Aiam%3A%3A000000000000%3Auser%2Fadministrator",
        "OpenIDConnectProviderArn": "arn%3Aaws%3Aiam%3A%3A000000000000%3Aoidc-provider%2Fid.example.com",
        "AssumeRolePolicyDocument": "%7B%7D",
        "PolicyDocument": "%7B%7D",
        "PermissionsBoundary": "arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FAWSXrayReadOnlyAccess",
        "Tags.member.1.Key": "k",
        "Tags.member.1.Value": "v",
        "TagKeys.member.1": "k",
        "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
        "Status": "Active",
        "VersionId": "v1",
        "Url": "https%3A%2F%2Fid.example.com",
        "ThumbprintList.member.1": "a" * 40,
        "ActionNames.member.1": "xray%3AGetGroups",
        "PolicyInputList.member.1": "%7B%7D",
        "AccountAlias": "alias",
        "MaxSessionDuration": "3600",
    }.items()
)
"""What operations need, so that it is the caller who is refused and not the request."""

ROUTES = {
    # path: (who needs nothing, who may everything, who may only read)
    ("GET", "/healthz"): (200, 200, 200),
    ("GET", "/readyz"): (200, 200, 200),
    ("GET", "/login"): (200, 200, 200),
    ("GET", "/counters"): (403, 200, 403),
    ("POST", "/v1/traces"): (403, 200, 403),
    ("POST", "/api/v2/spans"): (403, 202, 403),
    ("POST", "/logout"): (303, 303, 303),
    ("PUT", "/login"): (405, 405, 405),
    ("GET", "/login/oidc"): (405, 405, 405),
    ("POST", "/nowhere"): (403, 404, 404),
    ("PUT", "/Groups"): (403, 404, 404),
    ("DELETE", "/"): (403, 404, 404),
}


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_route_beside_the_operations_has_its_rule(
    asker: Asker, people: People, guarded: object, method: str, path: str, reader: Credentials
) -> None:
    told = []
    for credentials in (None, people.admin, reader):
        connection = http.client.HTTPConnection(guarded.host, guarded.port, timeout=60)  # type: ignore[attr-defined]
        body = b"[]" if path == "/api/v2/spans" else b""
        headers = {"Content-Type": "application/json"} if body else {}
        if path == "/v1/traces":
            body, headers = b"{}", {"Content-Type": "application/json"}
        headers |= basic(credentials) if credentials is not None else {}
        connection.request(method, path, body, headers)
        told.append(connection.getresponse().status)
        connection.close()
    assert tuple(told) == ROUTES[method, path]


@pytest.fixture(scope="module")
def reader(people: People) -> Credentials:
    return people.user("reader", READ_ONLY)


def test_there_are_enough_cells() -> None:
    of_query = len(OF_QUERY) * (len(IAM.operations) + len(STS.operations) - len(ANYBODY))
    assert len(EXPECTED) * (len(XRAY) + len(OAM)) + of_query + 3 * len(ROUTES) >= 2000
