"""Who signed a request: found once, remembered, and never for longer than it holds."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from radiograph.api.asked import Asked
from radiograph.api.iam import Callers
from radiograph.api.iam.callers import _KEPT
from radiograph.auth.caller import Caller
from radiograph.auth.refusals import UnknownKey
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


def test_a_failure_of_ours_is_told_without_its_reason(endpoint: Endpoint, admin: Credentials) -> None:
    endpoint.store.close()
    body = b"Action=ListUsers&Version=2010-05-08"
    wire = sign(service="iam", secret=admin.secret, body=body, target="/", headers=())
    wire = wire.with_header("authorization", wire.header("authorization").replace("AKIDEXAMPLE", admin.id))
    status, _, text = endpoint.api.answer(Asked(headers=wire.headers, body=body))
    assert status >= 500
    assert b"sqlite" not in text.lower()
