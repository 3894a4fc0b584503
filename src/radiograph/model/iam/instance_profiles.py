"""Instance profiles, which Terraform makes beside roles."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import InstanceProfileName, Marker, MaxItems, Path, PathPrefix, RoleName
from radiograph.model.iam.roles import Role
from radiograph.model.iam.tags import Tag

__all__ = [
    "AddRoleToInstanceProfileRequest",
    "CreateInstanceProfileRequest",
    "CreateInstanceProfileResponse",
    "DeleteInstanceProfileRequest",
    "GetInstanceProfileRequest",
    "GetInstanceProfileResponse",
    "InstanceProfile",
    "ListInstanceProfilesForRoleRequest",
    "ListInstanceProfilesForRoleResponse",
    "ListInstanceProfilesRequest",
    "ListInstanceProfilesResponse",
    "RemoveRoleFromInstanceProfileRequest",
]


class InstanceProfile(Model, frozen=True, kw_only=True):
    """A box for one role, which EC2 instances are given."""

    path: str
    instance_profile_name: str
    instance_profile_id: str
    arn: str
    create_date: Timestamp
    roles: list[Role]
    tags: list[Tag] | None = None


class CreateInstanceProfileRequest(Request, frozen=True, kw_only=True):
    """A new instance profile."""

    instance_profile_name: InstanceProfileName
    path: Path | None = None
    tags: Annotated[list[Tag], Meta(max_length=50)] | None = None


class CreateInstanceProfileResponse(Model, frozen=True, kw_only=True):
    """The instance profile as it was made."""

    instance_profile: InstanceProfile


class GetInstanceProfileRequest(Request, frozen=True, kw_only=True):
    """The instance profile to tell of."""

    instance_profile_name: InstanceProfileName


class GetInstanceProfileResponse(Model, frozen=True, kw_only=True):
    """The instance profile asked for."""

    instance_profile: InstanceProfile


class ListInstanceProfilesRequest(Request, frozen=True, kw_only=True):
    """The instance profiles under a path."""

    path_prefix: PathPrefix | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListInstanceProfilesResponse(Model, frozen=True, kw_only=True):
    """A page of instance profiles, by name."""

    instance_profiles: list[InstanceProfile]
    is_truncated: bool | None = None
    marker: str | None = None


class DeleteInstanceProfileRequest(Request, frozen=True, kw_only=True):
    """The instance profile to delete, which must be empty."""

    instance_profile_name: InstanceProfileName


class AddRoleToInstanceProfileRequest(Request, frozen=True, kw_only=True):
    """The one role of an instance profile."""

    instance_profile_name: InstanceProfileName
    role_name: RoleName


class RemoveRoleFromInstanceProfileRequest(Request, frozen=True, kw_only=True):
    """The role to take out of an instance profile."""

    instance_profile_name: InstanceProfileName
    role_name: RoleName


class ListInstanceProfilesForRoleRequest(Request, frozen=True, kw_only=True):
    """The role of which to tell where it is."""

    role_name: RoleName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListInstanceProfilesForRoleResponse(Model, frozen=True, kw_only=True):
    """A page of instance profiles that have the role."""

    instance_profiles: list[InstanceProfile]
    is_truncated: bool | None = None
    marker: str | None = None
