"""Policies that are part of one user, group or role."""

from __future__ import annotations

from radiograph.model.iam.base import Model, Request
from radiograph.model.iam.ids import ExistingUserName, GroupName, Marker, MaxItems, PolicyDocument, PolicyName, RoleName

__all__ = [
    "DeleteGroupPolicyRequest",
    "DeleteRolePolicyRequest",
    "DeleteUserPolicyRequest",
    "GetGroupPolicyRequest",
    "GetGroupPolicyResponse",
    "GetRolePolicyRequest",
    "GetRolePolicyResponse",
    "GetUserPolicyRequest",
    "GetUserPolicyResponse",
    "ListGroupPoliciesRequest",
    "ListGroupPoliciesResponse",
    "ListRolePoliciesRequest",
    "ListRolePoliciesResponse",
    "ListUserPoliciesRequest",
    "ListUserPoliciesResponse",
    "PutGroupPolicyRequest",
    "PutRolePolicyRequest",
    "PutUserPolicyRequest",
]


class PutUserPolicyRequest(Request, frozen=True, kw_only=True):
    """A policy that is part of a user."""

    user_name: ExistingUserName
    policy_name: PolicyName
    policy_document: PolicyDocument


class GetUserPolicyRequest(Request, frozen=True, kw_only=True):
    """The policy of a user to tell."""

    user_name: ExistingUserName
    policy_name: PolicyName


class GetUserPolicyResponse(Model, frozen=True, kw_only=True):
    """The policy with its document."""

    user_name: str
    policy_name: str
    policy_document: str


class ListUserPoliciesRequest(Request, frozen=True, kw_only=True):
    """The user whose own policies to name."""

    user_name: ExistingUserName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListUserPoliciesResponse(Model, frozen=True, kw_only=True):
    """A page of names."""

    policy_names: list[str]
    is_truncated: bool | None = None
    marker: str | None = None


class DeleteUserPolicyRequest(Request, frozen=True, kw_only=True):
    """The policy of a user to delete."""

    user_name: ExistingUserName
    policy_name: PolicyName


class PutGroupPolicyRequest(Request, frozen=True, kw_only=True):
    """A policy that is part of a group."""

    group_name: GroupName
    policy_name: PolicyName
    policy_document: PolicyDocument


class GetGroupPolicyRequest(Request, frozen=True, kw_only=True):
    """The policy of a group to tell."""

    group_name: GroupName
    policy_name: PolicyName


class GetGroupPolicyResponse(Model, frozen=True, kw_only=True):
    """The policy with its document."""

    group_name: str
    policy_name: str
    policy_document: str


class ListGroupPoliciesRequest(Request, frozen=True, kw_only=True):
    """The group whose own policies to name."""

    group_name: GroupName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListGroupPoliciesResponse(Model, frozen=True, kw_only=True):
    """A page of names."""

    policy_names: list[str]
    is_truncated: bool | None = None
    marker: str | None = None


class DeleteGroupPolicyRequest(Request, frozen=True, kw_only=True):
    """The policy of a group to delete."""

    group_name: GroupName
    policy_name: PolicyName


class PutRolePolicyRequest(Request, frozen=True, kw_only=True):
    """A policy that is part of a role."""

    role_name: RoleName
    policy_name: PolicyName
    policy_document: PolicyDocument


class GetRolePolicyRequest(Request, frozen=True, kw_only=True):
    """The policy of a role to tell."""

    role_name: RoleName
    policy_name: PolicyName


class GetRolePolicyResponse(Model, frozen=True, kw_only=True):
    """The policy with its document."""

    role_name: str
    policy_name: str
    policy_document: str


class ListRolePoliciesRequest(Request, frozen=True, kw_only=True):
    """The role whose own policies to name."""

    role_name: RoleName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListRolePoliciesResponse(Model, frozen=True, kw_only=True):
    """A page of names."""

    policy_names: list[str]
    is_truncated: bool | None = None
    marker: str | None = None


class DeleteRolePolicyRequest(Request, frozen=True, kw_only=True):
    """The policy of a role to delete."""

    role_name: RoleName
    policy_name: PolicyName
