"""CreateRole · GetRole · ListRoles · UpdateRole · UpdateRoleDescription · UpdateAssumeRolePolicy · DeleteRole."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.auth.policy import MOST_TRUST
from radiograph.model.iam.records import RoleRecord
from radiograph.model.iam.roles import (
    CreateRoleRequest,
    CreateRoleResponse,
    DeleteRoleRequest,
    GetRoleRequest,
    GetRoleResponse,
    ListRolesRequest,
    ListRolesResponse,
    UpdateAssumeRolePolicyRequest,
    UpdateRoleDescriptionRequest,
    UpdateRoleDescriptionResponse,
    UpdateRoleRequest,
    UpdateRoleResponse,
)

from .boundaries import check_boundary
from .context import IamContext
from .documents import check_document, check_size
from .entities import check_new, find_role
from .errors import DeleteConflict
from .ids import new_id
from .paging import cut_page
from .quotas import ROLES
from .tags import new_tags
from .told import listed_role, told_role

__all__ = [
    "create_role",
    "delete_role",
    "get_role",
    "list_roles",
    "update_assume_role_policy",
    "update_role",
    "update_role_description",
]

_USUAL_S = 3600


def create_role(request: CreateRoleRequest, ctx: IamContext) -> CreateRoleResponse:
    """Give a new role, which may do nothing yet.

    Raises: EntityAlreadyExists, LimitExceeded, MalformedPolicyDocument, NoSuchEntity for the boundary, InvalidInput.
    """
    name = request.role_name
    check_new(ctx.kept.roles, name, f"Role with name {name} already exists.", ROLES)
    role = RoleRecord(
        id=new_id("AROA"),
        name=name,
        path=request.path or "/",
        created_at=ctx.now,
        trust=_checked(request.assume_role_policy_document),
        description=request.description,
        longest_s=request.max_session_duration or _USUAL_S,
        boundary=check_boundary(request.permissions_boundary, ctx),
        tags=new_tags(request.tags),
    )
    ctx.kept.roles.put(role)
    return CreateRoleResponse(role=told_role(role, ctx))


def get_role(request: GetRoleRequest, ctx: IamContext) -> GetRoleResponse:
    """Give a role.

    Raises: NoSuchEntity.
    """
    return GetRoleResponse(role=told_role(find_role(request.role_name, ctx), ctx))


def list_roles(request: ListRolesRequest, ctx: IamContext) -> ListRolesResponse:
    """Give the roles under a path; boundaries, tags and last use only GetRole tells."""
    under = [role for role in ctx.kept.roles.all() if role.path.startswith(request.path_prefix or "/")]
    page = cut_page(under, request.marker, request.max_items, lambda role: role.name)
    told = [listed_role(role, ctx) for role in page.items]
    return ListRolesResponse(roles=told, is_truncated=page.is_truncated, marker=page.marker)


def update_role(request: UpdateRoleRequest, ctx: IamContext) -> UpdateRoleResponse:
    """Change how long a role's sessions may last, an hour if it is not said, and its description if it is said.

    Raises: NoSuchEntity.
    """
    role = find_role(request.role_name, ctx)
    longest_s = request.max_session_duration or _USUAL_S
    description = role.description if request.description is None else request.description
    ctx.kept.roles.put(replace(role, description=description, longest_s=longest_s))
    return UpdateRoleResponse()


def update_role_description(request: UpdateRoleDescriptionRequest, ctx: IamContext) -> UpdateRoleDescriptionResponse:
    """Give a role with another description.

    Raises: NoSuchEntity.
    """
    role = replace(find_role(request.role_name, ctx), description=request.description)
    ctx.kept.roles.put(role)
    return UpdateRoleDescriptionResponse(role=told_role(role, ctx))


def update_assume_role_policy(request: UpdateAssumeRolePolicyRequest, ctx: IamContext) -> None:
    """Say anew whom a role trusts.

    Raises: NoSuchEntity, MalformedPolicyDocument, LimitExceeded.
    """
    role = find_role(request.role_name, ctx)
    ctx.kept.roles.put(replace(role, trust=_checked(request.policy_document)))


def delete_role(request: DeleteRoleRequest, ctx: IamContext) -> None:
    """Forget a role that has nothing any more; its sessions are over at once.

    Raises: NoSuchEntity, DeleteConflict.
    """
    role = find_role(request.role_name, ctx)
    if any(profile.role_id == role.id for profile in ctx.kept.profiles.all()):
        raise DeleteConflict("Cannot delete entity, must remove roles from instance profile first.")
    if ctx.kept.attachments.to(role.id):
        raise DeleteConflict("Cannot delete entity, must detach all policies first.")
    if role.inline:
        raise DeleteConflict("Cannot delete entity, must delete policies first.")
    ctx.kept.roles.remove(role.id)


def _checked(document: str) -> str:
    check_document(document, "trust")
    check_size([document], MOST_TRUST, f"Cannot exceed quota for ACLSizePerRole: {MOST_TRUST}")
    return document
