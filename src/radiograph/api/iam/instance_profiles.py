"""Instance profiles, which hold one role each; nothing here takes a role from one, but Terraform makes them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from radiograph.model.iam.instance_profiles import (
    AddRoleToInstanceProfileRequest,
    CreateInstanceProfileRequest,
    CreateInstanceProfileResponse,
    DeleteInstanceProfileRequest,
    GetInstanceProfileRequest,
    GetInstanceProfileResponse,
    InstanceProfile,
    ListInstanceProfilesForRoleRequest,
    ListInstanceProfilesForRoleResponse,
    ListInstanceProfilesRequest,
    ListInstanceProfilesResponse,
    RemoveRoleFromInstanceProfileRequest,
)
from radiograph.model.iam.records import ProfileRecord

from .context import IamContext
from .entities import arn_of, check_new, find_profile, find_role, target_of
from .errors import DeleteConflict, NoSuchEntity
from .ids import new_id
from .paging import Page, cut_page
from .quotas import PROFILES, ROLES_PER_PROFILE
from .tags import new_tags
from .told import listed_role, told_tags

__all__ = [
    "add_role_to_instance_profile",
    "create_instance_profile",
    "delete_instance_profile",
    "get_instance_profile",
    "list_instance_profiles",
    "list_instance_profiles_for_role",
    "remove_role_from_instance_profile",
    "told_profile",
]


def create_instance_profile(request: CreateInstanceProfileRequest, ctx: IamContext) -> CreateInstanceProfileResponse:
    """Give a new instance profile, without a role.

    Raises: EntityAlreadyExists, LimitExceeded, InvalidInput for tags.
    """
    name = request.instance_profile_name
    check_new(ctx.kept.profiles, name, f"Instance Profile {name} already exists.", PROFILES)
    profile = ProfileRecord(
        id=new_id("AIPA"), name=name, path=request.path or "/", created_at=ctx.now, tags=new_tags(request.tags)
    )
    ctx.kept.profiles.put(profile)
    return CreateInstanceProfileResponse(instance_profile=told_profile(profile, ctx))


def get_instance_profile(request: GetInstanceProfileRequest, ctx: IamContext) -> GetInstanceProfileResponse:
    """Give an instance profile.

    Raises: NoSuchEntity.
    """
    return GetInstanceProfileResponse(
        instance_profile=told_profile(find_profile(request.instance_profile_name, ctx), ctx)
    )


def list_instance_profiles(request: ListInstanceProfilesRequest, ctx: IamContext) -> ListInstanceProfilesResponse:
    """Give the instance profiles under a path."""
    under = [one for one in ctx.kept.profiles.all() if one.path.startswith(request.path_prefix or "/")]
    page = _page(under, request.marker, request.max_items, ctx)
    return ListInstanceProfilesResponse(
        instance_profiles=page.items, is_truncated=page.is_truncated, marker=page.marker
    )


def delete_instance_profile(request: DeleteInstanceProfileRequest, ctx: IamContext) -> None:
    """Forget an instance profile without a role.

    Raises: NoSuchEntity, DeleteConflict.
    """
    profile = find_profile(request.instance_profile_name, ctx)
    if profile.role_id is not None:
        raise DeleteConflict("Cannot delete entity, must remove roles from instance profile first.")
    ctx.kept.profiles.remove(profile.id)


def add_role_to_instance_profile(request: AddRoleToInstanceProfileRequest, ctx: IamContext) -> None:
    """Put the one role into an instance profile; the caller must be allowed to pass it on.

    Raises: NoSuchEntity, LimitExceeded, AccessDenied.
    """
    profile = find_profile(request.instance_profile_name, ctx)
    role = find_role(request.role_name, ctx)
    passing = target_of(role, ctx)
    ctx.authorize("iam:PassRole", replace(passing, keys={**passing.keys, "iam:passedtoservice": "ec2.amazonaws.com"}))
    ROLES_PER_PROFILE.check(1 if profile.role_id is None else 2)
    ctx.kept.profiles.put(replace(profile, role_id=role.id))


def remove_role_from_instance_profile(request: RemoveRoleFromInstanceProfileRequest, ctx: IamContext) -> None:
    """Take the role out of an instance profile.

    Raises: NoSuchEntity.
    """
    profile = find_profile(request.instance_profile_name, ctx)
    role = find_role(request.role_name, ctx)
    if profile.role_id != role.id:
        raise NoSuchEntity(f"Role {role.name} in instance profile {profile.name} cannot be found.")
    ctx.kept.profiles.put(replace(profile, role_id=None))


def list_instance_profiles_for_role(
    request: ListInstanceProfilesForRoleRequest, ctx: IamContext
) -> ListInstanceProfilesForRoleResponse:
    """Give the instance profiles that have a role.

    Raises: NoSuchEntity.
    """
    role = find_role(request.role_name, ctx)
    having = [one for one in ctx.kept.profiles.all() if one.role_id == role.id]
    page = _page(having, request.marker, request.max_items, ctx)
    return ListInstanceProfilesForRoleResponse(
        instance_profiles=page.items, is_truncated=page.is_truncated, marker=page.marker
    )


def told_profile(profile: ProfileRecord, ctx: IamContext) -> InstanceProfile:
    """Give an instance profile as answers have it."""
    role = ctx.kept.roles.with_id(profile.role_id) if profile.role_id is not None else None
    return InstanceProfile(
        path=profile.path,
        instance_profile_name=profile.name,
        instance_profile_id=profile.id,
        arn=arn_of(profile, ctx),
        create_date=profile.created_at,
        roles=[] if role is None else [listed_role(role, ctx)],
        tags=told_tags(profile.tags),
    )


def _page(
    profiles: Sequence[ProfileRecord], marker: str | None, most: int | None, ctx: IamContext
) -> Page[InstanceProfile]:
    page = cut_page(profiles, marker, most, lambda profile: profile.name)
    return Page([replace(told_profile(one, ctx), tags=None) for one in page.items], page.marker)
