"""CreateGroup · GetGroup · ListGroups · UpdateGroup · DeleteGroup, and who is a member."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.model.iam.groups import (
    AddUserToGroupRequest,
    CreateGroupRequest,
    CreateGroupResponse,
    DeleteGroupRequest,
    GetGroupRequest,
    GetGroupResponse,
    ListGroupsForUserRequest,
    ListGroupsForUserResponse,
    ListGroupsRequest,
    ListGroupsResponse,
    RemoveUserFromGroupRequest,
    UpdateGroupRequest,
)
from radiograph.model.iam.records import GroupRecord, UserRecord

from .context import IamContext
from .entities import check_new, find_group, find_user, target_of
from .errors import AlreadyExists, DeleteConflict, NoSuchEntity
from .ids import new_id
from .paging import cut_page
from .quotas import GROUPS, GROUPS_PER_USER
from .told import listed_user, told_group

__all__ = [
    "add_user_to_group",
    "create_group",
    "delete_group",
    "get_group",
    "groups_of",
    "list_groups",
    "list_groups_for_user",
    "remove_user_from_group",
    "update_group",
]


def create_group(request: CreateGroupRequest, ctx: IamContext) -> CreateGroupResponse:
    """Give a new group, without members or policies.

    Raises: EntityAlreadyExists, LimitExceeded.
    """
    name = request.group_name
    check_new(ctx.kept.groups, name, f"Group with name {name} already exists.", GROUPS)
    group = GroupRecord(id=new_id("AGPA"), name=name, path=request.path or "/", created_at=ctx.now)
    ctx.kept.groups.put(group)
    return CreateGroupResponse(group=told_group(group, ctx))


def get_group(request: GetGroupRequest, ctx: IamContext) -> GetGroupResponse:
    """Give a group and its members.

    Raises: NoSuchEntity.
    """
    group = find_group(request.group_name, ctx)
    ids = ctx.kept.members.of(group.id)
    users = sorted((user for id_ in ids if (user := ctx.kept.users.with_id(id_))), key=lambda user: user.name)
    page = cut_page(users, request.marker, request.max_items, lambda user: user.name)
    return GetGroupResponse(
        group=told_group(group, ctx),
        users=[listed_user(user, ctx) for user in page.items],
        is_truncated=page.is_truncated,
        marker=page.marker,
    )


def list_groups(request: ListGroupsRequest, ctx: IamContext) -> ListGroupsResponse:
    """Give the groups under a path."""
    under = [group for group in ctx.kept.groups.all() if group.path.startswith(request.path_prefix or "/")]
    page = cut_page(under, request.marker, request.max_items, lambda group: group.name)
    told = [told_group(group, ctx) for group in page.items]
    return ListGroupsResponse(groups=told, is_truncated=page.is_truncated, marker=page.marker)


def update_group(request: UpdateGroupRequest, ctx: IamContext) -> None:
    """Give a group another name or path, or both.

    Raises: NoSuchEntity, EntityAlreadyExists.
    """
    group = find_group(request.group_name, ctx)
    name, path = request.new_group_name or group.name, request.new_path or group.path
    taken = ctx.kept.groups.like(name)
    if taken is not None and taken.id != group.id:
        raise AlreadyExists(f"Group with name {name} already exists.")
    moved = replace(group, name=name, path=path)
    ctx.authorize("iam:UpdateGroup", target_of(moved, ctx))
    ctx.kept.groups.put(moved)


def delete_group(request: DeleteGroupRequest, ctx: IamContext) -> None:
    """Forget a group that has nothing any more.

    Raises: NoSuchEntity, DeleteConflict.
    """
    group = find_group(request.group_name, ctx)
    if ctx.kept.members.of(group.id):
        raise DeleteConflict("Cannot delete entity, must remove users from group first.")
    if ctx.kept.attachments.to(group.id):
        raise DeleteConflict("Cannot delete entity, must detach all policies first.")
    if group.inline:
        raise DeleteConflict("Cannot delete entity, must delete policies first.")
    ctx.kept.groups.remove(group.id)


def add_user_to_group(request: AddUserToGroupRequest, ctx: IamContext) -> None:
    """Make a user a member, if it is none.

    Raises: NoSuchEntity, LimitExceeded.
    """
    group, user = find_group(request.group_name, ctx), find_user(request.user_name, ctx)
    others = [one for one in ctx.kept.members.to(user.id) if one != group.id]
    GROUPS_PER_USER.check(len(others) + 1)
    ctx.kept.members.put(group.id, user.id)


def remove_user_from_group(request: RemoveUserFromGroupRequest, ctx: IamContext) -> None:
    """Make a member none.

    Raises: NoSuchEntity.
    """
    group, user = find_group(request.group_name, ctx), find_user(request.user_name, ctx)
    if group.id not in ctx.kept.members.to(user.id):
        raise NoSuchEntity(f"The user with name {user.name} is not in the group {group.name}.")
    ctx.kept.members.remove(group.id, user.id)


def list_groups_for_user(request: ListGroupsForUserRequest, ctx: IamContext) -> ListGroupsForUserResponse:
    """Give a user's groups.

    Raises: NoSuchEntity.
    """
    groups = groups_of(find_user(request.user_name, ctx), ctx)
    page = cut_page(groups, request.marker, request.max_items, lambda group: group.name)
    told = [told_group(group, ctx) for group in page.items]
    return ListGroupsForUserResponse(groups=told, is_truncated=page.is_truncated, marker=page.marker)


def groups_of(user: UserRecord, ctx: IamContext) -> list[GroupRecord]:
    """Give the groups a user is in, by name."""
    found = (ctx.kept.groups.with_id(id_) for id_ in ctx.kept.members.to(user.id))
    return sorted((group for group in found if group is not None), key=lambda group: group.name)
