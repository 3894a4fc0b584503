"""Managed policies where they are attached."""

from __future__ import annotations

from msgspec import field

from radiograph.model.iam.base import Model, Request
from radiograph.model.iam.ids import Arn, GroupName, Marker, MaxItems, PolicyPath, RoleName, UserName

__all__ = [
    "AttachGroupPolicyRequest",
    "AttachRolePolicyRequest",
    "AttachUserPolicyRequest",
    "AttachedPolicy",
    "DetachGroupPolicyRequest",
    "DetachRolePolicyRequest",
    "DetachUserPolicyRequest",
    "ListAttachedGroupPoliciesRequest",
    "ListAttachedGroupPoliciesResponse",
    "ListAttachedRolePoliciesRequest",
    "ListAttachedRolePoliciesResponse",
    "ListAttachedUserPoliciesRequest",
    "ListAttachedUserPoliciesResponse",
]


class AttachedPolicy(Model, frozen=True, kw_only=True):
    """A managed policy, as those have it that it is attached to."""

    policy_name: str | None = None
    policy_arn: str | None = None


class AttachUserPolicyRequest(Request, frozen=True, kw_only=True):
    """A managed policy for a user."""

    user_name: UserName
    policy_arn: Arn


class DetachUserPolicyRequest(Request, frozen=True, kw_only=True):
    """A managed policy that a user shall not have any more."""

    user_name: UserName
    policy_arn: Arn


class ListAttachedUserPoliciesRequest(Request, frozen=True, kw_only=True):
    """The user whose managed policies to tell."""

    user_name: UserName
    path_prefix: PolicyPath | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListAttachedUserPoliciesResponse(Model, frozen=True, kw_only=True):
    """A page of a user's managed policies."""

    attached_policies: list[AttachedPolicy] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None


class AttachGroupPolicyRequest(Request, frozen=True, kw_only=True):
    """A managed policy for a group."""

    group_name: GroupName
    policy_arn: Arn


class DetachGroupPolicyRequest(Request, frozen=True, kw_only=True):
    """A managed policy that a group shall not have any more."""

    group_name: GroupName
    policy_arn: Arn


class ListAttachedGroupPoliciesRequest(Request, frozen=True, kw_only=True):
    """The group whose managed policies to tell."""

    group_name: GroupName
    path_prefix: PolicyPath | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListAttachedGroupPoliciesResponse(Model, frozen=True, kw_only=True):
    """A page of a group's managed policies."""

    attached_policies: list[AttachedPolicy] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None


class AttachRolePolicyRequest(Request, frozen=True, kw_only=True):
    """A managed policy for a role."""

    role_name: RoleName
    policy_arn: Arn


class DetachRolePolicyRequest(Request, frozen=True, kw_only=True):
    """A managed policy that a role shall not have any more."""

    role_name: RoleName
    policy_arn: Arn


class ListAttachedRolePoliciesRequest(Request, frozen=True, kw_only=True):
    """The role whose managed policies to tell."""

    role_name: RoleName
    path_prefix: PolicyPath | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListAttachedRolePoliciesResponse(Model, frozen=True, kw_only=True):
    """A page of a role's managed policies."""

    attached_policies: list[AttachedPolicy] = field(default_factory=list)
    is_truncated: bool | None = None
    marker: str | None = None
