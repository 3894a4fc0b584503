"""Put/DeleteUserPermissionsBoundary · Put/DeleteRolePermissionsBoundary."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.errors import InvalidRequest
from radiograph.model.iam.roles import DeleteRolePermissionsBoundaryRequest, PutRolePermissionsBoundaryRequest
from radiograph.model.iam.users import DeleteUserPermissionsBoundaryRequest, PutUserPermissionsBoundaryRequest

from .by_arn import known_policy
from .context import IamContext
from .entities import find_role, find_user
from .errors import NoSuchEntity

__all__ = [
    "check_boundary",
    "delete_role_permissions_boundary",
    "delete_user_permissions_boundary",
    "put_role_permissions_boundary",
    "put_user_permissions_boundary",
]


def put_user_permissions_boundary(request: PutUserPermissionsBoundaryRequest, ctx: IamContext) -> None:
    """Bound what a user may ever do.

    Raises: NoSuchEntity.
    """
    user = find_user(request.user_name, ctx)
    ctx.kept.users.put(replace(user, boundary=check_boundary(request.permissions_boundary, ctx)))


def delete_user_permissions_boundary(request: DeleteUserPermissionsBoundaryRequest, ctx: IamContext) -> None:
    """Bound a user no longer, if it was.

    Raises: NoSuchEntity.
    """
    ctx.kept.users.put(replace(find_user(request.user_name, ctx), boundary=None))


def put_role_permissions_boundary(request: PutRolePermissionsBoundaryRequest, ctx: IamContext) -> None:
    """Bound what a role may ever do.

    Raises: NoSuchEntity.
    """
    role = find_role(request.role_name, ctx)
    ctx.kept.roles.put(replace(role, boundary=check_boundary(request.permissions_boundary, ctx)))


def delete_role_permissions_boundary(request: DeleteRolePermissionsBoundaryRequest, ctx: IamContext) -> None:
    """Bound a role no longer, if it was.

    Raises: NoSuchEntity.
    """
    ctx.kept.roles.put(replace(find_role(request.role_name, ctx), boundary=None))


def check_boundary(arn: str | None, ctx: IamContext) -> str | None:
    """Give the ARN of a boundary, which is that of a managed policy; None for none.

    Raises: NoSuchEntity, InvalidRequest.
    """
    if arn is not None and known_policy(arn, ctx.account, ctx.kept) is None:
        if not arn.startswith("arn:"):
            raise InvalidRequest(f"ARN {arn} is not valid.")
        raise NoSuchEntity(f"Scope ARN: {arn} does not exist or is not attachable.")
    return arn
