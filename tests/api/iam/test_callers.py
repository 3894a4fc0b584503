"""Who signed a request: found once, remembered, and never for longer than it holds."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import botocore.credentials
import pytest
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from msgspec.structs import replace

from radiograph.api.asked import Asked
from radiograph.api.gate import SignedGate
from radiograph.api.iam import Callers
from radiograph.api.iam.callers import _KEPT, login_of_user
from radiograph.auth.caller import Caller
from radiograph.auth.refusals import Incomplete, Refusal, UnknownKey
from radiograph.model.iam.records import PasswordRecord
from radiograph.secrets import MasterKey
from tests.auth.signed import Wire, sign

from .conftest import Made
from .endpoint import ACCOUNT, Credentials, Endpoint, allow, client, trust

ARN = f"arn:aws:iam::{ACCOUNT}"


def signed(by: Credentials) -> Wire:
    wire = sign(secret=by.secret, token=by.token)
    authorization = wire.header("authorization").replace("AKIDEXAMPLE", by.id)
    return wire.with_header("authorization", authorization)


def identified(callers: Callers, by: Credentials) -> Caller:
    return callers.identify(*signed(by)[:5], {"xray"})


class Counting:
    """A store that counts how often it is read."""

    def __init__(self, store: Any) -> None:
        self._store, self.reads = store, 0

    def __getattr__(self, name: str) -> Any:
        self.reads += name == "read"
        return getattr(self._store, name)


@pytest.fixture
def counting(endpoint: Endpoint) -> Counting:
    return Counting(endpoint.store)


@pytest.fixture
def callers(endpoint: Endpoint, counting: Counting) -> Callers:
    desk = type(endpoint.desk).of(counting, MasterKey(b"k" * 32))  # type: ignore[arg-type]
    return Callers(desk, endpoint.now)


def test_a_known_key_is_read_once(callers: Callers, counting: Counting, admin: Credentials) -> None:
    first = identified(callers, admin)
    assert first.principal.arn == f"{ARN}:user/administrator"
    assert first.access_key_id == admin.id
    assert identified(callers, admin) is first
    assert counting.reads == 1


def test_a_change_of_the_account_is_seen_by_the_next_request_and_of_another_account_it_is_not(
    callers: Callers, counting: Counting, admin: Credentials, iam: Any, endpoint: Endpoint
) -> None:
    identified(callers, admin)
    iam.create_user(UserName="u")
    identified(callers, admin)
    assert counting.reads == 2
    endpoint.administrator("210987654321", "else")
    identified(callers, admin)
    assert counting.reads == 2


def test_notes_of_uses_change_nothing_that_is_remembered(
    callers: Callers, counting: Counting, admin: Credentials
) -> None:
    for _ in range(3):
        identified(callers, admin)
        callers.write_uses()
    assert counting.reads == 1


def test_a_session_has_its_role_and_its_own_tags(callers: Callers, iam: Any, sts: Any) -> None:
    both = ("sts:AssumeRole", "sts:TagSession")
    document = trust({"AWS": ACCOUNT}, *both)
    tags = [{"Key": "Team", "Value": "blue"}, {"Key": "kept", "Value": "1"}]
    iam.create_role(RoleName="r", Path="/p/", AssumeRolePolicyDocument=document, Tags=tags)
    told = sts.assume_role(
        RoleArn=f"{ARN}:role/p/r", RoleSessionName="me", Tags=[{"Key": "team", "Value": "red"}], Policy=allow("xray:*")
    )
    caller = identified(callers, Credentials.of(told["Credentials"]))
    assert caller.principal.arn == f"arn:aws:sts::{ACCOUNT}:assumed-role/r/me"
    assert caller.principal.entity == f"{ARN}:role/p/r"
    assert dict(caller.principal.tags) == {"kept": "1", "team": "red"}
    assert caller.attached.session is not None
    assert caller.session is not None


@pytest.mark.parametrize("service", ["iam", "sts"])
def test_a_signature_is_for_the_services_that_are_asked_for(callers: Callers, admin: Credentials, service: str) -> None:
    with pytest.raises(Exception, match=f"correct service: '{service}'"):
        callers.identify(*signed(admin)[:5], {service})


def test_what_is_remembered_has_its_bound(callers: Callers, endpoint: Endpoint, admin: Credentials) -> None:
    for number in range(_KEPT + 10):
        key = f"AKIA{base64.b32encode(number.to_bytes(10)).decode()}"
        with pytest.raises(UnknownKey):
            callers.with_key(key)
    identified(callers, admin)
    assert len(callers._known) == 1


def test_a_secret_that_another_master_key_sealed_is_no_secret(endpoint: Endpoint, admin: Credentials) -> None:
    desk = type(endpoint.desk).of(endpoint.store, MasterKey(b"x" * 32))
    with pytest.raises(Exception, match="another master key"):
        identified(Callers(desk, endpoint.now), admin)


def test_a_key_whose_user_is_gone_is_unknown(callers: Callers, endpoint: Endpoint, admin: Credentials) -> None:
    identified(callers, admin)
    with endpoint.store.change(ACCOUNT) as kept:
        for user in kept.users.all():
            kept.users.remove(user.id)
    with pytest.raises(UnknownKey):
        identified(callers, admin)


def test_a_boundary_that_is_not_there_any_more_allows_nothing(endpoint: Endpoint, user: Made, iam: Any) -> None:
    bound = iam.create_policy(PolicyName="b", PolicyDocument=allow("*"))["Policy"]
    key = user("u", allow("iam:*"), PermissionsBoundary=bound["Arn"])
    own = client("iam", endpoint, key)
    own.list_users()
    with endpoint.store.change(ACCOUNT) as kept:
        kept.policies.remove(bound["PolicyId"])
    with pytest.raises(own.exceptions.ClientError, match="permissions boundary"):
        own.list_users()


@pytest.fixture
def login(endpoint: Endpoint, admin: Credentials) -> str:
    """Give the login of a user who has a password."""
    password = PasswordRecord(user_id="AIDAADMINISTRATOAAAAA", created_at=1.0, changed_at=1.5, hash="$argon2id$")
    with endpoint.store.change(ACCOUNT) as kept:
        password = replace(password, user_id=kept.users.all()[0].id)
        kept.passwords.put(password)
    return login_of_user(ACCOUNT, password)


def by_form(callers: Callers, id_: str) -> Caller:
    return SignedGate(callers).with_secret(id_, "")


def by_name_and_secret(callers: Callers, id_: str) -> Caller:
    # Of a name with a colon, what follows that would be the secret.
    named = base64.b64encode(f"{id_}:".encode())
    return SignedGate(callers).admit(Asked(headers=[(b"authorization", b"Basic " + named)]), {"xray"})


def by_signature(callers: Callers, id_: str) -> Caller:
    return identified(callers, Credentials(id_, ""))


def by_signed_query(callers: Callers, id_: str) -> Caller:
    request = AWSRequest(method="GET", url="http://xray.example.com/", headers={})
    SigV4QueryAuth(botocore.credentials.Credentials(id_, ""), "xray", "eu-west-1").add_auth(request)
    url = urlsplit(request.prepare().url)
    return callers.identify("GET", b"/", url.query.encode(), [(b"host", b"xray.example.com")], b"", {"xray"})


def by_token(callers: Callers, id_: str) -> Caller:
    return identified(callers, Credentials(id_, "", id_))


DOORS = [by_form, by_name_and_secret, by_signature, by_signed_query, by_token]


@pytest.mark.parametrize("door", DOORS)
def test_who_has_a_password_is_nobody_whose_secret_is_empty(
    endpoint: Endpoint, login: str, door: Callable[[Callers, str], Caller]
) -> None:
    callers = Callers(endpoint.desk, endpoint.now, presigned=True)
    with pytest.raises(UnknownKey):
        door(callers, login)
    assert callers.logged_in(login).principal.arn == f"{ARN}:user/administrator"
    with pytest.raises(UnknownKey):
        door(callers, login)


NO_IDS = [
    "user:",
    "user:x",
    "user::::",
    "user:1:2:3:4",
    f"user:{ACCOUNT}:AIDA:nan",
    "user:\0:\u00e9:1.0",
    "user:" + "9" * 400,
]
NO_IDS += ["session:", "session:AKIA", "session::", "oidc:x", "", ":"]


@pytest.mark.parametrize("door", [*DOORS, Callers.logged_in])
def test_what_is_no_id_of_a_key_is_unknown_at_every_door(
    endpoint: Endpoint, admin: Credentials, door: Callable[[Callers, str], Caller]
) -> None:
    callers = Callers(endpoint.desk, endpoint.now, presigned=True)
    for id_ in NO_IDS:
        with pytest.raises(Refusal) as refused:
            door(callers, id_)
        assert isinstance(refused.value, UnknownKey | Incomplete), id_


def test_a_key_with_no_secret_signs_nothing(callers: Callers, endpoint: Endpoint, admin: Credentials) -> None:
    sealed = endpoint.desk.key_sealer.seal(b"", admin.id.encode())
    with endpoint.store.change(ACCOUNT) as kept:
        kept.keys.put(replace(kept.keys.with_id(admin.id), secret=sealed))
    for door in (by_form, by_name_and_secret, by_signature):
        with pytest.raises(UnknownKey):
            door(callers, admin.id)


def test_a_failure_of_ours_is_told_without_its_reason(endpoint: Endpoint, admin: Credentials) -> None:
    endpoint.store.close()
    body = b"Action=ListUsers&Version=2010-05-08"
    wire = sign(service="iam", secret=admin.secret, body=body, target="/", headers=())
    wire = wire.with_header("authorization", wire.header("authorization").replace("AKIDEXAMPLE", admin.id))
    status, _, text = endpoint.api.answer(Asked(headers=wire.headers, body=body))
    assert status >= 500
    assert b"sqlite" not in text.lower()
