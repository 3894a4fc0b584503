"""Managed policies and their versions."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import (
    Arn,
    EntityType,
    Marker,
    MaxItems,
    Path,
    PolicyDescription,
    PolicyDocument,
    PolicyName,
    PolicyPath,
    PolicyScope,
    PolicyUsage,
    PolicyVersionId,
)
from radiograph.model.iam.tags import Tag

__all__ = [
    "AttachedPermissionsBoundary",
    "CreatePolicyRequest",
    "CreatePolicyResponse",
    "CreatePolicyVersionRequest",
    "CreatePolicyVersionResponse",
    "DeletePolicyRequest",
    "DeletePolicyVersionRequest",
    "GetPolicyRequest",
    "GetPolicyResponse",
    "GetPolicyVersionRequest",
    "GetPolicyVersionResponse",
    "ListEntitiesForPolicyRequest",
    "ListEntitiesForPolicyResponse",
    "ListPoliciesRequest",
    "ListPoliciesResponse",
    "ListPolicyVersionsRequest",
    "ListPolicyVersionsResponse",
    "Policy",
    "PolicyGroup",
    "PolicyRole",
    "PolicyUser",
    "PolicyVersion",
    "SetDefaultPolicyVersionRequest",
]


class AttachedPermissionsBoundary(Model, frozen=True, kw_only=True):
    """The managed policy that bounds a user or a role."""

    permissions_boundary_type: str | None = None
    permissions_boundary_arn: str | None = None


class CreatePolicyRequest(Request, frozen=True, kw_only=True):
    """A new managed policy and its first version."""

    policy_name: PolicyName
    path: PolicyPath | None = None
    policy_document: PolicyDocument
    description: PolicyDescription | None = None
    tags: Annotated[list[Tag], Meta(max_length=50)] | None = None


class Policy(Model, frozen=True, kw_only=True):
    """A managed policy: a document with versions, to attach to any number of users, groups and roles."""

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
    tags: list[Tag] | None = None


class CreatePolicyResponse(Model, frozen=True, kw_only=True):
    """The policy as it was made."""

    policy: Policy | None = None


class GetPolicyRequest(Request, frozen=True, kw_only=True):
    """The policy to tell of."""

    policy_arn: Arn


class GetPolicyResponse(Model, frozen=True, kw_only=True):
    """The policy asked for."""

    policy: Policy | None = None


class ListPoliciesRequest(Request, frozen=True, kw_only=True):
    """The policies under a path: the account's, AWS's, or both."""

    scope: PolicyScope | None = None
    only_attached: bool | None = None
    path_prefix: PolicyPath | None = None
    policy_usage_filter: PolicyUsage | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListPoliciesResponse(Model, frozen=True, kw_only=True):
    """A page of policies."""

    policies: list[Policy] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None


class DeletePolicyRequest(Request, frozen=True, kw_only=True):
    """The policy to delete, attached nowhere and with one version."""

    policy_arn: Arn


class CreatePolicyVersionRequest(Request, frozen=True, kw_only=True):
    """Another document of a policy, in force from now on if said so."""

    policy_arn: Arn
    policy_document: PolicyDocument
    set_as_default: bool | None = None


class PolicyVersion(Model, frozen=True, kw_only=True):
    """One version of a policy's document; the default one is in force."""

    document: str | None = None
    version_id: str | None = None
    is_default_version: bool | None = None
    create_date: Timestamp | None = None


class CreatePolicyVersionResponse(Model, frozen=True, kw_only=True):
    """The version as it was made."""

    policy_version: PolicyVersion | None = None


class GetPolicyVersionRequest(Request, frozen=True, kw_only=True):
    """The version to tell of."""

    policy_arn: Arn
    version_id: PolicyVersionId


class GetPolicyVersionResponse(Model, frozen=True, kw_only=True):
    """The version asked for, with its document."""

    policy_version: PolicyVersion | None = None


class ListPolicyVersionsRequest(Request, frozen=True, kw_only=True):
    """The policy whose versions to tell."""

    policy_arn: Arn
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListPolicyVersionsResponse(Model, frozen=True, kw_only=True):
    """A page of versions, newest first, without their documents."""

    versions: list[PolicyVersion] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None


class SetDefaultPolicyVersionRequest(Request, frozen=True, kw_only=True):
    """The version to be in force."""

    policy_arn: Arn
    version_id: PolicyVersionId


class DeletePolicyVersionRequest(Request, frozen=True, kw_only=True):
    """The version to delete, which must not be the default."""

    policy_arn: Arn
    version_id: PolicyVersionId


class ListEntitiesForPolicyRequest(Request, frozen=True, kw_only=True):
    """The policy of which to tell where it is attached."""

    policy_arn: Arn
    entity_filter: EntityType | None = None
    path_prefix: Path | None = None
    policy_usage_filter: PolicyUsage | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class PolicyGroup(Model, frozen=True, kw_only=True):
    """A group that a policy is attached to."""

    group_name: str | None = None
    group_id: str | None = None


class PolicyUser(Model, frozen=True, kw_only=True):
    """A user that a policy is attached to."""

    user_name: str | None = None
    user_id: str | None = None


class PolicyRole(Model, frozen=True, kw_only=True):
    """A role that a policy is attached to."""

    role_name: str | None = None
    role_id: str | None = None


class ListEntitiesForPolicyResponse(Model, frozen=True, kw_only=True):
    """A page of groups, users and roles that have the policy."""

    policy_groups: list[PolicyGroup] = field(default_factory=list)
    policy_users: list[PolicyUser] = field(default_factory=list)
    policy_roles: list[PolicyRole] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None
