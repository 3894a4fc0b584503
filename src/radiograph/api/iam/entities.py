"""Users, groups, roles and the rest: found by name, and named by ARN."""

from __future__ import annotations

from typing import NoReturn, TypeVar

from radiograph.errors import InvalidRequest
from radiograph.model.iam.records import (
    Entity,
    GroupRecord,
    PolicyRecord,
    ProfileRecord,
    ProviderRecord,
    RoleRecord,
    UserRecord,
)
from radiograph.storage.interfaces import Entities

from .context import IamContext, Target
from .errors import AlreadyExists, NoSuchEntity
from .quotas import Quota

__all__ = [
    "WORDS",
    "arn_of",
    "check_new",
    "find_group",
    "find_profile",
    "find_role",
    "find_user",
    "target_named",
    "target_of",
]

E = TypeVar("E", bound=Entity)

WORDS: dict[type[Entity], str] = {
    UserRecord: "user",
    GroupRecord: "group",
    RoleRecord: "role",
    PolicyRecord: "policy",
    ProfileRecord: "instance-profile",
    ProviderRecord: "oidc-provider",
}
"""What stands before a path in an ARN."""


def arn_of(entity: Entity, ctx: IamContext) -> str:
    """Give an entity's ARN."""
    return ctx.arn(f"{WORDS[type(entity)]}{entity.path}{entity.name}")


def target_of(entity: Entity, ctx: IamContext) -> Target:
    """Give an entity as policies see it; groups have no tags, and only users and roles a boundary."""
    boundary = getattr(entity, "boundary", None)
    return Target(
        arn=arn_of(entity, ctx),
        tags=tuple(getattr(entity, "tags", {}).items()),
        keys={} if boundary is None else {"iam:permissionsboundary": boundary},
    )


def target_named(word: str, kind: Entities[E], name: str, ctx: IamContext) -> Target:
    """Give the entity of a name as policies see it, or its place if there is none: only the allowed learn whether."""
    entity = kind.named(name)
    return target_of(entity, ctx) if entity is not None else Target(arn=ctx.arn(f"{word}/{name}"))


def find_user(name: str | None, ctx: IamContext) -> UserRecord:
    """Give the user of a name; the caller, when there is no name.

    Raises: NoSuchEntity, InvalidRequest when there is no name and the caller is no user.
    """
    if name is not None:
        return ctx.kept.users.named(name) or _missing(f"The user with name {name} cannot be found.")
    own = ctx.kept.users.with_id(ctx.caller.principal.entity_id) if ctx.caller.principal.kind == "user" else None
    if own is None:
        raise InvalidRequest("Must specify userName when calling with non-User credentials")
    return own


def find_group(name: str, ctx: IamContext) -> GroupRecord:
    """Give the group of a name.

    Raises: NoSuchEntity.
    """
    return ctx.kept.groups.named(name) or _missing(f"The group with name {name} cannot be found.")


def find_role(name: str, ctx: IamContext) -> RoleRecord:
    """Give the role of a name.

    Raises: NoSuchEntity.
    """
    return ctx.kept.roles.named(name) or _missing(f"The role with name {name} cannot be found.")


def find_profile(name: str, ctx: IamContext) -> ProfileRecord:
    """Give the instance profile of a name.

    Raises: NoSuchEntity.
    """
    return ctx.kept.profiles.named(name) or _missing(f"Instance Profile {name} cannot be found.")


def check_new(kind: Entities[E], name: str, taken: str, quota: Quota) -> None:
    """Return when there may be one more of a kind, of this name; ``taken`` says that it is.

    Raises: AlreadyExists, LimitExceeded.
    """
    if kind.like(name) is not None:
        raise AlreadyExists(taken)
    quota.check(kind.count() + 1)


def _missing(message: str) -> NoReturn:
    raise NoSuchEntity(message)
