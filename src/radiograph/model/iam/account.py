"""The account as a whole."""

from __future__ import annotations

from msgspec import field

from radiograph.model.iam.attachments import AttachedPolicy
from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import AccountAlias, EntityType, Marker, MaxItems
from radiograph.model.iam.instance_profiles import InstanceProfile
from radiograph.model.iam.policies import AttachedPermissionsBoundary, PolicyVersion
from radiograph.model.iam.roles import RoleLastUsed
from radiograph.model.iam.tags import Tag

__all__ = [
    "CreateAccountAliasRequest",
    "DeleteAccountAliasRequest",
    "GetAccountAuthorizationDetailsRequest",
    "GetAccountAuthorizationDetailsResponse",
    "GetAccountSummaryResponse",
    "GroupDetail",
    "ListAccountAliasesRequest",
    "ListAccountAliasesResponse",
    "ManagedPolicyDetail",
    "PolicyDetail",
    "RoleDetail",
    "UserDetail",
]


class PolicyDetail(Model, frozen=True, kw_only=True):
    """A policy that is part of a user, a group or a role, with its document."""

    policy_name: str | None = None
    policy_document: str | None = None


class GetAccountSummaryResponse(Model, frozen=True, kw_only=True):
    """How many there are of what, and how many there may be."""

    summary_map: dict[str, int] | None = None


class GetAccountAuthorizationDetailsRequest(Request, frozen=True, kw_only=True):
    """What to tell of; everything, when nothing is chosen."""

    filter: list[EntityType] | None = None
    max_items: MaxItems | None = None
    marker: Marker | None = None


class UserDetail(Model, frozen=True, kw_only=True):
    """A user and all that says what it may do."""

    path: str | None = None
    user_name: str | None = None
    user_id: str | None = None
    arn: str | None = None
    create_date: Timestamp | None = None
    user_policy_list: list[PolicyDetail] = field(default_factory=list)
    group_list: list[str] = field(default_factory=list)
    attached_managed_policies: list[AttachedPolicy] = field(default_factory=list)
    permissions_boundary: AttachedPermissionsBoundary | None = None
    tags: list[Tag] | None = None


class GroupDetail(Model, frozen=True, kw_only=True):
    """A group and all that says what its members may do."""

    path: str | None = None
    group_name: str | None = None
    group_id: str | None = None
    arn: str | None = None
    create_date: Timestamp | None = None
    group_policy_list: list[PolicyDetail] = field(default_factory=list)
    attached_managed_policies: list[AttachedPolicy] = field(default_factory=list)


class RoleDetail(Model, frozen=True, kw_only=True):
    """A role and all that says what it may do."""

    path: str | None = None
    role_name: str | None = None
    role_id: str | None = None
    arn: str | None = None
    create_date: Timestamp | None = None
    assume_role_policy_document: str | None = None
    instance_profile_list: list[InstanceProfile] = field(default_factory=list)
    role_policy_list: list[PolicyDetail] = field(default_factory=list)
    attached_managed_policies: list[AttachedPolicy] = field(default_factory=list)
    permissions_boundary: AttachedPermissionsBoundary | None = None
    tags: list[Tag] | None = None
    role_last_used: RoleLastUsed | None = None


class ManagedPolicyDetail(Model, frozen=True, kw_only=True):
    """A managed policy and its versions."""

    policy_name: str | None = None
    policy_id: str | None = None
    arn: str | None = None
    path: str | None = None
    default_version_id: str | None = None
    attachment_count: int | None = None
    permissions_boundary_usage_count: int | None = None
    is_attachable: bool | None = None
    description: str | None = None
    create_date: Timestamp | None = None
    update_date: Timestamp | None = None
    policy_version_list: list[PolicyVersion] = field(default_factory=list)


class GetAccountAuthorizationDetailsResponse(Model, frozen=True, kw_only=True):
    """A page of users, groups, roles and policies."""

    user_detail_list: list[UserDetail] = field(default_factory=list)
    group_detail_list: list[GroupDetail] = field(default_factory=list)
    role_detail_list: list[RoleDetail] = field(default_factory=list)
    policies: list[ManagedPolicyDetail] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None


class ListAccountAliasesRequest(Request, frozen=True, kw_only=True):
    """The account's alias; there is nothing to choose."""

    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListAccountAliasesResponse(Model, frozen=True, kw_only=True):
    """The account's alias, if it has one."""

    account_aliases: list[str]
    is_truncated: bool | None = None
    marker: str | None = None


class CreateAccountAliasRequest(Request, frozen=True, kw_only=True):
    """The account's one alias."""

    account_alias: AccountAlias


class DeleteAccountAliasRequest(Request, frozen=True, kw_only=True):
    """The alias to delete."""

    account_alias: AccountAlias
