"""CreateGroup, UpdateGroup, DeleteGroup, GetGroup and GetGroups."""

from __future__ import annotations

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from radiograph.model.base import Model, Request
from radiograph.model.ids import GroupARN, GroupName
from radiograph.model.tags import TagList

__all__ = [
    "CreateGroupRequest",
    "CreateGroupResult",
    "DeleteGroupRequest",
    "DeleteGroupResult",
    "GetGroupRequest",
    "GetGroupResult",
    "GetGroupsRequest",
    "GetGroupsResult",
    "Group",
    "GroupSummary",
    "InsightsConfiguration",
    "MatchedGroup",
    "UpdateGroupRequest",
    "UpdateGroupResult",
]


class InsightsConfiguration(Request, frozen=True, kw_only=True):
    """Whether a group's traces are watched for insights, and whether those are told of."""

    insights_enabled: bool | None = None
    notifications_enabled: bool | None = None


class Group(Model, frozen=True, kw_only=True):
    """A name for the traces that an expression matches; without one, for all traces."""

    group_name: str
    group_arn: str
    filter_expression: str | UnsetType = UNSET
    insights_configuration: InsightsConfiguration


class MatchedGroup(Struct, frozen=True):
    """What traces are matched against, and since when. Times are epoch seconds."""

    group_name: str
    group_arn: str
    expression: str
    """Empty for all traces."""
    created_at: float
    changed_at: float
    """When the expression was last changed; 0 when it never was."""


class GroupSummary(Group, frozen=True, kw_only=True):
    """A group, as lists have it."""


class CreateGroupRequest(Request, frozen=True, kw_only=True):
    """A new group; its name is for good."""

    group_name: GroupName
    filter_expression: str | None = None
    insights_configuration: InsightsConfiguration | None = None
    tags: TagList | None = None


class CreateGroupResult(Model, frozen=True, kw_only=True):
    """The group as it was made."""

    group: Group


class UpdateGroupRequest(Request, frozen=True, kw_only=True):
    """What is to change of the group of this name or ARN; what is absent stays."""

    group_name: GroupName | None = None
    group_arn: GroupARN | None = None
    filter_expression: str | None = None
    insights_configuration: InsightsConfiguration | None = None


class UpdateGroupResult(Model, frozen=True, kw_only=True):
    """The group as it is now."""

    group: Group


class DeleteGroupRequest(Request, frozen=True, kw_only=True):
    """The group to delete, by name or ARN."""

    group_name: GroupName | None = None
    group_arn: GroupARN | None = None


class DeleteGroupResult(Model, frozen=True, kw_only=True):
    """Nothing: the group is gone."""


class GetGroupRequest(Request, frozen=True, kw_only=True):
    """The group to tell of, by name or ARN."""

    group_name: GroupName | None = None
    group_arn: GroupARN | None = None


class GetGroupResult(Model, frozen=True, kw_only=True):
    """The group asked for."""

    group: Group


class GetGroupsRequest(Request, frozen=True, kw_only=True):
    """All groups; there is nothing to choose."""

    next_token: Annotated[str, Meta(min_length=1, max_length=100)] | None = None


class GetGroupsResult(Model, frozen=True, kw_only=True):
    """The groups, ``Default`` among them."""

    groups: list[GroupSummary] = field(default_factory=list)
    next_token: str | UnsetType = UNSET
