"""AssumeRoleWithWebIdentity: tokens of a real provider over TLS, through boto3 as it is; and refusals."""

from __future__ import annotations

import base64
import ipaddress
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from radiograph.api.iam.https import Fetcher
from radiograph.api.iam.provider_keys import ProviderKeys

from .endpoint import ACCOUNT, Credentials, Endpoint, allow, client, refused, trust
from .provider import Provider

ARN = f"arn:aws:iam::{ACCOUNT}"
ROLE = f"{ARN}:role/r"
LOOPBACK = [ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")]
ACTION = "sts:AssumeRoleWithWebIdentity"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("provider")


@pytest.fixture
def provider(directory: Path) -> Iterator[Provider]:
    made = Provider(directory)
    yield made
    made.close()


@pytest.fixture
def endpoint(tmp_path: Path, provider: Provider) -> Iterator[Endpoint]:
    made = Endpoint(tmp_path, ProviderKeys(Fetcher(LOOPBACK, provider.trusting)))
    yield made
    made.close()


@pytest.fixture
def known(iam: Any, provider: Provider) -> str:
    """Make the provider known, and a role that trusts it; give the provider's ARN."""
    arn: str = iam.create_open_id_connect_provider(Url=provider.issuer, ClientIDList=["one"])[
        "OpenIDConnectProviderArn"
    ]
    document = trust({"Federated": arn}, ACTION)
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=document)
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=allow("iam:ListUsers"))
    return arn


@pytest.fixture
def unsigned(endpoint: Endpoint) -> Any:
    config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
    return boto3.client("sts", endpoint_url=endpoint.url, region_name="us-east-1", config=config)


def asked(unsigned: Any, token: str, **members: Any) -> Any:
    return unsigned.assume_role_with_web_identity(
        **{"RoleArn": ROLE, "RoleSessionName": "me", "WebIdentityToken": token} | members
    )


def denied(unsigned: Any, token: str, **members: Any) -> tuple[str, str]:
    return refused(asked, unsigned=unsigned, token=token, **members)


@pytest.mark.parametrize("key", ["rsa", "ec"])
def test_a_token_is_taken_for_a_session_of_a_role_that_trusts_its_provider(
    known: str, unsigned: Any, provider: Provider, endpoint: Endpoint, key: str
) -> None:
    told = asked(unsigned, provider.token(key), DurationSeconds=900)
    assert told["SubjectFromWebIdentityToken"] == "alice"
    assert (told["Audience"], told["Provider"]) == ("one", known)
    assert told["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/r/me"
    own = client("iam", endpoint, Credentials.of(told["Credentials"]))
    own.list_users()
    assert refused(own.list_roles)[0] == "AccessDenied"


def test_the_signers_keys_are_asked_for_once(known: str, unsigned: Any, provider: Provider) -> None:
    for _ in range(3):
        asked(unsigned, provider.token())
    assert provider.asked == ["/.well-known/openid-configuration", "/keys"]


def test_a_token_of_a_new_key_is_taken_after_a_minute(
    known: str, unsigned: Any, provider: Provider, endpoint: Endpoint
) -> None:
    provider.publish("rsa")
    asked(unsigned, provider.token("rsa"))
    provider.publish("rsa", "ec")
    assert denied(unsigned, provider.token("ec"))[0] == "InvalidIdentityToken"
    assert len(provider.asked) == 2
    endpoint.ahead_s = 61
    asked(unsigned, provider.token("ec"))


def test_keys_that_are_known_are_used_while_the_provider_is_away(
    known: str, unsigned: Any, provider: Provider, endpoint: Endpoint
) -> None:
    asked(unsigned, provider.token())
    provider.answers.clear()
    endpoint.ahead_s = 3601
    asked(unsigned, provider.token(exp=time.time() + 7200))
    endpoint.ahead_s = 90_000
    code, message = denied(unsigned, provider.token(exp=time.time() + 99_000))
    assert code == "IDPCommunicationError"
    assert "status 404" in message


def test_conditions_ask_for_what_a_token_says(iam: Any, known: str, unsigned: Any, provider: Provider) -> None:
    condition = {
        "StringEquals": {f"{provider.host}:aud": "one", f"{provider.host}:sub": "alice"},
        "StringLike": {f"{provider.host}:repository": "ours/*"},
        "ForAnyValue:StringEquals": {f"{provider.host}:amr": "hwk"},
    }
    document = trust({"Federated": known}, ACTION, Condition=condition)
    iam.update_assume_role_policy(RoleName="r", PolicyDocument=document)
    asked(unsigned, provider.token(repository="ours/app", amr=["pwd", "hwk"]))
    for claims in (
        {},
        {"repository": "theirs/app", "amr": ["hwk"]},
        {"repository": "ours/app", "amr": ["pwd"]},
        {"repository": "ours/app", "amr": ["hwk"], "sub": "mallory"},
    ):
        assert denied(unsigned, provider.token(**claims)) == ("AccessDenied", f"Not authorized to perform {ACTION}")


def test_tags_and_an_identity_come_with_a_token(iam: Any, known: str, unsigned: Any, provider: Provider) -> None:
    claims = {
        "https://aws.amazon.com/tags": {"principal_tags": {"team": ["red"]}, "transitive_tag_keys": ["team"]},
        "https://aws.amazon.com/source_identity": "alice",
    }
    assert denied(unsigned, provider.token(**claims))[0] == "AccessDenied"
    document = trust({"Federated": known}, ACTION, "sts:TagSession", "sts:SetSourceIdentity")
    iam.update_assume_role_policy(RoleName="r", PolicyDocument=document)
    told = asked(unsigned, provider.token(**claims))
    assert told["SourceIdentity"] == "alice"
    assert told["PackedPolicySize"] > 0
    for tags in ([], {"principal_tags": {"team": "red"}}, {"principal_tags": {"team": ["a", "b"]}}):
        code, _ = denied(unsigned, provider.token(**{"https://aws.amazon.com/tags": tags}))
        assert code == "InvalidIdentityToken"


def test_a_token_of_another_client_provider_or_time_is_refused(known: str, unsigned: Any, provider: Provider) -> None:
    now = time.time()
    for claims, code, words in (
        ({"aud": "two"}, "InvalidIdentityToken", "Incorrect token audience"),
        ({"aud": ["two", "three"]}, "InvalidIdentityToken", "Incorrect token audience"),
        ({"azp": "two"}, "InvalidIdentityToken", "Incorrect token audience"),
        ({"aud": None}, "InvalidIdentityToken", "Incorrect token audience"),
        ({"iss": "https://else.example.com"}, "InvalidIdentityToken", "No OpenIDConnect provider found"),
        ({"iss": provider.host}, "InvalidIdentityToken", "No OpenIDConnect provider found"),
        ({"exp": now - 1}, "ExpiredTokenException", "Token expired"),
        ({"exp": None}, "InvalidIdentityToken", "not a valid JWT"),
        ({"sub": None}, "InvalidIdentityToken", "not a valid JWT"),
        ({"nbf": now + 600}, "InvalidIdentityToken", "not valid yet"),
        ({"iat": now + 600}, "InvalidIdentityToken", "not valid yet"),
    ):
        told = denied(unsigned, provider.token(**claims))
        assert (told[0], words in told[1]) == (code, True), told
    asked(unsigned, provider.token(aud=["two", "one"]))
    asked(unsigned, provider.token(aud="two", azp="one"))


def tampered(token: str, **members: Any) -> str:
    """Give a token with other claims and the same signature."""
    head, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "==")) | members
    return f"{head}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.{signature}"


def headed(token: str, **members: Any) -> str:
    """Give a token with another header and the same rest."""
    _, payload, signature = token.split(".")
    header = base64.urlsafe_b64encode(json.dumps(members).encode()).decode().rstrip("=")
    return f"{header}.{payload}.{signature}"


def test_a_token_that_is_not_its_providers_is_refused(known: str, unsigned: Any, provider: Provider) -> None:
    right = provider.token()
    wrong = {
        "another subject": tampered(right, sub="mallory"),
        "no signature": right.rpartition(".")[0] + ".",
        "alg none": headed(right, alg="none"),
        "a shared secret": headed(right, alg="HS256", kid="rsa"),
        "an unknown key": headed(right, alg="RS256", kid="other"),
        "another kind of key": headed(right, alg="ES256", kid="rsa"),
        "a critical extension": headed(right, alg="RS256", kid="rsa", crit=["b64"], b64=False),
        "no token": "some.thing.else",
        "nothing": "aaaa",
        "four parts": right + ".x",
    }
    for name, token in wrong.items():
        assert denied(unsigned, token)[0] == "InvalidIdentityToken", name


@pytest.mark.parametrize(
    ("path", "answer", "status"),
    [
        ("/.well-known/openid-configuration", {"issuer": "https://else", "jwks_uri": "https://else/keys"}, 200),
        ("/.well-known/openid-configuration", {"issuer": "SELF", "jwks_uri": "http://localhost/keys"}, 200),
        ("/.well-known/openid-configuration", {"issuer": "SELF", "jwks_uri": "file:///etc/passwd"}, 200),
        ("/.well-known/openid-configuration", [], 200),
        ("/keys", {"keys": []}, 200),
        ("/keys", {"keys": "x" * 300_000}, 200),
        ("/keys", "https://localhost/else", 302),
        ("/keys", {}, 500),
    ],
)
def test_a_provider_that_does_not_say_what_it_should_is_not_believed(
    known: str, unsigned: Any, provider: Provider, path: str, answer: Any, status: int
) -> None:
    if isinstance(answer, dict) and answer.get("issuer") == "SELF":
        answer = answer | {"issuer": provider.issuer}
    provider.say(path, answer, status)
    code, message = denied(unsigned, provider.token())
    assert code == "IDPCommunicationError"
    assert message.startswith("Couldn't retrieve verification key from your identity provider: ")


@pytest.mark.parametrize("keys", [[{"kty": "oct", "k": "AAAA"}], [{"kty": "RSA"}], [{"kty": "RSA", "n": "!", "e": 1}]])
def test_keys_that_could_not_have_signed_are_passed_over(
    known: str, unsigned: Any, provider: Provider, keys: list[Any]
) -> None:
    good = provider.keys["rsa"].as_dict(private=False)
    provider.say("/keys", {"keys": [*keys, good]})
    asked(unsigned, provider.token())


def test_with_no_key_that_could_have_signed_a_token_is_refused(known: str, unsigned: Any, provider: Provider) -> None:
    provider.say("/keys", {"keys": [{"kty": "oct", "k": "AAAA"}]})
    assert denied(unsigned, provider.token())[0] == "InvalidIdentityToken"


def test_a_role_that_does_not_trust_the_provider_or_is_not_there_is_refused_alike(
    iam: Any, known: str, unsigned: Any, provider: Provider
) -> None:
    iam.create_role(RoleName="other", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
    for name in ("other", "none"):
        told = denied(unsigned, provider.token(), RoleArn=f"{ARN}:role/{name}")
        assert told == ("AccessDenied", f"Not authorized to perform {ACTION}")
    assert denied(unsigned, provider.token(), RoleArn="arn:aws:iam::999999999999:role/r")[0] == "InvalidIdentityToken"
    assert denied(unsigned, provider.token(), RoleArn="arn:aws:iam::nobody:role/r")[0] == "ValidationError"


def test_a_session_that_began_with_a_token_is_limited_by_what_was_passed(
    known: str, unsigned: Any, provider: Provider, endpoint: Endpoint
) -> None:
    told = asked(unsigned, provider.token(), Policy=allow("iam:ListRoles"))
    assert refused(client("iam", endpoint, Credentials.of(told["Credentials"])).list_users)[0] == "AccessDenied"
    assert denied(unsigned, provider.token(), DurationSeconds=3601)[0] == "ValidationError"
