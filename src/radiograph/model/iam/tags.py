"""Tags of users, roles, policies, instance profiles and providers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from radiograph.model.iam.base import Model, Request
from radiograph.model.iam.ids import (
    Arn,
    ExistingUserName,
    InstanceProfileName,
    Marker,
    MaxItems,
    RoleName,
    TagKey,
    TagValue,
)

__all__ = [
    "ListInstanceProfileTagsRequest",
    "ListInstanceProfileTagsResponse",
    "ListOpenIDConnectProviderTagsRequest",
    "ListOpenIDConnectProviderTagsResponse",
    "ListPolicyTagsRequest",
    "ListPolicyTagsResponse",
    "ListRoleTagsRequest",
    "ListRoleTagsResponse",
    "ListUserTagsRequest",
    "ListUserTagsResponse",
    "Tag",
    "TagInstanceProfileRequest",
    "TagOpenIDConnectProviderRequest",
    "TagPolicyRequest",
    "TagRoleRequest",
    "TagUserRequest",
    "UntagInstanceProfileRequest",
    "UntagOpenIDConnectProviderRequest",
    "UntagPolicyRequest",
    "UntagRoleRequest",
    "UntagUserRequest",
]


class Tag(Request, frozen=True, kw_only=True):
    """A key and its value; keys differ by more than their case."""

    key: TagKey
    value: TagValue


class TagUserRequest(Request, frozen=True, kw_only=True):
    """Tags for a user, in place of those with their keys."""

    user_name: ExistingUserName
    tags: Annotated[list[Tag], Meta(max_length=50)]


class UntagUserRequest(Request, frozen=True, kw_only=True):
    """The keys of the tags to take from a user."""

    user_name: ExistingUserName
    tag_keys: Annotated[list[TagKey], Meta(max_length=50)]


class ListUserTagsRequest(Request, frozen=True, kw_only=True):
    """The user whose tags to tell."""

    user_name: ExistingUserName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListUserTagsResponse(Model, frozen=True, kw_only=True):
    """A page of tags, by key."""

    tags: list[Tag]
    is_truncated: bool | None = None
    marker: str | None = None


class TagRoleRequest(Request, frozen=True, kw_only=True):
    """Tags for a role, in place of those with their keys."""

    role_name: RoleName
    tags: Annotated[list[Tag], Meta(max_length=50)]


class UntagRoleRequest(Request, frozen=True, kw_only=True):
    """The keys of the tags to take from a role."""

    role_name: RoleName
    tag_keys: Annotated[list[TagKey], Meta(max_length=50)]


class ListRoleTagsRequest(Request, frozen=True, kw_only=True):
    """The role whose tags to tell."""

    role_name: RoleName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListRoleTagsResponse(Model, frozen=True, kw_only=True):
    """A page of tags, by key."""

    tags: list[Tag]
    is_truncated: bool | None = None
    marker: str | None = None


class TagPolicyRequest(Request, frozen=True, kw_only=True):
    """Tags for a managed policy, in place of those with their keys."""

    policy_arn: Arn
    tags: Annotated[list[Tag], Meta(max_length=50)]


class UntagPolicyRequest(Request, frozen=True, kw_only=True):
    """The keys of the tags to take from a managed policy."""

    policy_arn: Arn
    tag_keys: Annotated[list[TagKey], Meta(max_length=50)]


class ListPolicyTagsRequest(Request, frozen=True, kw_only=True):
    """The managed policy whose tags to tell."""

    policy_arn: Arn
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListPolicyTagsResponse(Model, frozen=True, kw_only=True):
    """A page of tags, by key."""

    tags: list[Tag]
    is_truncated: bool | None = None
    marker: str | None = None


class TagInstanceProfileRequest(Request, frozen=True, kw_only=True):
    """Tags for an instance profile, in place of those with their keys."""

    instance_profile_name: InstanceProfileName
    tags: Annotated[list[Tag], Meta(max_length=50)]


class UntagInstanceProfileRequest(Request, frozen=True, kw_only=True):
    """The keys of the tags to take from an instance profile."""

    instance_profile_name: InstanceProfileName
    tag_keys: Annotated[list[TagKey], Meta(max_length=50)]


class ListInstanceProfileTagsRequest(Request, frozen=True, kw_only=True):
    """The instance profile whose tags to tell."""

    instance_profile_name: InstanceProfileName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListInstanceProfileTagsResponse(Model, frozen=True, kw_only=True):
    """A page of tags, by key."""

    tags: list[Tag]
    is_truncated: bool | None = None
    marker: str | None = None


class TagOpenIDConnectProviderRequest(Request, frozen=True, kw_only=True):
    """Tags for a provider, in place of those with their keys."""

    openid_connect_provider_arn: Arn
    tags: Annotated[list[Tag], Meta(max_length=50)]


class UntagOpenIDConnectProviderRequest(Request, frozen=True, kw_only=True):
    """The keys of the tags to take from a provider."""

    openid_connect_provider_arn: Arn
    tag_keys: Annotated[list[TagKey], Meta(max_length=50)]


class ListOpenIDConnectProviderTagsRequest(Request, frozen=True, kw_only=True):
    """The provider whose tags to tell."""

    openid_connect_provider_arn: Arn
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListOpenIDConnectProviderTagsResponse(Model, frozen=True, kw_only=True):
    """A page of tags, by key."""

    tags: list[Tag]
    is_truncated: bool | None = None
    marker: str | None = None
