"""Users, and the boundaries of what they may do."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import Arn, ExistingUserName, Marker, MaxItems, Path, PathPrefix, UserName
from radiograph.model.iam.policies import AttachedPermissionsBoundary
from radiograph.model.iam.tags import Tag

__all__ = [
    "CreateUserRequest",
    "CreateUserResponse",
    "DeleteUserPermissionsBoundaryRequest",
    "DeleteUserRequest",
    "GetUserRequest",
    "GetUserResponse",
    "ListUsersRequest",
    "ListUsersResponse",
    "PutUserPermissionsBoundaryRequest",
    "UpdateUserRequest",
    "User",
]


class User(Model, frozen=True, kw_only=True):
    """A person or a program with access keys of its own."""

    path: str
    user_name: str
    user_id: str
    arn: str
    create_date: Timestamp
    password_last_used: Timestamp | None = None
    permissions_boundary: AttachedPermissionsBoundary | None = None
    tags: list[Tag] | None = None


class CreateUserRequest(Request, frozen=True, kw_only=True):
    """A new user; names are unique whatever their case."""

    path: Path | None = None
    user_name: UserName
    permissions_boundary: Arn | None = None
    tags: Annotated[list[Tag], Meta(max_length=50)] | None = None


class CreateUserResponse(Model, frozen=True, kw_only=True):
    """The user as it was made."""

    user: User | None = None


class GetUserRequest(Request, frozen=True, kw_only=True):
    """The user to tell of; the caller, when no name is given."""

    user_name: ExistingUserName | None = None


class GetUserResponse(Model, frozen=True, kw_only=True):
    """The user asked for."""

    user: User


class ListUsersRequest(Request, frozen=True, kw_only=True):
    """The users under a path."""

    path_prefix: PathPrefix | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class ListUsersResponse(Model, frozen=True, kw_only=True):
    """A page of users, by name."""

    users: list[User]
    is_truncated: bool | None = None
    marker: str | None = None


class UpdateUserRequest(Request, frozen=True, kw_only=True):
    """A new name or path of a user; its id, keys and policies stay."""

    user_name: ExistingUserName
    new_path: Path | None = None
    new_user_name: UserName | None = None


class DeleteUserRequest(Request, frozen=True, kw_only=True):
    """The user to delete, which must have nothing any more."""

    user_name: ExistingUserName


class PutUserPermissionsBoundaryRequest(Request, frozen=True, kw_only=True):
    """The managed policy that bounds what a user may ever do."""

    user_name: UserName
    permissions_boundary: Arn


class DeleteUserPermissionsBoundaryRequest(Request, frozen=True, kw_only=True):
    """The user that is no longer bounded."""

    user_name: UserName
