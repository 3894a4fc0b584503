"""Passwords of users, by boto3: what an account demands, who may change what, and that none is kept in clear."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from botocore.exceptions import ClientError

from radiograph.api.asked import Asked
from radiograph.api.iam import IAM, Callers, QueryApi
from radiograph.api.password_login import PasswordLogin
from radiograph.passwords import _AT_ONCE, _Turn, hash_password, is_password, is_password_in_vain
from radiograph.secrets import MasterKey
from radiograph.storage.documents.identities import IdentityDatabase
from radiograph.storage.interfaces import Identities
from radiograph.telemetry import Counters
from tests.api.iam.endpoint import ACCOUNT, Credentials, Endpoint, client

GOOD, BETTER = "correct Horse 1", "battery Staple 2"


def refused(call: Any, **given: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as failed:
        call(**given)
    return failed.value.response["Error"]["Code"], failed.value.response["Error"]["Message"]


@pytest.fixture
def iam(endpoint: Endpoint) -> Any:
    made = client("iam", endpoint, endpoint.administrator())
    made.create_user(UserName="ann")
    return made


def as_ann(iam: Any, endpoint: Endpoint) -> Any:
    return client("iam", endpoint, Credentials.of(iam.create_access_key(UserName="ann")["AccessKey"]))


def test_a_password_is_given_told_of_changed_and_taken_away(iam: Any) -> None:
    assert refused(iam.get_login_profile, UserName="ann")[0] == "NoSuchEntity"
    made = iam.create_login_profile(UserName="ann", Password=GOOD, PasswordResetRequired=True)["LoginProfile"]
    assert (made["UserName"], made["PasswordResetRequired"]) == ("ann", True)
    assert iam.get_login_profile(UserName="ann")["LoginProfile"] == made
    assert refused(iam.create_login_profile, UserName="ann", Password=GOOD)[0] == "EntityAlreadyExists"
    iam.update_login_profile(UserName="ann", PasswordResetRequired=False)
    assert iam.get_login_profile(UserName="ann")["LoginProfile"]["PasswordResetRequired"] is False
    assert refused(iam.delete_user, UserName="ann") == (
        "DeleteConflict",
        "Cannot delete entity, must delete login profile first.",
    )
    iam.delete_login_profile(UserName="ann")
    for call in (iam.get_login_profile, iam.delete_login_profile, iam.update_login_profile):
        assert refused(call, UserName="ann") == ("NoSuchEntity", "Login Profile for User ann cannot be found.")
    iam.delete_user(UserName="ann")


def test_no_password_is_kept_in_clear(iam: Any, endpoint: Endpoint) -> None:
    iam.create_login_profile(UserName="ann", Password=GOOD)
    with endpoint.store.read(ACCOUNT) as kept:
        user = kept.users.named("ann")
        assert user is not None
        password = kept.passwords.of(user.id)
    assert password is not None
    assert password.hash.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert is_password(GOOD, password.hash)
    assert not is_password(BETTER, password.hash)


@pytest.mark.parametrize("password", ["Sh0rt!x", "all lowercase letters", "12345678", "ONLY BIG AND 1"])
def test_without_a_policy_eight_characters_of_three_kinds_are_demanded(iam: Any, password: str) -> None:
    code, message = refused(iam.create_login_profile, UserName="ann", Password=password)
    assert code == "PasswordPolicyViolation"
    assert password not in message


def test_a_password_is_no_name(iam: Any) -> None:
    iam.create_user(UserName="Annabel-2026")
    assert "name of its user" in refused(iam.create_login_profile, UserName="Annabel-2026", Password="annabel-2026")[1]


def test_what_an_account_demands_is_told_and_forgotten(iam: Any) -> None:
    assert refused(iam.get_account_password_policy)[0] == "NoSuchEntity"
    assert refused(iam.delete_account_password_policy)[0] == "NoSuchEntity"
    iam.update_account_password_policy(MinimumPasswordLength=12, RequireNumbers=True, MaxPasswordAge=90)
    assert iam.get_account_password_policy()["PasswordPolicy"] == {
        "MinimumPasswordLength": 12,
        "RequireSymbols": False,
        "RequireNumbers": True,
        "RequireUppercaseCharacters": False,
        "RequireLowercaseCharacters": False,
        "AllowUsersToChangePassword": False,
        "ExpirePasswords": True,
        "MaxPasswordAge": 90,
        "HardExpiry": False,
    }
    iam.update_account_password_policy(RequireSymbols=True)
    policy = iam.get_account_password_policy()["PasswordPolicy"]
    assert (policy["MinimumPasswordLength"], policy["RequireNumbers"], policy["ExpirePasswords"]) == (6, False, False)
    iam.delete_account_password_policy()
    assert refused(iam.get_account_password_policy)[0] == "NoSuchEntity"


@pytest.mark.parametrize(
    ("demand", "accepted", "wanting"),
    [
        ({"MinimumPasswordLength": 10}, "aaaaaaaaaa", "aaaaaaaaa"),
        ({"RequireSymbols": True}, "aaaaa!", "aaaaaa"),
        ({"RequireNumbers": True}, "aaaaa1", "aaaaaa"),
        ({"RequireUppercaseCharacters": True}, "aaaaaA", "aaaaaa"),
        ({"RequireLowercaseCharacters": True}, "AAAAAa", "AAAAAA"),
    ],
)
def test_what_an_account_demands_holds(iam: Any, demand: dict[str, Any], accepted: str, wanting: str) -> None:
    iam.update_account_password_policy(**demand)
    assert refused(iam.create_login_profile, UserName="ann", Password=wanting)[0] == "PasswordPolicyViolation"
    iam.create_login_profile(UserName="ann", Password=accepted)


def test_a_password_does_not_come_again_while_it_is_remembered(iam: Any) -> None:
    iam.update_account_password_policy(PasswordReusePrevention=2)
    iam.create_login_profile(UserName="ann", Password="first!")
    assert refused(iam.update_login_profile, UserName="ann", Password="first!")[0] == "PasswordPolicyViolation"
    iam.update_login_profile(UserName="ann", Password="second")
    assert refused(iam.update_login_profile, UserName="ann", Password="first!")[0] == "PasswordPolicyViolation"
    iam.update_login_profile(UserName="ann", Password="third!")
    iam.update_login_profile(UserName="ann", Password="first!")


def test_a_user_changes_its_own_password_when_a_policy_or_the_account_lets_it(iam: Any, endpoint: Endpoint) -> None:
    iam.create_login_profile(UserName="ann", Password=GOOD)
    ann = as_ann(iam, endpoint)
    change = {"OldPassword": GOOD, "NewPassword": BETTER}
    assert refused(ann.change_password, **change)[0] == "AccessDenied"
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    assert refused(ann.change_password, OldPassword="another", NewPassword=BETTER)[0] == "AccessDenied"
    assert refused(ann.change_password, OldPassword=GOOD, NewPassword="x")[0] == "PasswordPolicyViolation"
    ann.change_password(**change)
    iam.delete_account_password_policy()
    allowed = {"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": f"arn:aws:iam::{ACCOUNT}:user/ann"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    iam.put_user_policy(UserName="ann", PolicyName="own", PolicyDocument=document)
    ann.change_password(OldPassword=BETTER, NewPassword=GOOD)


class Watched:
    """A store in which nobody gets a turn to look at a password while it is written to."""

    def __init__(self, store: IdentityDatabase) -> None:
        self._store = store
        self.before_change: Callable[[], object] = lambda: None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @contextmanager
    def change(self, account: str) -> Iterator[Identities]:
        self.before_change()
        with ExitStack() as turns:
            for _ in range(_AT_ONCE):
                turns.enter_context(_Turn())
            yield turns.enter_context(self._store.change(account))


CHANGES = ["CreateLoginProfile", "UpdateLoginProfile", "ChangePassword", "at the login"]


class Changing:
    """Ways of giving Ann a password, which she has already where one is to be changed."""

    def __init__(self, iam: Any, endpoint: Endpoint, how: str) -> None:
        self.how, self.iam, self.endpoint = how, iam, endpoint
        if how != "CreateLoginProfile":
            iam.create_login_profile(UserName="ann", Password=GOOD)
        iam.update_account_password_policy(AllowUsersToChangePassword=True)
        self.key = iam.create_access_key(UserName="ann" if how == "ChangePassword" else "administrator")["AccessKey"]
        self.watched = Watched(endpoint.store)
        self._desk = type(endpoint.desk).of(self.watched, MasterKey(b"k" * 32))

    def do(self) -> bool:
        """Give whether Ann has another password now."""
        if self.how == "at the login":
            return isinstance(PasswordLogin(self.watched, self.endpoint.now).change(ACCOUNT, "ann", GOOD, BETTER), str)
        callers = Callers(self._desk, self.endpoint.now)
        api = QueryApi([IAM], self._desk, callers, self.endpoint.now, "eu-west-1", Counters())
        form = {"Action": self.how, "UserName": "ann", "Password": BETTER}
        if self.how == "ChangePassword":
            form = {"Action": self.how, "OldPassword": GOOD, "NewPassword": BETTER}
        return api.answer(Asked(body=urlencode(form).encode(), login=self.key["AccessKeyId"]))[0] == 200


@pytest.mark.parametrize("how", CHANGES)
def test_no_password_is_looked_at_while_others_wait_to_write(iam: Any, endpoint: Endpoint, how: str) -> None:
    assert Changing(iam, endpoint, how).do()


@pytest.mark.parametrize("how", CHANGES)
@pytest.mark.parametrize("what", ["password", "policy", "user"])
def test_a_password_is_not_kept_when_what_it_was_worked_out_from_has_changed(
    iam: Any, endpoint: Endpoint, how: str, what: str
) -> None:
    changing = Changing(iam, endpoint, how)

    def meanwhile() -> None:
        if what == "policy":
            iam.update_account_password_policy(AllowUsersToChangePassword=True, MinimumPasswordLength=40)
        elif what == "user":
            iam.update_user(UserName="ann", NewUserName="Battery")
        elif how == "CreateLoginProfile":
            iam.create_login_profile(UserName="ann", Password=GOOD)
        else:
            iam.update_login_profile(UserName="ann", Password="somebody else's 1")

    changing.watched.before_change = meanwhile
    assert not changing.do()
    with endpoint.store.read(ACCOUNT) as kept:
        user = kept.users.named("Battery" if what == "user" else "ann")
        assert user is not None
        password = kept.passwords.of(user.id)
    assert password is None or not is_password(BETTER, password.hash)


def test_who_has_no_password_has_none_to_change(iam: Any, endpoint: Endpoint, tmp_path: Path) -> None:
    assert refused(iam.change_password, OldPassword=GOOD, NewPassword=BETTER)[0] == "NoSuchEntity"


def test_a_password_is_itself_and_no_other() -> None:
    kept = hash_password("Grüße, 1")
    assert is_password("Grüße, 1", kept)
    assert not is_password("Grusse, 1", kept)
    assert kept != hash_password("Grüße, 1"), "each has a salt of its own"
    assert not is_password_in_vain("Grüße, 1")
