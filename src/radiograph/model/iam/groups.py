"""Groups of users."""

from __future__ import annotations

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import ExistingUserName, GroupName, Marker, MaxItems, Path, PathPrefix
from radiograph.model.iam.users import User

__all__ = [
    "AddUserToGroupRequest",
    "CreateGroupRequest",
    "CreateGroupResponse",
    "DeleteGroupRequest",
    "GetGroupRequest",
    "GetGroupResponse",
    "Group",
    "ListGroupsForUserRequest",
    "ListGroupsForUserResponse",
    "ListGroupsRequest",
    "ListGroupsResponse",
    "RemoveUserFromGroupRequest",
    "UpdateGroupRequest",
]


class Group(Model, frozen=True, kw_only=True):
    """A name for users that have policies in common."""

    path: str
    group_name: str
    group_id: str
    arn: str
    create_date: Timestamp


class CreateGroupRequest(Request, frozen=True, kw_only=True):
    """A new group; names are unique whatever their case."""

    path: Path | None = None
    group_name: GroupName


class CreateGroupResponse(Model, frozen=True, kw_only=True):
    """The group as it was made."""

    group: Group


class GetGroupRequest(Request, frozen=True, kw_only=True):
    """The group whose members to tell."""

    group_name: GroupName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class GetGroupResponse(Model, frozen=True, kw_only=True):
    """The group, and a page of its members."""

    group: Group
    users: list[User]
    is_truncated: bool | None = None
    marker: str | None = None


class ListGroupsRequest(Request, frozen=True, kw_only=True):
    """The groups under a path."""

    path_prefix: PathPrefix | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListGroupsResponse(Model, frozen=True, kw_only=True):
    """A page of groups, by name."""

    groups: list[Group]
    is_truncated: bool | None = None
    marker: str | None = None


class UpdateGroupRequest(Request, frozen=True, kw_only=True):
    """A new name or path of a group; its members and policies stay."""

    group_name: GroupName
    new_path: Path | None = None
    new_group_name: GroupName | None = None


class DeleteGroupRequest(Request, frozen=True, kw_only=True):
    """The group to delete, which must have nothing any more."""

    group_name: GroupName


class AddUserToGroupRequest(Request, frozen=True, kw_only=True):
    """A user to be a member."""

    group_name: GroupName
    user_name: ExistingUserName


class RemoveUserFromGroupRequest(Request, frozen=True, kw_only=True):
    """A member to be none any more."""

    group_name: GroupName
    user_name: ExistingUserName


class ListGroupsForUserRequest(Request, frozen=True, kw_only=True):
    """The user whose groups to tell."""

    user_name: ExistingUserName
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListGroupsForUserResponse(Model, frozen=True, kw_only=True):
    """A page of a user's groups, by name."""

    groups: list[Group]
    is_truncated: bool | None = None
    marker: str | None = None
