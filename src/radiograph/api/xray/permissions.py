"""What an operation acts upon, as policies see it: which resource, its tags, and the condition keys of X-Ray's own.

Source: service authorization reference, "Actions, resources, and condition keys for AWS X-Ray".
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from radiograph.api.context import Context
from radiograph.auth.actions import OPERATIONS, Action, group_arn, rule_arn
from radiograph.auth.caller import authorize

from .names import name_in

__all__ = ["permit"]

_EVERYTHING = "*"


def permit(operation: str, request: Any, ctx: Context) -> None:
    """Return when the caller may have this operation answered.

    Raises: AccessDeniedException.
    """
    if ctx.caller.is_local:
        return
    for action in OPERATIONS[operation]:
        resource = _resource(action, request, ctx)
        facts = ctx.facts
        if resource != _EVERYTHING:
            with ctx.settings.read(ctx.account) as kept:
                facts = replace(facts, resource_tags=tuple((tag.key, tag.value) for tag in kept.tags.of(resource)))
        given = getattr(request, "tags", None)
        if "aws:TagKeys" in action.keys:
            taken = getattr(request, "tag_keys", None)
            facts = replace(
                facts,
                request_tags=tuple((tag.key, tag.value) for tag in given or ()) if taken is None else None,
                tag_keys=None if taken is None else tuple(taken),
            )
        authorize(ctx.caller, action.name, resource, ctx.account, replace(facts, more=_own_keys(action, request)))


def _resource(action: Action, request: Any, ctx: Context) -> str:
    if not action.resources:
        return _EVERYTHING
    named: str | None = getattr(request, "resource_arn", None)
    if named is not None:  # tags: of either
        return named
    if "group" in action.resources:
        return _group(request, ctx)
    return _rule(request, ctx)


def _group(request: Any, ctx: Context) -> str:
    arn: str | None = getattr(request, "group_arn", None)
    name = getattr(request, "group_name", None) or (name_in(arn, "group") if arn is not None else None)
    if name is None:
        return arn or _EVERYTHING
    with ctx.settings.read(ctx.account) as kept:
        group = kept.groups.named(name)
    # Of a group that is not there, what could be asked for is what its ARN would look like.
    return group_arn(ctx.region, ctx.account, name) if group is None else group.group_arn


def _rule(request: Any, ctx: Context) -> str:
    told = getattr(request, "sampling_rule", None) or getattr(request, "sampling_rule_update", None) or request
    arn: str | None = getattr(told, "rule_arn", None)
    name: str | None = getattr(told, "rule_name", None)
    return arn or (rule_arn(ctx.region, ctx.account, name) if name else _EVERYTHING)


def _own_keys(action: Action, request: Any) -> dict[str, str | tuple[str, ...]]:
    members = {"xray:ResourcePolicyName": "policy_name", "xray:TraceSegmentDestination": "destination"}
    found: dict[str, str | tuple[str, ...]] = {}
    for key, member in members.items():
        value = getattr(request, member, None)
        if key in action.keys and value is not None:
            found[key] = str(value)
    return found
