"""Tag, Untag and List…Tags of users, roles, policies, instance profiles and OpenID Connect providers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from radiograph.model.iam.tags import (
    ListInstanceProfileTagsRequest,
    ListInstanceProfileTagsResponse,
    ListOpenIDConnectProviderTagsRequest,
    ListOpenIDConnectProviderTagsResponse,
    ListPolicyTagsRequest,
    ListPolicyTagsResponse,
    ListRoleTagsRequest,
    ListRoleTagsResponse,
    ListUserTagsRequest,
    ListUserTagsResponse,
    Tag,
    TagInstanceProfileRequest,
    TagOpenIDConnectProviderRequest,
    TagPolicyRequest,
    TagRoleRequest,
    TagUserRequest,
    UntagInstanceProfileRequest,
    UntagOpenIDConnectProviderRequest,
    UntagPolicyRequest,
    UntagRoleRequest,
    UntagUserRequest,
)

from .by_arn import find_own_policy, find_policy, find_provider
from .context import IamContext
from .entities import find_profile, find_role, find_user
from .errors import InvalidInput, LimitExceeded
from .paging import Page, cut_page
from .quotas import TAGS
from .told import told_tags

__all__ = [
    "list_instance_profile_tags",
    "list_openid_connect_provider_tags",
    "list_policy_tags",
    "list_role_tags",
    "list_user_tags",
    "new_tags",
    "tag_instance_profile",
    "tag_openid_connect_provider",
    "tag_policy",
    "tag_role",
    "tag_user",
    "untag_instance_profile",
    "untag_openid_connect_provider",
    "untag_policy",
    "untag_role",
    "untag_user",
]

Tags = dict[str, str]


def new_tags(tags: Sequence[Tag] | None) -> Tags:
    """Give the tags of something new.

    Raises: InvalidInput for a key that is there twice, in whatever case, or is AWS's.
    """
    return _with({}, tags or [])


def tag_user(request: TagUserRequest, ctx: IamContext) -> None:
    """Put tags to a user. Raises: NoSuchEntity, InvalidInput, LimitExceeded."""
    user = find_user(request.user_name, ctx)
    ctx.kept.users.put(replace(user, tags=_with(user.tags, request.tags)))


def untag_user(request: UntagUserRequest, ctx: IamContext) -> None:
    """Take tags from a user. Raises: NoSuchEntity."""
    user = find_user(request.user_name, ctx)
    ctx.kept.users.put(replace(user, tags=_without(user.tags, request.tag_keys)))


def list_user_tags(request: ListUserTagsRequest, ctx: IamContext) -> ListUserTagsResponse:
    """Give a user's tags. Raises: NoSuchEntity."""
    page = _page(find_user(request.user_name, ctx).tags, request.marker, request.max_items)
    return ListUserTagsResponse(tags=page.items, is_truncated=page.is_truncated, marker=page.marker)


def tag_role(request: TagRoleRequest, ctx: IamContext) -> None:
    """Put tags to a role. Raises: NoSuchEntity, InvalidInput, LimitExceeded."""
    role = find_role(request.role_name, ctx)
    ctx.kept.roles.put(replace(role, tags=_with(role.tags, request.tags)))


def untag_role(request: UntagRoleRequest, ctx: IamContext) -> None:
    """Take tags from a role. Raises: NoSuchEntity."""
    role = find_role(request.role_name, ctx)
    ctx.kept.roles.put(replace(role, tags=_without(role.tags, request.tag_keys)))


def list_role_tags(request: ListRoleTagsRequest, ctx: IamContext) -> ListRoleTagsResponse:
    """Give a role's tags. Raises: NoSuchEntity."""
    page = _page(find_role(request.role_name, ctx).tags, request.marker, request.max_items)
    return ListRoleTagsResponse(tags=page.items, is_truncated=page.is_truncated, marker=page.marker)


def tag_policy(request: TagPolicyRequest, ctx: IamContext) -> None:
    """Put tags to a managed policy. Raises: NoSuchEntity, InvalidInput, LimitExceeded."""
    policy = find_own_policy(request.policy_arn, ctx)
    ctx.kept.policies.put(replace(policy, tags=_with(policy.tags, request.tags)))


def untag_policy(request: UntagPolicyRequest, ctx: IamContext) -> None:
    """Take tags from a managed policy. Raises: NoSuchEntity."""
    policy = find_own_policy(request.policy_arn, ctx)
    ctx.kept.policies.put(replace(policy, tags=_without(policy.tags, request.tag_keys)))


def list_policy_tags(request: ListPolicyTagsRequest, ctx: IamContext) -> ListPolicyTagsResponse:
    """Give a managed policy's tags. Raises: NoSuchEntity."""
    page = _page(find_policy(request.policy_arn, ctx).tags, request.marker, request.max_items)
    return ListPolicyTagsResponse(tags=page.items, is_truncated=page.is_truncated, marker=page.marker)


def tag_instance_profile(request: TagInstanceProfileRequest, ctx: IamContext) -> None:
    """Put tags to an instance profile. Raises: NoSuchEntity, InvalidInput, LimitExceeded."""
    profile = find_profile(request.instance_profile_name, ctx)
    ctx.kept.profiles.put(replace(profile, tags=_with(profile.tags, request.tags)))


def untag_instance_profile(request: UntagInstanceProfileRequest, ctx: IamContext) -> None:
    """Take tags from an instance profile. Raises: NoSuchEntity."""
    profile = find_profile(request.instance_profile_name, ctx)
    ctx.kept.profiles.put(replace(profile, tags=_without(profile.tags, request.tag_keys)))


def list_instance_profile_tags(
    request: ListInstanceProfileTagsRequest, ctx: IamContext
) -> ListInstanceProfileTagsResponse:
    """Give an instance profile's tags. Raises: NoSuchEntity."""
    page = _page(find_profile(request.instance_profile_name, ctx).tags, request.marker, request.max_items)
    return ListInstanceProfileTagsResponse(tags=page.items, is_truncated=page.is_truncated, marker=page.marker)


def tag_openid_connect_provider(request: TagOpenIDConnectProviderRequest, ctx: IamContext) -> None:
    """Put tags to a provider. Raises: NoSuchEntity, InvalidInput, LimitExceeded."""
    provider = find_provider(request.openid_connect_provider_arn, ctx)
    ctx.kept.providers.put(replace(provider, tags=_with(provider.tags, request.tags)))


def untag_openid_connect_provider(request: UntagOpenIDConnectProviderRequest, ctx: IamContext) -> None:
    """Take tags from a provider. Raises: NoSuchEntity."""
    provider = find_provider(request.openid_connect_provider_arn, ctx)
    ctx.kept.providers.put(replace(provider, tags=_without(provider.tags, request.tag_keys)))


def list_openid_connect_provider_tags(
    request: ListOpenIDConnectProviderTagsRequest, ctx: IamContext
) -> ListOpenIDConnectProviderTagsResponse:
    """Give a provider's tags. Raises: NoSuchEntity."""
    page = _page(find_provider(request.openid_connect_provider_arn, ctx).tags, request.marker, request.max_items)
    return ListOpenIDConnectProviderTagsResponse(tags=page.items, is_truncated=page.is_truncated, marker=page.marker)


def _with(before: Tags, tags: Sequence[Tag]) -> Tags:
    """Give tags with further ones in place of those with their keys, of which the case is not asked."""
    given = {tag.key.lower() for tag in tags}
    if len(given) < len(tags):
        raise InvalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
    for tag in tags:
        if tag.key.lower().startswith("aws:"):
            raise InvalidInput(f"The tag key {tag.key} begins with aws:, which is AWS's; any other is accepted.")
    after = {key: value for key, value in before.items() if key.lower() not in given}
    after |= {tag.key: tag.value for tag in tags}
    if len(after) > TAGS:
        raise LimitExceeded(f"The number of tags has reached the maximum limit: {TAGS}")
    return after


def _without(before: Tags, keys: Sequence[str]) -> Tags:
    taken = {key.lower() for key in keys}
    return {key: value for key, value in before.items() if key.lower() not in taken}


def _page(tags: Tags, marker: str | None, most: int | None) -> Page[Tag]:
    return cut_page(told_tags(tags) or [], marker, most, lambda tag: tag.key)
