"""Users, groups and keys, through boto3 as it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from .conftest import Made
from .endpoint import ACCOUNT, ADMINISTRATOR, Credentials, Endpoint, allow, client, refused

ARN = f"arn:aws:iam::{ACCOUNT}"


def test_a_user_is_as_it_was_made(iam: Any) -> None:
    made = iam.create_user(UserName="alice", Path="/team/", Tags=[{"Key": "k", "Value": "größe"}])["User"]
    assert made["Arn"] == f"{ARN}:user/team/alice"
    assert made["UserId"].startswith("AIDA")
    assert len(made["UserId"]) == 21
    assert abs((datetime.now(UTC) - made["CreateDate"]).total_seconds()) < 60
    assert made["Tags"] == [{"Key": "k", "Value": "größe"}]
    assert iam.get_user(UserName="alice")["User"] == made


def test_a_user_who_is_not_named_is_the_caller(iam: Any) -> None:
    assert iam.get_user()["User"]["UserName"] == "administrator"
    assert [key["UserName"] for key in iam.list_access_keys()["AccessKeyMetadata"]] == ["administrator"]


def test_users_are_listed_by_name_under_their_path_in_pages(iam: Any) -> None:
    for number in (2, 0, 1):
        iam.create_user(UserName=f"u{number}", Path="/a/")
    assert [user["UserName"] for user in iam.list_users(PathPrefix="/a/")["Users"]] == ["u0", "u1", "u2"]
    first = iam.list_users(MaxItems=2)
    assert first["IsTruncated"] is True
    iam.create_user(UserName="aaa")
    second = iam.list_users(MaxItems=2, Marker=first["Marker"])
    assert [user["UserName"] for user in (*first["Users"], *second["Users"])] == ["administrator", "u0", "u1", "u2"]
    assert second["IsTruncated"] is False
    pages = iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 1})
    assert len([user for page in pages for user in page["Users"]]) == 5


def test_a_marker_that_no_page_gave_is_refused(iam: Any) -> None:
    assert refused(iam.list_users, Marker="!!")[0] == "ValidationError"


def test_a_name_is_unique_whatever_its_case_and_found_only_in_its_own(iam: Any) -> None:
    iam.create_user(UserName="Alice")
    code, message = refused(iam.create_user, UserName="alice")
    assert (code, message) == ("EntityAlreadyExists", "User with name alice already exists.")
    assert refused(iam.get_user, UserName="alice") == (
        "NoSuchEntity",
        "The user with name alice cannot be found.",
    )


def test_a_user_can_be_moved_and_keeps_its_key_groups_and_policies(iam: Any, endpoint: Endpoint, user: Made) -> None:
    key = user("old", allow("iam:GetUser"))
    iam.create_group(GroupName="g")
    iam.add_user_to_group(GroupName="g", UserName="old")
    iam.update_user(UserName="old", NewUserName="new", NewPath="/p/")
    assert client("iam", endpoint, key).get_user()["User"]["Arn"] == f"{ARN}:user/p/new"
    assert [one["GroupName"] for one in iam.list_groups_for_user(UserName="new")["Groups"]] == ["g"]
    iam.create_user(UserName="old")
    assert refused(iam.update_user, UserName="old", NewUserName="NEW")[0] == "EntityAlreadyExists"
    iam.update_user(UserName="new", NewUserName="NEW")


def test_a_user_is_deleted_only_when_it_has_nothing(iam: Any, user: Made) -> None:
    key = user("u", allow("xray:*"))
    iam.attach_user_policy(UserName="u", PolicyArn=ADMINISTRATOR)
    iam.create_group(GroupName="g")
    iam.add_user_to_group(GroupName="g", UserName="u")
    for what, undo in (
        ("access keys", lambda: iam.delete_access_key(UserName="u", AccessKeyId=key.id)),
        ("remove users from group", lambda: iam.remove_user_from_group(GroupName="g", UserName="u")),
        ("detach all policies", lambda: iam.detach_user_policy(UserName="u", PolicyArn=ADMINISTRATOR)),
        ("delete policies", lambda: iam.delete_user_policy(UserName="u", PolicyName="given")),
    ):
        code, message = refused(iam.delete_user, UserName="u")
        assert code == "DeleteConflict"
        assert what in message
        undo()
    iam.delete_user(UserName="u")
    assert refused(iam.get_user, UserName="u")[0] == "NoSuchEntity"


@pytest.mark.parametrize("members", [{"UserName": "a b"}, {"UserName": "x" * 65}, {}, {"UserName": "a", "Path": "p"}])
def test_what_is_not_of_its_form_is_told_as_aws_tells_it(iam: Any, members: dict[str, Any]) -> None:
    code, message = refused(iam.create_user, **members)
    assert code == "ValidationError"
    assert "validation error" in message


def test_a_key_is_told_with_its_secret_once_and_works_until_it_is_switched_off(
    iam: Any, endpoint: Endpoint, user: Made
) -> None:
    key = user("u", allow("iam:GetUser"))
    assert key.id.startswith("AKIA")
    assert (len(key.id), len(key.secret)) == (20, 40)
    own = client("iam", endpoint, key)
    assert own.get_user()["User"]["UserName"] == "u"
    (listed,) = iam.list_access_keys(UserName="u")["AccessKeyMetadata"]
    assert {name: listed[name] for name in ("UserName", "AccessKeyId", "Status")} == {
        "UserName": "u",
        "AccessKeyId": key.id,
        "Status": "Active",
    }
    assert "SecretAccessKey" not in listed
    iam.update_access_key(UserName="u", AccessKeyId=key.id, Status="Inactive")
    assert refused(own.get_user)[0] == "InvalidClientTokenId"
    iam.update_access_key(UserName="u", AccessKeyId=key.id, Status="Active")
    own.get_user()
    iam.delete_access_key(UserName="u", AccessKeyId=key.id)
    assert refused(own.get_user)[0] == "InvalidClientTokenId"


def test_a_user_has_two_keys_at_most_and_only_its_own(iam: Any, user: Made) -> None:
    key = user("u")
    iam.create_access_key(UserName="u")
    assert refused(iam.create_access_key, UserName="u") == (
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2",
    )
    iam.create_user(UserName="v")
    assert refused(iam.delete_access_key, UserName="v", AccessKeyId=key.id)[0] == "NoSuchEntity"
    assert refused(iam.update_access_key, UserName="v", AccessKeyId=key.id, Status="Active")[0] == "NoSuchEntity"
    assert refused(iam.update_access_key, UserName="u", AccessKeyId=key.id, Status="Expired")[0] == "InvalidInput"


def test_the_last_use_of_a_key_is_told(iam: Any, endpoint: Endpoint, user: Made) -> None:
    key = user("u", allow("iam:GetUser"))
    unused = iam.get_access_key_last_used(AccessKeyId=key.id)
    assert unused["UserName"] == "u"
    assert unused["AccessKeyLastUsed"] == {"ServiceName": "N/A", "Region": "N/A"}
    client("iam", endpoint, key).get_user()
    endpoint.callers.write_uses()
    used = iam.get_access_key_last_used(AccessKeyId=key.id)["AccessKeyLastUsed"]
    assert (used["ServiceName"], used["Region"]) == ("iam", "us-east-1")
    assert abs((datetime.now(UTC) - used["LastUsedDate"]).total_seconds()) < 60
    assert refused(iam.get_access_key_last_used, AccessKeyId="AKIAIOSFODNN7EXAMPLE")[0] == "NoSuchEntity"


def test_a_secret_is_nowhere_on_disk(iam: Any, endpoint: Endpoint, user: Made, tmp_path: Any) -> None:
    key = user("u", allow("iam:GetUser"))
    client("iam", endpoint, key).get_user()
    endpoint.callers.write_uses()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or key.secret.encode() not in path.read_bytes()


def test_a_group_has_members_who_may_what_it_may(iam: Any, endpoint: Endpoint, user: Made) -> None:
    key = user("u")
    made = iam.create_group(GroupName="g", Path="/a/")["Group"]
    assert made["Arn"] == f"{ARN}:group/a/g"
    assert made["GroupId"].startswith("AGPA")
    assert refused(iam.create_group, GroupName="G")[0] == "EntityAlreadyExists"
    iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=allow("iam:ListUsers"))
    own = client("iam", endpoint, key)
    assert refused(own.list_users)[0] == "AccessDenied"
    iam.add_user_to_group(GroupName="g", UserName="u")
    iam.add_user_to_group(GroupName="g", UserName="u")
    assert own.list_users()["Users"]
    told = iam.get_group(GroupName="g")
    assert told["Group"] == made
    assert [one["UserName"] for one in told["Users"]] == ["u"]
    iam.remove_user_from_group(GroupName="g", UserName="u")
    assert refused(own.list_users)[0] == "AccessDenied"
    assert refused(iam.remove_user_from_group, GroupName="g", UserName="u")[0] == "NoSuchEntity"


def test_a_user_is_in_ten_groups_at_most(iam: Any) -> None:
    iam.create_user(UserName="u")
    for number in range(11):
        iam.create_group(GroupName=f"g{number:02d}")
    for number in range(10):
        iam.add_user_to_group(GroupName=f"g{number:02d}", UserName="u")
    assert refused(iam.add_user_to_group, GroupName="g10", UserName="u") == (
        "LimitExceeded",
        "Cannot exceed quota for GroupsPerUser: 10",
    )
    assert len(iam.list_groups_for_user(UserName="u")["Groups"]) == 10
    assert len(iam.list_groups(PathPrefix="/")["Groups"]) == 11


def test_a_group_is_deleted_only_when_it_has_nothing(iam: Any) -> None:
    iam.create_group(GroupName="g")
    iam.create_user(UserName="u")
    iam.add_user_to_group(GroupName="g", UserName="u")
    iam.attach_group_policy(GroupName="g", PolicyArn=ADMINISTRATOR)
    iam.put_group_policy(GroupName="g", PolicyName="p", PolicyDocument=allow("xray:*"))
    assert refused(iam.delete_group, GroupName="g")[0] == "DeleteConflict"
    iam.remove_user_from_group(GroupName="g", UserName="u")
    assert refused(iam.delete_group, GroupName="g")[0] == "DeleteConflict"
    iam.detach_group_policy(GroupName="g", PolicyArn=ADMINISTRATOR)
    assert refused(iam.delete_group, GroupName="g")[0] == "DeleteConflict"
    iam.delete_group_policy(GroupName="g", PolicyName="p")
    iam.update_group(GroupName="g", NewGroupName="h", NewPath="/n/")
    assert iam.get_group(GroupName="h")["Group"]["Arn"] == f"{ARN}:group/n/h"
    iam.delete_group(GroupName="h")
    assert refused(iam.get_group, GroupName="h")[0] == "NoSuchEntity"


def test_what_there_never_is_is_told_as_empty(iam: Any) -> None:
    iam.create_user(UserName="u")
    assert iam.list_mfa_devices(UserName="u")["MFADevices"] == []
    assert iam.list_virtual_mfa_devices()["VirtualMFADevices"] == []
    assert iam.list_ssh_public_keys(UserName="u")["SSHPublicKeys"] == []
    assert iam.list_signing_certificates(UserName="u")["Certificates"] == []
    assert iam.list_service_specific_credentials(UserName="u")["ServiceSpecificCredentials"] == []
    for call in (iam.get_login_profile, iam.delete_login_profile):
        assert refused(call, UserName="u") == ("NoSuchEntity", "Login Profile for User u cannot be found.")


def test_accounts_see_nothing_of_each_other(iam: Any, endpoint: Endpoint) -> None:
    other = client("iam", endpoint, endpoint.administrator("210987654321", "else"))
    iam.create_user(UserName="mine")
    other.create_user(UserName="mine")
    assert [one["UserName"] for one in other.list_users()["Users"]] == ["else", "mine"]
    key = Credentials.of(iam.create_access_key(UserName="mine")["AccessKey"])
    assert refused(other.delete_access_key, UserName="mine", AccessKeyId=key.id)[0] == "NoSuchEntity"
    assert refused(other.get_access_key_last_used, AccessKeyId=key.id)[0] == "NoSuchEntity"
