"""CreateUser · GetUser · ListUsers · UpdateUser · DeleteUser."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.model.iam.records import UserRecord
from radiograph.model.iam.users import (
    CreateUserRequest,
    CreateUserResponse,
    DeleteUserRequest,
    GetUserRequest,
    GetUserResponse,
    ListUsersRequest,
    ListUsersResponse,
    UpdateUserRequest,
    User,
)

from .boundaries import check_boundary
from .context import IamContext
from .entities import check_new, find_user, target_of
from .errors import AlreadyExists, DeleteConflict
from .ids import new_id
from .paging import cut_page
from .quotas import USERS
from .tags import new_tags
from .told import listed_user, told_user

__all__ = ["create_user", "delete_user", "get_user", "list_users", "update_user"]


def create_user(request: CreateUserRequest, ctx: IamContext) -> CreateUserResponse:
    """Give a new user, which may do nothing yet.

    Raises: EntityAlreadyExists, LimitExceeded, NoSuchEntity for the boundary, InvalidInput for tags.
    """
    name = request.user_name
    check_new(ctx.kept.users, name, f"User with name {name} already exists.", USERS)
    user = UserRecord(
        id=new_id("AIDA"),
        name=name,
        path=request.path or "/",
        created_at=ctx.now,
        boundary=check_boundary(request.permissions_boundary, ctx),
        tags=new_tags(request.tags),
    )
    ctx.kept.users.put(user)
    return CreateUserResponse(user=told_user(user, ctx))


def get_user(request: GetUserRequest, ctx: IamContext) -> GetUserResponse:
    """Give the user of a name, or the caller; of the root user, as little as there is.

    Raises: NoSuchEntity.
    """
    if request.user_name is None and ctx.caller.principal.kind == "root":
        root = ctx.caller.principal
        return GetUserResponse(user=User(path="/", user_name="root", user_id=root.id, arn=root.arn, create_date=0.0))
    return GetUserResponse(user=told_user(find_user(request.user_name, ctx), ctx))


def list_users(request: ListUsersRequest, ctx: IamContext) -> ListUsersResponse:
    """Give the users under a path; boundaries and tags only GetUser tells."""
    under = [user for user in ctx.kept.users.all() if user.path.startswith(request.path_prefix or "/")]
    page = cut_page(under, request.marker, request.max_items, lambda user: user.name)
    told = [listed_user(user, ctx) for user in page.items]
    return ListUsersResponse(users=told, is_truncated=page.is_truncated, marker=page.marker)


def update_user(request: UpdateUserRequest, ctx: IamContext) -> None:
    """Give a user another name or path, or both; keys and policies stay, its ARN does not.

    Raises: NoSuchEntity, EntityAlreadyExists.
    """
    user = find_user(request.user_name, ctx)
    name, path = request.new_user_name or user.name, request.new_path or user.path
    taken = ctx.kept.users.like(name)
    if taken is not None and taken.id != user.id:
        raise AlreadyExists(f"User with name {name} already exists.")
    moved = replace(user, name=name, path=path)
    ctx.authorize("iam:UpdateUser", target_of(moved, ctx))
    ctx.kept.users.put(moved)


def delete_user(request: DeleteUserRequest, ctx: IamContext) -> None:
    """Forget a user that has nothing any more.

    Raises: NoSuchEntity, DeleteConflict.
    """
    user = find_user(request.user_name, ctx)
    if ctx.kept.keys.of(user.id):
        raise DeleteConflict("Cannot delete entity, must delete access keys first.")
    if ctx.kept.members.to(user.id):
        raise DeleteConflict("Cannot delete entity, must remove users from group first.")
    if ctx.kept.attachments.to(user.id):
        raise DeleteConflict("Cannot delete entity, must detach all policies first.")
    if user.inline:
        raise DeleteConflict("Cannot delete entity, must delete policies first.")
    if ctx.kept.passwords.of(user.id) is not None:
        raise DeleteConflict("Cannot delete entity, must delete login profile first.")
    ctx.kept.users.remove(user.id)
