"""TagResource · UntagResource · ListTagsForResource."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from radiograph.api.context import Context
from radiograph.api.paging import cut_page
from radiograph.errors import InvalidRequest, ResourceNotFound, TooManyTags
from radiograph.model.tags import (
    ListTagsForResourceRequest,
    ListTagsForResourceResponse,
    Tag,
    TagResourceRequest,
    TagResourceResponse,
    UntagResourceRequest,
    UntagResourceResponse,
)
from radiograph.storage.interfaces import Settings

from .names import has_tags

__all__ = ["check_new_tags", "list_tags_for_resource", "tag_resource", "untag_resource"]

_MOST = 50
_PAGE = 100
_MARKS = frozenset("_.:/=+-@")


def tag_resource(request: TagResourceRequest, ctx: Context) -> TagResourceResponse:
    """Give nothing; the tags are put, in place of those with their keys.

    Raises: InvalidRequestException, ResourceNotFoundException; TooManyTagsException above 50.
    """
    _check(request.tags)
    with ctx.settings.change(ctx.account) as kept:
        _find(kept, request.resource_arn)
        count = len({tag.key for tag in [*kept.tags.of(request.resource_arn), *request.tags]})
        if count > _MOST:
            message = f"{request.resource_arn} would have {count} tags; at most {_MOST} are accepted"
            raise TooManyTags(message, ResourceName=request.resource_arn)
        kept.tags.put(request.resource_arn, request.tags)
    return TagResourceResponse()


def untag_resource(request: UntagResourceRequest, ctx: Context) -> UntagResourceResponse:
    """Give nothing; the tags with these keys are gone, as far as there were any.

    Raises: InvalidRequestException, ResourceNotFoundException.
    """
    for key in request.tag_keys:
        _refuse_system(key)
    with ctx.settings.change(ctx.account) as kept:
        _find(kept, request.resource_arn)
        kept.tags.remove(request.resource_arn, request.tag_keys)
    return UntagResourceResponse()


def list_tags_for_resource(request: ListTagsForResourceRequest, ctx: Context) -> ListTagsForResourceResponse:
    """Give a resource's tags, by key.

    Raises: InvalidRequestException, ResourceNotFoundException.
    """
    with ctx.settings.read(ctx.account) as kept:
        _find(kept, request.resource_arn)
        tags = kept.tags.of(request.resource_arn)
    page, token = cut_page(tags, request.next_token, _PAGE, lambda tag: (0.0, tag.key))
    return ListTagsForResourceResponse(tags=page, next_token=token)


def check_new_tags(tags: Sequence[Tag] | None) -> Sequence[Tag]:
    """Give the tags that something new may have; none is none.

    Raises: InvalidRequestException, also above 50: operations that create know no TooManyTagsException.
    """
    tags = tags or ()
    _check(tags)
    if len(tags) > _MOST:
        raise InvalidRequest(f"Tags has {len(tags)} tags; at most {_MOST} are accepted")
    return tags


def _find(kept: Settings, arn: str) -> None:
    if not has_tags(kept, arn):
        raise ResourceNotFound(f"there is no group or sampling rule {arn}", ResourceName=arn)


def _check(tags: Sequence[Tag]) -> None:
    seen: set[str] = set()
    for tag in tags:
        _refuse_system(tag.key)
        for member, text in (("Key", tag.key), ("Value", tag.value)):
            if not all(one in _MARKS or unicodedata.category(one)[0] in "LNZ" for one in text):
                raise InvalidRequest(f"{member} is {text!r}; letters, digits, spaces and _ . : / = + - @ are accepted")
        if tag.key in seen:
            raise InvalidRequest(f"the key {tag.key!r} comes twice; a key once is accepted")
        seen.add(tag.key)


def _refuse_system(key: str) -> None:
    if key.lower().startswith("aws:"):
        raise InvalidRequest(f"Key is {key!r}; keys that begin with aws: are reserved")
