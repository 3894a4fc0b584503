"""PutResourcePolicy, ListResourcePolicies and DeleteResourcePolicy."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Model, Request, Timestamp
from radiograph.model.ids import PolicyName

__all__ = [
    "DeleteResourcePolicyRequest",
    "DeleteResourcePolicyResult",
    "ListResourcePoliciesRequest",
    "ListResourcePoliciesResult",
    "PutResourcePolicyRequest",
    "PutResourcePolicyResult",
    "ResourcePolicy",
]

_Token: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100)]


class ResourcePolicy(Model, frozen=True, kw_only=True):
    """Who else may call X-Ray here; ``policy_revision_id`` is a number that every change raises."""

    policy_name: PolicyName
    policy_document: str
    policy_revision_id: str
    last_updated_time: Timestamp


class PutResourcePolicyRequest(Request, frozen=True, kw_only=True):
    """A policy to keep; with a revision, only in place of that one (``0``: only if there is none of its name)."""

    policy_name: PolicyName
    policy_document: str
    policy_revision_id: str | None = None
    bypass_policy_lockout_check: bool | None = None


class PutResourcePolicyResult(Model, frozen=True, kw_only=True):
    """The policy as it is kept."""

    resource_policy: ResourcePolicy


class DeleteResourcePolicyRequest(Request, frozen=True, kw_only=True):
    """The policy to delete; with a revision, only that one."""

    policy_name: PolicyName
    policy_revision_id: str | None = None


class DeleteResourcePolicyResult(Model, frozen=True, kw_only=True):
    """Nothing: the policy is gone."""


class ListResourcePoliciesRequest(Request, frozen=True, kw_only=True):
    """All policies; there is nothing to choose."""

    next_token: _Token | None = None


class ListResourcePoliciesResult(Model, frozen=True, kw_only=True):
    """The policies, by name."""

    resource_policies: list[ResourcePolicy] = field(default_factory=list)
    next_token: _Token | UnsetType = UNSET
