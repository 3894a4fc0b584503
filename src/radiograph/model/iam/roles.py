"""Roles, and the boundaries of what they may do."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import (
    Arn,
    Marker,
    MaxItems,
    MaxSessionDuration,
    Path,
    PathPrefix,
    PolicyDocument,
    RoleDescription,
    RoleName,
)
from radiograph.model.iam.policies import AttachedPermissionsBoundary
from radiograph.model.iam.tags import Tag

__all__ = [
    "CreateRoleRequest",
    "CreateRoleResponse",
    "DeleteRolePermissionsBoundaryRequest",
    "DeleteRoleRequest",
    "GetRoleRequest",
    "GetRoleResponse",
    "ListRolesRequest",
    "ListRolesResponse",
    "PutRolePermissionsBoundaryRequest",
    "Role",
    "RoleLastUsed",
    "UpdateAssumeRolePolicyRequest",
    "UpdateRoleDescriptionRequest",
    "UpdateRoleDescriptionResponse",
    "UpdateRoleRequest",
    "UpdateRoleResponse",
]


class Role(Model, frozen=True, kw_only=True):
    """What others may become for a while; its trust policy says who."""

    path: str
    role_name: str
    role_id: str
    arn: str
    create_date: Timestamp
    assume_role_policy_document: str | None = None
    description: str | None = None
    max_session_duration: int | None = None
    permissions_boundary: AttachedPermissionsBoundary | None = None
    tags: list[Tag] | None = None
    role_last_used: RoleLastUsed | None = None


class RoleLastUsed(Model, frozen=True, kw_only=True):
    """When a session of a role last signed something, and where; empty when never."""

    last_used_date: Timestamp | None = None
    region: str | None = None


class CreateRoleRequest(Request, frozen=True, kw_only=True):
    """A new role and whom it trusts."""

    path: Path | None = None
    role_name: RoleName
    assume_role_policy_document: PolicyDocument
    description: RoleDescription | None = None
    max_session_duration: MaxSessionDuration | None = None
    permissions_boundary: Arn | None = None
    tags: Annotated[list[Tag], Meta(max_length=50)] | None = None


class CreateRoleResponse(Model, frozen=True, kw_only=True):
    """The role as it was made."""

    role: Role


class GetRoleRequest(Request, frozen=True, kw_only=True):
    """The role to tell of."""

    role_name: RoleName


class GetRoleResponse(Model, frozen=True, kw_only=True):
    """The role asked for."""

    role: Role


class ListRolesRequest(Request, frozen=True, kw_only=True):
    """The roles under a path."""

    path_prefix: PathPrefix | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListRolesResponse(Model, frozen=True, kw_only=True):
    """A page of roles, by name."""

    roles: list[Role]
    is_truncated: bool | None = None
    marker: str | None = None


class UpdateRoleRequest(Request, frozen=True, kw_only=True):
    """What is to change of a role; what is absent stays."""

    role_name: RoleName
    description: RoleDescription | None = None
    max_session_duration: MaxSessionDuration | None = None


class UpdateRoleResponse(Model, frozen=True, kw_only=True):
    """Nothing: the role is changed."""


class UpdateRoleDescriptionRequest(Request, frozen=True, kw_only=True):
    """A role's new description."""

    role_name: RoleName
    description: RoleDescription


class UpdateRoleDescriptionResponse(Model, frozen=True, kw_only=True):
    """The role as it is now."""

    role: Role | None = None


class UpdateAssumeRolePolicyRequest(Request, frozen=True, kw_only=True):
    """Whom a role trusts from now on."""

    role_name: RoleName
    policy_document: PolicyDocument


class DeleteRoleRequest(Request, frozen=True, kw_only=True):
    """The role to delete, which must have nothing any more."""

    role_name: RoleName


class PutRolePermissionsBoundaryRequest(Request, frozen=True, kw_only=True):
    """The managed policy that bounds what a role may ever do."""

    role_name: RoleName
    permissions_boundary: Arn


class DeleteRolePermissionsBoundaryRequest(Request, frozen=True, kw_only=True):
    """The role that is no longer bounded."""

    role_name: RoleName
