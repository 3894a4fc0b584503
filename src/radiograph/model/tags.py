"""TagResource, UntagResource and ListTagsForResource."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Model, Request
from radiograph.model.ids import ResourceName

__all__ = [
    "ListTagsForResourceRequest",
    "ListTagsForResourceResponse",
    "Tag",
    "TagList",
    "TagResourceRequest",
    "TagResourceResponse",
    "UntagResourceRequest",
    "UntagResourceResponse",
]

_Key: TypeAlias = Annotated[str, Meta(min_length=1, max_length=128)]


class Tag(Request, frozen=True, kw_only=True):
    """A word that somebody put to a group or a sampling rule, and its value."""

    key: _Key
    value: Annotated[str, Meta(max_length=256)]


TagList: TypeAlias = Annotated[list[Tag], Meta(max_length=200)]
"""Tags as callers send them; a resource keeps at most 50."""


class TagResourceRequest(Request, frozen=True, kw_only=True):
    """Tags to put to a resource, in place of those with their keys."""

    resource_arn: ResourceName
    tags: TagList


class TagResourceResponse(Model, frozen=True, kw_only=True):
    """Nothing: the tags were put."""


class UntagResourceRequest(Request, frozen=True, kw_only=True):
    """Keys of the tags to take from a resource."""

    resource_arn: ResourceName
    tag_keys: Annotated[list[_Key], Meta(max_length=200)]


class UntagResourceResponse(Model, frozen=True, kw_only=True):
    """Nothing: the tags are gone."""


class ListTagsForResourceRequest(Request, frozen=True, kw_only=True):
    """The resource whose tags are asked for."""

    resource_arn: ResourceName
    next_token: str | None = None


class ListTagsForResourceResponse(Model, frozen=True, kw_only=True):
    """A resource's tags."""

    tags: TagList = field(default_factory=list)
    next_token: str | UnsetType = UNSET
