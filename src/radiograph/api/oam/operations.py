"""THE TABLE of OAM: 15 operations, of which those on tags have the resource's ARN in their path.

Source: botocore's service model of OAM, 2022-06-10.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from radiograph.model import oam

from . import links, sinks, tags
from .desk import OamContext

__all__ = ["OPERATIONS", "TAGS", "Operation", "operation_at"]

TAGS = "/tags/"
"""Behind it, in the path, stands an ARN."""


class Operation(msgspec.Struct, frozen=True):
    """How it is asked for, and the function from request and context to its result."""

    name: str
    request: type[msgspec.Struct]
    answer: Callable[[Any, OamContext], msgspec.Struct]
    method: str = "POST"

    @property
    def path(self) -> str:
        """Give its path; of operations on tags, what the path begins with."""
        return f"/{self.name}" if self.method == "POST" else TAGS


_ALL = (
    Operation("CreateSink", oam.CreateSinkInput, sinks.create_sink),
    Operation("GetSink", oam.GetSinkInput, sinks.get_sink),
    Operation("ListSinks", oam.ListSinksInput, sinks.list_sinks),
    Operation("DeleteSink", oam.DeleteSinkInput, sinks.delete_sink),
    Operation("PutSinkPolicy", oam.PutSinkPolicyInput, sinks.put_sink_policy),
    Operation("GetSinkPolicy", oam.GetSinkPolicyInput, sinks.get_sink_policy),
    Operation("CreateLink", oam.CreateLinkInput, links.create_link),
    Operation("GetLink", oam.GetLinkInput, links.get_link),
    Operation("UpdateLink", oam.UpdateLinkInput, links.update_link),
    Operation("DeleteLink", oam.DeleteLinkInput, links.delete_link),
    Operation("ListLinks", oam.ListLinksInput, links.list_links),
    Operation("ListAttachedLinks", oam.ListAttachedLinksInput, links.list_attached_links),
    Operation("TagResource", oam.TagResourceInput, tags.tag_resource, "PUT"),
    Operation("UntagResource", oam.UntagResourceInput, tags.untag_resource, "DELETE"),
    Operation("ListTagsForResource", oam.ListTagsForResourceInput, tags.list_tags_for_resource, "GET"),
)

OPERATIONS = {operation.name: operation for operation in _ALL}
"""Operations by name."""

_POSTED = {operation.path: operation for operation in _ALL if operation.method == "POST"}
_OF_TAGS = {operation.method: operation for operation in _ALL if operation.path == TAGS}


def operation_at(method: str, path: str) -> Operation | None:
    """Give the operation that a request is for, or None."""
    if path.startswith(f"{TAGS}arn"):
        return _OF_TAGS.get(method)
    return _POSTED.get(path) if method == "POST" else None
