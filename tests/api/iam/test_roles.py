"""Roles, managed policies, attachments, inline policies, tags, profiles and the account, through boto3 as it is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Made
from .endpoint import ACCOUNT, ADMINISTRATOR, OTHER, Endpoint, allow, client, refused, trust

ARN = f"arn:aws:iam::{ACCOUNT}"
TRUST = trust({"AWS": ACCOUNT})
XRAY = [
    "AWSXRayDaemonWriteAccess",
    "AWSXrayCrossAccountSharingConfiguration",
    "AWSXrayFullAccess",
    "AWSXrayReadOnlyAccess",
    "AWSXrayWriteOnlyAccess",
]


def test_a_role_is_as_it_was_made(iam: Any) -> None:
    made = iam.create_role(
        RoleName="r", Path="/a/", AssumeRolePolicyDocument=TRUST, Description="d", MaxSessionDuration=7200
    )["Role"]
    assert made["Arn"] == f"{ARN}:role/a/r"
    assert made["RoleId"].startswith("AROA")
    assert made["AssumeRolePolicyDocument"] == json.loads(TRUST)
    told = iam.get_role(RoleName="r")["Role"]
    assert (told["Description"], told["MaxSessionDuration"], told["RoleLastUsed"]) == ("d", 7200, {})
    assert refused(iam.create_role, RoleName="R", AssumeRolePolicyDocument=TRUST)[0] == "EntityAlreadyExists"
    assert [role["RoleName"] for role in iam.list_roles(PathPrefix="/a/")["Roles"]] == ["r"]


def test_a_role_can_be_changed(iam: Any) -> None:
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST, Description="d", MaxSessionDuration=7200)
    iam.update_role(RoleName="r", MaxSessionDuration=3600)
    assert iam.get_role(RoleName="r")["Role"]["Description"] == "d"
    iam.update_role(RoleName="r", Description="e")
    iam.update_assume_role_policy(RoleName="r", PolicyDocument=trust({"AWS": OTHER}))
    told = iam.get_role(RoleName="r")["Role"]
    assert (told["Description"], told["MaxSessionDuration"]) == ("e", 3600)
    assert told["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"AWS": OTHER}
    assert iam.update_role_description(RoleName="r", Description="f")["Role"]["Description"] == "f"


@pytest.mark.parametrize("document", ["{", "{}", allow("sts:AssumeRole"), '{"Statement":[]}'])
def test_a_trust_policy_must_be_one(iam: Any, document: str) -> None:
    code, _ = refused(iam.create_role, RoleName="r", AssumeRolePolicyDocument=document)
    assert code == "MalformedPolicyDocument"


def test_a_trust_policy_has_its_most_characters(iam: Any) -> None:
    long = trust({"AWS": [f"arn:aws:iam::{number:012d}:root" for number in range(80)]})
    code, message = refused(iam.create_role, RoleName="r", AssumeRolePolicyDocument=long)
    assert (code, message) == ("LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048")


def test_a_role_is_deleted_only_when_it_has_nothing(iam: Any) -> None:
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    iam.attach_role_policy(RoleName="r", PolicyArn=ADMINISTRATOR)
    iam.put_role_policy(RoleName="r", PolicyName="p", PolicyDocument=allow("xray:*"))
    iam.create_instance_profile(InstanceProfileName="i")
    iam.add_role_to_instance_profile(InstanceProfileName="i", RoleName="r")
    assert "instance profile" in refused(iam.delete_role, RoleName="r")[1]
    iam.remove_role_from_instance_profile(InstanceProfileName="i", RoleName="r")
    assert "detach all policies" in refused(iam.delete_role, RoleName="r")[1]
    iam.detach_role_policy(RoleName="r", PolicyArn=ADMINISTRATOR)
    assert refused(iam.delete_role, RoleName="r") == (
        "DeleteConflict",
        "Cannot delete entity, must delete policies first.",
    )
    iam.delete_role_policy(RoleName="r", PolicyName="p")
    iam.delete_role(RoleName="r")
    assert refused(iam.get_role, RoleName="r") == ("NoSuchEntity", "The role with name r cannot be found.")


def test_the_policies_of_x_ray_are_there_from_the_start(iam: Any) -> None:
    listed = iam.list_policies(Scope="AWS")["Policies"]
    assert [one["PolicyName"] for one in listed if "ray" in one["PolicyName"].lower()] == XRAY
    for name in XRAY:
        policy = iam.get_policy(PolicyArn=f"arn:aws:iam::aws:policy/{name}")["Policy"]
        version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
        assert "xray:" in json.dumps(version["PolicyVersion"]["Document"])


@pytest.mark.parametrize("name", XRAY)
def test_a_policy_of_aws_belongs_to_nobody(iam: Any, name: str) -> None:
    arn = f"arn:aws:iam::aws:policy/{name}"
    document = allow("xray:*")
    assert refused(iam.delete_policy, PolicyArn=arn)[0] == "AccessDenied"
    assert refused(iam.create_policy_version, PolicyArn=arn, PolicyDocument=document)[0] == "AccessDenied"
    assert refused(iam.tag_policy, PolicyArn=arn, Tags=[{"Key": "k", "Value": "v"}])[0] == "AccessDenied"


def test_a_managed_policy_has_versions_of_which_one_is_in_force(iam: Any, endpoint: Endpoint, user: Made) -> None:
    own = client("iam", endpoint, user("u"))
    made = iam.create_policy(PolicyName="p", Path="/a/", PolicyDocument=allow("iam:ListUsers"), Description="d")
    arn = made["Policy"]["Arn"]
    assert arn == f"{ARN}:policy/a/p"
    iam.attach_user_policy(UserName="u", PolicyArn=arn)
    own.list_users()
    second = iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("iam:ListRoles"))["PolicyVersion"]
    assert (second["VersionId"], second["IsDefaultVersion"]) == ("v2", False)
    own.list_users()
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v2")
    assert refused(own.list_users)[0] == "AccessDenied"
    own.list_roles()
    assert refused(iam.delete_policy_version, PolicyArn=arn, VersionId="v2")[0] == "DeleteConflict"
    iam.delete_policy_version(PolicyArn=arn, VersionId="v1")
    third = iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("xray:*"), SetAsDefault=True)
    assert third["PolicyVersion"]["VersionId"] == "v3"
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [(one["VersionId"], one["IsDefaultVersion"]) for one in versions] == [("v3", True), ("v2", False)]
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (policy["AttachmentCount"], policy["DefaultVersionId"], policy["Description"]) == (1, "v3", "d")


def test_a_managed_policy_has_five_versions_at_most(iam: Any) -> None:
    arn = iam.create_policy(PolicyName="p", PolicyDocument=allow("xray:*"))["Policy"]["Arn"]
    for _ in range(4):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=allow("xray:*"))
    code, message = refused(iam.create_policy_version, PolicyArn=arn, PolicyDocument=allow("xray:*"))
    assert code == "LimitExceeded"
    assert "up to 5 versions" in message
    assert "more than one version" in refused(iam.delete_policy, PolicyArn=arn)[1]


def test_a_managed_policy_is_deleted_only_when_nothing_has_it(iam: Any) -> None:
    arn = iam.create_policy(PolicyName="p", PolicyDocument=allow("xray:*"))["Policy"]["Arn"]
    iam.create_user(UserName="u", PermissionsBoundary=arn)
    assert refused(iam.delete_policy, PolicyArn=arn) == (
        "DeleteConflict",
        "Cannot delete a policy attached to entities.",
    )
    assert iam.get_policy(PolicyArn=arn)["Policy"]["PermissionsBoundaryUsageCount"] == 1
    iam.delete_user_permissions_boundary(UserName="u")
    iam.delete_policy(PolicyArn=arn)
    assert refused(iam.get_policy, PolicyArn=arn)[0] == "NoSuchEntity"


def test_a_managed_policy_must_be_one_and_not_too_long(iam: Any) -> None:
    assert refused(iam.create_policy, PolicyName="p", PolicyDocument='{"a":1}')[0] == "MalformedPolicyDocument"
    long = allow(*(f"xray:Action{number:04d}" for number in range(400)))
    code, message = refused(iam.create_policy, PolicyName="p", PolicyDocument=long)
    assert (code, message) == ("LimitExceeded", "Cannot exceed quota for PolicySize: 6144")


def test_managed_policies_are_listed_as_wanted(iam: Any) -> None:
    for number in range(3):
        iam.create_policy(PolicyName=f"p{number}", Path="/a/", PolicyDocument=allow("xray:*"))
    iam.create_user(UserName="u", PermissionsBoundary=f"{ARN}:policy/a/p1")
    iam.attach_user_policy(UserName="u", PolicyArn=f"{ARN}:policy/a/p0")

    def listed(**members: Any) -> list[str]:
        pages = iam.get_paginator("list_policies").paginate(PaginationConfig={"PageSize": 2}, **members)
        return [one["PolicyName"] for page in pages for one in page["Policies"]]

    assert listed(Scope="Local") == ["p0", "p1", "p2"]
    assert listed(PathPrefix="/a/") == ["p0", "p1", "p2"]
    assert listed(Scope="Local", OnlyAttached=True) == ["p0", "p1"]
    assert listed(OnlyAttached=True, PolicyUsageFilter="PermissionsBoundary") == ["p1"]
    assert listed(OnlyAttached=True, PolicyUsageFilter="PermissionsPolicy") == ["AdministratorAccess", "p0"]
    assert set(listed()) >= {"p0", "AdministratorAccess", *XRAY}


def test_a_policy_tells_who_has_it(iam: Any) -> None:
    arn = iam.create_policy(PolicyName="p", PolicyDocument=allow("xray:*"))["Policy"]["Arn"]
    iam.create_user(UserName="u", Path="/a/")
    iam.create_user(UserName="bounded", PermissionsBoundary=arn)
    iam.create_group(GroupName="g")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    iam.attach_user_policy(UserName="u", PolicyArn=arn)
    iam.attach_group_policy(GroupName="g", PolicyArn=arn)
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)

    def having(**members: Any) -> list[list[str]]:
        told = iam.list_entities_for_policy(PolicyArn=arn, **members)
        kinds = (("PolicyUsers", "UserName"), ("PolicyGroups", "GroupName"), ("PolicyRoles", "RoleName"))
        return [[one[name] for one in told[kind]] for kind, name in kinds]

    assert having() == [["bounded", "u"], ["g"], ["r"]]
    assert having(EntityFilter="Role") == [[], [], ["r"]]
    assert having(PathPrefix="/a/") == [["u"], [], []]
    assert having(PolicyUsageFilter="PermissionsBoundary") == [["bounded"], [], []]
    assert having(PolicyUsageFilter="PermissionsPolicy") == [["u"], ["g"], ["r"]]
    first = iam.list_entities_for_policy(PolicyArn=arn, MaxItems=1)
    assert first["IsTruncated"] is True
    assert iam.list_entities_for_policy(PolicyArn=arn, Marker=first["Marker"])["PolicyGroups"] == []


KINDS = [
    ("user", {"UserName": "x"}, {}),
    ("group", {"GroupName": "x"}, {}),
    ("role", {"RoleName": "x"}, {"AssumeRolePolicyDocument": TRUST}),
]


@pytest.mark.parametrize(("kind", "name", "more"), KINDS)
def test_policies_are_attached_and_detached(iam: Any, kind: str, name: dict[str, str], more: dict[str, str]) -> None:
    getattr(iam, f"create_{kind}")(**name, **more)
    attach, detach = getattr(iam, f"attach_{kind}_policy"), getattr(iam, f"detach_{kind}_policy")
    listed = getattr(iam, f"list_attached_{kind}_policies")
    own = iam.create_policy(PolicyName="p", Path="/a/", PolicyDocument=allow("xray:*"))["Policy"]["Arn"]
    for arn in (own, ADMINISTRATOR, own):
        attach(**name, PolicyArn=arn)
    assert listed(**name)["AttachedPolicies"] == [
        {"PolicyName": "AdministratorAccess", "PolicyArn": ADMINISTRATOR},
        {"PolicyName": "p", "PolicyArn": own},
    ]
    assert [one["PolicyName"] for one in listed(**name, PathPrefix="/a/")["AttachedPolicies"]] == ["p"]
    detach(**name, PolicyArn=own)
    assert refused(detach, **name, PolicyArn=own) == ("NoSuchEntity", f"Policy {own} was not found.")
    missing = f"{ARN}:policy/missing"
    assert refused(attach, **name, PolicyArn=missing) == (
        "NoSuchEntity",
        f"Policy {missing} does not exist or is not attachable.",
    )
    assert refused(attach, **name, PolicyArn=f"arn:aws:iam::{OTHER}:policy/p")[0] == "NoSuchEntity"
    assert refused(attach, **name, PolicyArn="not an arn but long enough")[0] == "ValidationError"
    for number in range(9):
        attach(**name, PolicyArn=_policy(iam, number))
    code, message = refused(attach, **name, PolicyArn=_policy(iam, 9))
    assert (code, message) == ("LimitExceeded", f"Cannot exceed quota for PoliciesPer{kind.capitalize()}: 10")


def _policy(iam: Any, number: int) -> str:
    arn: str = iam.create_policy(PolicyName=f"n{number}", PolicyDocument=allow("xray:*"))["Policy"]["Arn"]
    return arn


@pytest.mark.parametrize(("kind", "name", "more"), KINDS)
def test_policies_are_part_of_one(iam: Any, kind: str, name: dict[str, str], more: dict[str, str]) -> None:
    getattr(iam, f"create_{kind}")(**name, **more)
    put, get = getattr(iam, f"put_{kind}_policy"), getattr(iam, f"get_{kind}_policy")
    listed, delete = getattr(iam, f"list_{kind}_policies"), getattr(iam, f"delete_{kind}_policy")
    document = allow("xray:*", resource=["arn:aws:xray:*:*:group/a b+%", "*"])
    put(**name, PolicyName="p", PolicyDocument=document)
    put(**name, PolicyName="o", PolicyDocument=allow("xray:*"))
    told = get(**name, PolicyName="p")
    assert told["PolicyDocument"] == json.loads(document)
    assert told["PolicyName"] == "p"
    assert listed(**name)["PolicyNames"] == ["o", "p"]
    first = listed(**name, MaxItems=1)
    assert listed(**name, Marker=first["Marker"])["PolicyNames"] == ["p"]
    delete(**name, PolicyName="o")
    assert refused(get, **name, PolicyName="o") == (
        "NoSuchEntity",
        f"The {kind} policy with name o cannot be found.",
    )
    assert refused(put, **name, PolicyName="p", PolicyDocument="[]")[0] == "MalformedPolicyDocument"
    long = allow(*(f"xray:Action{number:04d}" for number in range(900)))
    code, message = refused(put, **name, PolicyName="p", PolicyDocument=long)
    assert code == "LimitExceeded"
    assert message.startswith("Maximum policy size of")


def test_tags_are_put_and_taken_whatever_has_them(iam: Any) -> None:
    iam.create_user(UserName="x")
    iam.create_role(RoleName="x", AssumeRolePolicyDocument=TRUST)
    arn = iam.create_policy(PolicyName="x", PolicyDocument=allow("xray:*"))["Policy"]["Arn"]
    iam.create_instance_profile(InstanceProfileName="x")
    provider = iam.create_open_id_connect_provider(Url="https://id.example.com")["OpenIDConnectProviderArn"]
    for kind, name in (
        ("user", {"UserName": "x"}),
        ("role", {"RoleName": "x"}),
        ("policy", {"PolicyArn": arn}),
        ("instance_profile", {"InstanceProfileName": "x"}),
        ("open_id_connect_provider", {"OpenIDConnectProviderArn": provider}),
    ):
        tag, untag = getattr(iam, f"tag_{kind}"), getattr(iam, f"untag_{kind}")
        listed = getattr(iam, f"list_{kind}_tags")
        tag(**name, Tags=[{"Key": "b", "Value": "1"}, {"Key": "a", "Value": ""}])
        tag(**name, Tags=[{"Key": "B", "Value": "2"}])
        assert listed(**name)["Tags"] == [{"Key": "B", "Value": "2"}, {"Key": "a", "Value": ""}]
        untag(**name, TagKeys=["A", "none"])
        assert listed(**name)["Tags"] == [{"Key": "B", "Value": "2"}]
        twice = [{"Key": "c", "Value": ""}, {"Key": "C", "Value": ""}]
        assert refused(tag, **name, Tags=twice)[0] == "InvalidInput"
        assert refused(tag, **name, Tags=[{"Key": "aws:x", "Value": ""}])[0] == "InvalidInput"
        many = [{"Key": f"k{number}", "Value": ""} for number in range(50)]
        assert refused(tag, **name, Tags=many)[0] == "LimitExceeded"


def test_an_instance_profile_holds_one_role(iam: Any) -> None:
    made = iam.create_instance_profile(InstanceProfileName="i", Path="/a/")["InstanceProfile"]
    assert (made["Arn"], made["Roles"]) == (f"{ARN}:instance-profile/a/i", [])
    for name in ("r", "s"):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
    iam.add_role_to_instance_profile(InstanceProfileName="i", RoleName="r")
    (role,) = iam.get_instance_profile(InstanceProfileName="i")["InstanceProfile"]["Roles"]
    assert role["RoleName"] == "r"
    assert refused(iam.add_role_to_instance_profile, InstanceProfileName="i", RoleName="s")[0] == "LimitExceeded"
    (having,) = iam.list_instance_profiles_for_role(RoleName="r")["InstanceProfiles"]
    assert having["InstanceProfileName"] == "i"
    assert iam.list_instance_profiles_for_role(RoleName="s")["InstanceProfiles"] == []
    assert refused(iam.delete_instance_profile, InstanceProfileName="i")[0] == "DeleteConflict"
    assert refused(iam.remove_role_from_instance_profile, InstanceProfileName="i", RoleName="s")[0] == "NoSuchEntity"
    iam.remove_role_from_instance_profile(InstanceProfileName="i", RoleName="r")
    assert [one["InstanceProfileName"] for one in iam.list_instance_profiles()["InstanceProfiles"]] == ["i"]
    iam.delete_instance_profile(InstanceProfileName="i")
    assert refused(iam.get_instance_profile, InstanceProfileName="i") == (
        "NoSuchEntity",
        "Instance Profile i cannot be found.",
    )


def test_an_openid_connect_provider_has_clients_and_thumbprints(iam: Any) -> None:
    arn = iam.create_open_id_connect_provider(
        Url="https://id.example.com/realms/a", ClientIDList=["one"], ThumbprintList=["a" * 40]
    )["OpenIDConnectProviderArn"]
    assert arn == f"{ARN}:oidc-provider/id.example.com/realms/a"
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="one")
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=["b" * 40])
    told = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert (told["Url"], told["ClientIDList"]) == ("id.example.com/realms/a", ["two"])
    assert told["ThumbprintList"] == ["b" * 40]
    again = {"Url": "https://id.example.com/realms/a"}
    assert refused(iam.create_open_id_connect_provider, **again)[0] == "EntityAlreadyExists"
    assert iam.list_open_id_connect_providers()["OpenIDConnectProviderList"] == [{"Arn": arn}]
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert refused(iam.get_open_id_connect_provider, OpenIDConnectProviderArn=arn)[0] == "NoSuchEntity"


@pytest.mark.parametrize(
    "url", ["http://id.example.com", "https://", "https://u@h", "https://h?a=b", "https://h:0", "id", "https://h/ x"]
)
def test_a_provider_has_a_url_of_its_form(iam: Any, url: str) -> None:
    assert refused(iam.create_open_id_connect_provider, Url=url)[0] == "ValidationError"


def test_the_account_has_one_other_name_which_no_other_has(iam: Any, endpoint: Endpoint) -> None:
    assert iam.list_account_aliases()["AccountAliases"] == []
    iam.create_account_alias(AccountAlias="first")
    iam.create_account_alias(AccountAlias="mine")
    assert iam.list_account_aliases()["AccountAliases"] == ["mine"]
    other = client("iam", endpoint, endpoint.administrator(OTHER, "else"))
    assert refused(other.create_account_alias, AccountAlias="mine")[0] == "EntityAlreadyExists"
    assert refused(iam.delete_account_alias, AccountAlias="first")[0] == "NoSuchEntity"
    iam.delete_account_alias(AccountAlias="mine")
    other.create_account_alias(AccountAlias="mine")


def test_the_account_tells_how_many_there_are(iam: Any) -> None:
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    summary = iam.get_account_summary()["SummaryMap"]
    assert (summary["Users"], summary["Roles"], summary["Groups"], summary["RolesQuota"]) == (1, 1, 0, 1000)


def test_everything_that_says_who_may_do_what_is_told_at_once(iam: Any) -> None:
    iam.create_group(GroupName="g")
    iam.put_group_policy(GroupName="g", PolicyName="gp", PolicyDocument=allow("xray:*"))
    iam.create_user(UserName="u", Tags=[{"Key": "k", "Value": "v"}])
    iam.add_user_to_group(GroupName="g", UserName="u")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST)
    iam.create_instance_profile(InstanceProfileName="i")
    iam.add_role_to_instance_profile(InstanceProfileName="i", RoleName="r")
    arn = iam.create_policy(PolicyName="p", PolicyDocument=allow("xray:*"))["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)
    told = iam.get_account_authorization_details()
    (details,) = [one for one in told["UserDetailList"] if one["UserName"] == "u"]
    assert (details["GroupList"], details["Tags"]) == (["g"], [{"Key": "k", "Value": "v"}])
    (group,) = told["GroupDetailList"]
    assert group["GroupPolicyList"] == [{"PolicyName": "gp", "PolicyDocument": json.loads(allow("xray:*"))}]
    (role,) = told["RoleDetailList"]
    assert role["AttachedManagedPolicies"] == [{"PolicyName": "p", "PolicyArn": arn}]
    assert [one["InstanceProfileName"] for one in role["InstanceProfileList"]] == ["i"]
    named = {one["PolicyName"]: one for one in told["Policies"]}
    assert set(named) == {"p", "AdministratorAccess"}
    assert named["p"]["PolicyVersionList"][0]["Document"] == json.loads(allow("xray:*"))
    only = iam.get_account_authorization_details(Filter=["Role"])
    assert (len(only["RoleDetailList"]), only["UserDetailList"], only["Policies"]) == (1, [], [])
    pages = list(iam.get_paginator("get_account_authorization_details").paginate(PaginationConfig={"PageSize": 1}))
    assert len(pages) == 6
