"""CreateGroup · UpdateGroup · DeleteGroup · GetGroup · GetGroups."""

from __future__ import annotations

import base64
import secrets

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict, replace

from radiograph.api.context import Context
from radiograph.api.paging import cut_page
from radiograph.errors import InvalidRequest
from radiograph.filters import parse
from radiograph.model.groups import (
    CreateGroupRequest,
    CreateGroupResult,
    DeleteGroupRequest,
    DeleteGroupResult,
    GetGroupRequest,
    GetGroupResult,
    GetGroupsRequest,
    GetGroupsResult,
    Group,
    GroupSummary,
    InsightsConfiguration,
    UpdateGroupRequest,
    UpdateGroupResult,
)
from radiograph.model.ids import aws_arn

from .defaults import DEFAULT
from .names import check_name, find_group
from .tags import check_new_tags

__all__ = ["check_expression", "create_group", "delete_group", "get_group", "get_groups", "update_group"]

_MOST = 25
_PAGE = 100


def create_group(request: CreateGroupRequest, ctx: Context) -> CreateGroupResult:
    """Give a new group; traces that come from now on are matched against its expression.

    Its name is its own, in upper and lower case; there may be 25 beside ``Default``, which has all traces. The
    expression may name other groups.

    Raises: InvalidRequestException.
    """
    name = request.group_name
    check_name("GroupName", name, refused="/")
    tags = check_new_tags(request.tags)
    group = Group(
        group_name=name,
        group_arn=aws_arn("xray", ctx.region, ctx.account, f"group/{name}/{_unique()}"),
        filter_expression=check_expression(request.filter_expression),
        insights_configuration=_insights(request.insights_configuration, InsightsConfiguration()),
    )
    with ctx.settings.change(ctx.account) as kept:
        names = {one.group_name for one in kept.groups.all()} - {DEFAULT}
        if name in names:
            raise InvalidRequest(f"there is a group {name!r} already; a name that is not taken is accepted")
        if len(names) >= _MOST:
            raise InvalidRequest(f"there are {len(names)} groups already; at most {_MOST} are accepted")
        kept.groups.put(group, ctx.clock())
        kept.tags.put(group.group_arn, tags)
    return CreateGroupResult(group=group)


def update_group(request: UpdateGroupRequest, ctx: Context) -> UpdateGroupResult:
    """Give a group as it now is; a blank expression takes its expression away.

    What is not said stays as it is. A new expression counts for traces that come from now on, and graphs that reach
    further back say so by ``ContainsOldGroupVersions``. Of ``Default`` only the configuration of insights can change.

    Raises: InvalidRequestException.
    """
    expression = check_expression(request.filter_expression)
    with ctx.settings.change(ctx.account) as kept:
        group = find_group(kept, request.group_name, request.group_arn)
        if request.filter_expression is not None:
            if group.group_name == DEFAULT:
                raise InvalidRequest("the group Default has all traces; InsightsConfiguration can be changed of it")
            group = replace(group, filter_expression=expression)
        insights = _insights(request.insights_configuration, group.insights_configuration)
        group = replace(group, insights_configuration=insights)
        kept.groups.put(group, ctx.clock())
    return UpdateGroupResult(group=group)


def delete_group(request: DeleteGroupRequest, ctx: Context) -> DeleteGroupResult:
    """Give nothing; the group and its tags are gone.

    Raises: InvalidRequestException, also for ``Default``.
    """
    with ctx.settings.change(ctx.account) as kept:
        group = find_group(kept, request.group_name, request.group_arn)
        if group.group_name == DEFAULT:
            raise InvalidRequest("the group Default is always there; any other can be deleted")
        kept.groups.remove(group.group_name)
        kept.tags.forget(group.group_arn)
    return DeleteGroupResult()


def get_group(request: GetGroupRequest, ctx: Context) -> GetGroupResult:
    """Give one group, by its name or its ARN.

    Raises: InvalidRequestException, also when there is no such group.
    """
    with ctx.settings.read(ctx.account) as kept:
        return GetGroupResult(group=find_group(kept, request.group_name, request.group_arn))


def get_groups(request: GetGroupsRequest, ctx: Context) -> GetGroupsResult:
    """Give every group, ``Default`` among them, by name.

    Raises: InvalidRequestException.
    """
    with ctx.settings.read(ctx.account) as kept:
        groups = [GroupSummary(**asdict(group)) for group in kept.groups.all()]
    page, token = cut_page(groups, request.next_token, _PAGE, lambda group: (0.0, group.group_name))
    return GetGroupsResult(groups=page, next_token=token)


def check_expression(text: str | None) -> str | UnsetType:
    """Give a group's expression, or UNSET when there is none.

    Raises: InvalidRequestException.
    """
    if text is None or not text.strip():
        return UNSET
    parse(text)
    return text


def _insights(wanted: InsightsConfiguration | None, before: InsightsConfiguration) -> InsightsConfiguration:
    """Give the configuration after a change: what is not said stays, but without insights there is nothing to tell."""
    wanted = wanted or InsightsConfiguration()
    enabled = bool(before.insights_enabled if wanted.insights_enabled is None else wanted.insights_enabled)
    if wanted.notifications_enabled and not enabled:
        raise InvalidRequest("NotificationsEnabled is true and InsightsEnabled is not; both true is accepted")
    told = before.notifications_enabled if wanted.notifications_enabled is None else wanted.notifications_enabled
    return InsightsConfiguration(insights_enabled=enabled, notifications_enabled=enabled and bool(told))


def _unique() -> str:
    return base64.b32encode(secrets.token_bytes(32)).decode().rstrip("=")
