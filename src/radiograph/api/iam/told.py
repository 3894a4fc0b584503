"""What is kept, told as AWS's structures."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.model.iam.groups import Group
from radiograph.model.iam.policies import AttachedPermissionsBoundary
from radiograph.model.iam.records import GroupRecord, RoleRecord, UserRecord
from radiograph.model.iam.roles import Role, RoleLastUsed
from radiograph.model.iam.tags import Tag
from radiograph.model.iam.users import User

from .context import IamContext
from .documents import told_document
from .entities import arn_of

__all__ = ["listed_role", "listed_user", "told_boundary", "told_group", "told_role", "told_tags", "told_user"]


def told_tags(tags: dict[str, str]) -> list[Tag] | None:
    """Give tags as answers have them, by key; None when there are none."""
    return [Tag(key=key, value=tags[key]) for key in sorted(tags)] or None


def told_boundary(holder: UserRecord | RoleRecord) -> AttachedPermissionsBoundary | None:
    """Give a boundary as answers have it."""
    if holder.boundary is None:
        return None
    return AttachedPermissionsBoundary(
        permissions_boundary_type="PermissionsBoundaryPolicy", permissions_boundary_arn=holder.boundary
    )


def told_user(user: UserRecord, ctx: IamContext) -> User:
    """Give a user as answers have it."""
    return replace(listed_user(user, ctx), permissions_boundary=told_boundary(user), tags=told_tags(user.tags))


def listed_user(user: UserRecord, ctx: IamContext) -> User:
    """Give a user as lists have it."""
    return User(
        path=user.path, user_name=user.name, user_id=user.id, arn=arn_of(user, ctx), create_date=user.created_at
    )


def told_group(group: GroupRecord, ctx: IamContext) -> Group:
    """Give a group as answers have it."""
    return Group(
        path=group.path,
        group_name=group.name,
        group_id=group.id,
        arn=arn_of(group, ctx),
        create_date=group.created_at,
    )


def told_role(role: RoleRecord, ctx: IamContext) -> Role:
    """Give a role as answers have it."""
    use = ctx.kept.last_use(role.id)
    return replace(
        listed_role(role, ctx),
        permissions_boundary=told_boundary(role),
        tags=told_tags(role.tags),
        role_last_used=RoleLastUsed() if use is None else RoleLastUsed(last_used_date=use.used_at, region=use.region),
    )


def listed_role(role: RoleRecord, ctx: IamContext) -> Role:
    """Give a role as lists have it."""
    return Role(
        path=role.path,
        role_name=role.name,
        role_id=role.id,
        arn=arn_of(role, ctx),
        create_date=role.created_at,
        assume_role_policy_document=told_document(role.trust),
        description=role.description,
        max_session_duration=role.longest_s,
    )
