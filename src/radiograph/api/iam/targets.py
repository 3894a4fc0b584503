"""What each operation acts upon, as the caller's policies see it: asked before the operation is begun.

Source: service authorization reference, "Actions, resources, and condition keys for AWS Identity and Access
Management".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from radiograph.auth.policy import Tags
from radiograph.model.iam.tags import Tag

from .by_arn import policy_target, provider_target
from .context import IamContext, Target
from .entities import find_user, target_named, target_of

__all__ = [
    "On",
    "anything",
    "group",
    "groups",
    "key_owner",
    "new_group",
    "new_policy",
    "new_profile",
    "new_provider",
    "new_role",
    "new_user",
    "policies",
    "policy",
    "profile",
    "profiles",
    "provider",
    "role",
    "roles",
    "simulated",
    "user",
    "users",
]

On = Callable[[Any, IamContext], Target]


def anything(_request: Any, _ctx: IamContext) -> Target:
    """Give ``*``."""
    return Target(arn="*")


def user(request: Any, ctx: IamContext) -> Target:
    """Give the user named, or the caller."""
    if request.user_name is None:
        if ctx.caller.principal.kind == "root":
            return Target(arn=ctx.caller.principal.arn)
        return target_of(find_user(None, ctx), ctx)
    return _changed(target_named("user", ctx.kept.users, request.user_name, ctx), request)


def group(request: Any, ctx: IamContext) -> Target:
    """Give the group named."""
    return _changed(target_named("group", ctx.kept.groups, request.group_name, ctx), request)


def role(request: Any, ctx: IamContext) -> Target:
    """Give the role named."""
    return _changed(target_named("role", ctx.kept.roles, request.role_name, ctx), request)


def profile(request: Any, ctx: IamContext) -> Target:
    """Give the instance profile named."""
    return _changed(target_named("instance-profile", ctx.kept.profiles, request.instance_profile_name, ctx), request)


def policy(request: Any, ctx: IamContext) -> Target:
    """Give the managed policy of an ARN."""
    return _changed(policy_target(request.policy_arn, ctx), request)


def provider(request: Any, ctx: IamContext) -> Target:
    """Give the OpenID Connect provider of an ARN."""
    return _changed(provider_target(request.openid_connect_provider_arn, ctx), request)


def key_owner(request: Any, ctx: IamContext) -> Target:
    """Give the user that an access key is of."""
    key = ctx.kept.keys.with_id(request.access_key_id)
    owner = ctx.kept.users.with_id(key.user_id) if key is not None else None
    return Target(arn="*") if owner is None else target_of(owner, ctx)


def simulated(request: Any, ctx: IamContext) -> Target:
    """Give the user, group or role whose policies are to be simulated."""
    return Target(arn=request.policy_source_arn)


def new_user(request: Any, ctx: IamContext) -> Target:
    """Give the place of a new user."""
    return _new("user", request.path, request.user_name, request, ctx)


def new_group(request: Any, ctx: IamContext) -> Target:
    """Give the place of a new group."""
    return _new("group", request.path, request.group_name, request, ctx)


def new_role(request: Any, ctx: IamContext) -> Target:
    """Give the place of a new role."""
    return _new("role", request.path, request.role_name, request, ctx)


def new_policy(request: Any, ctx: IamContext) -> Target:
    """Give the place of a new managed policy."""
    return _new("policy", request.path, request.policy_name, request, ctx)


def new_profile(request: Any, ctx: IamContext) -> Target:
    """Give the place of a new instance profile."""
    return _new("instance-profile", request.path, request.instance_profile_name, request, ctx)


def new_provider(request: Any, ctx: IamContext) -> Target:
    """Give the place of a new OpenID Connect provider."""
    return _new("oidc-provider", None, request.url.removeprefix("https://"), request, ctx)


def users(request: Any, ctx: IamContext) -> Target:
    """Give all users under a path."""
    return Target(arn=ctx.arn(f"user{request.path_prefix or '/'}"))


def groups(request: Any, ctx: IamContext) -> Target:
    """Give all groups under a path."""
    return Target(arn=ctx.arn(f"group{request.path_prefix or '/'}"))


def roles(request: Any, ctx: IamContext) -> Target:
    """Give all roles under a path."""
    return Target(arn=ctx.arn(f"role{request.path_prefix or '/'}"))


def profiles(request: Any, ctx: IamContext) -> Target:
    """Give all instance profiles under a path."""
    return Target(arn=ctx.arn(f"instance-profile{request.path_prefix or '/'}"))


def policies(request: Any, ctx: IamContext) -> Target:
    """Give all managed policies under a path."""
    return Target(arn=ctx.arn(f"policy{request.path_prefix or '/'}"))


def _new(word: str, path: str | None, name: str, request: Any, ctx: IamContext) -> Target:
    target = _changed(Target(arn=ctx.arn(f"{word}{path or '/'}{name}")), request)
    return target if target.given is not None else replace(target, given=())


def _changed(target: Target, request: Any) -> Target:
    """Give a target with what the request would do to it, as far as conditions can ask for it."""
    keys = dict(target.keys)
    boundary = getattr(request, "permissions_boundary", None)
    if boundary is not None:
        keys["iam:permissionsboundary"] = boundary
    attached = getattr(request, "policy_arn", None)
    if attached is not None:
        keys["iam:policyarn"] = attached
    given, taken = getattr(request, "tags", None), getattr(request, "tag_keys", None)
    return replace(
        target,
        keys=keys,
        given=None if given is None else _pairs(given),
        taken=None if taken is None else tuple(taken),
    )


def _pairs(tags: Sequence[Tag]) -> Tags:
    return tuple((tag.key, tag.value) for tag in tags)
