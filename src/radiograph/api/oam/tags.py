"""TagResource · UntagResource · ListTagsForResource."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from radiograph.auth.caller import authorize
from radiograph.errors import ApiError
from radiograph.model.oam import (
    Empty,
    ListTagsForResourceInput,
    ListTagsForResourceOutput,
    TagResourceInput,
    UntagResourceInput,
)
from radiograph.model.sharing import Sink, SinkLink
from radiograph.storage.interfaces import Sharing

from .arns import read_arn
from .desk import OamContext
from .errors import Invalid, NotFound, TooMany

__all__ = ["checked", "list_tags_for_resource", "tag_resource", "untag_resource"]

_MOST = 50


def tag_resource(request: TagResourceInput, desk: OamContext) -> Empty:
    """Put tags to a sink or link, in place of those with their keys.

    Raises: ResourceNotFoundException, ValidationException; TooManyTagsException above 50.
    """
    with desk.store.change() as kept:
        one = _named(kept, request.resource_arn, "TagResource", desk, request_tags=tuple(request.tags.items()))
        tags = one.tags | checked(request.tags, Invalid)
        if len(tags) > _MOST:
            raise TooMany(f"{one.arn} would have {len(tags)} tags; at most {_MOST} are accepted")
        _put(kept, one, tags)
    return Empty()


def untag_resource(request: UntagResourceInput, desk: OamContext) -> Empty:
    """Take tags with these keys from a sink or link, as far as it has them.

    Raises: ResourceNotFoundException, ValidationException.
    """
    if not request.tag_keys:
        raise Invalid("tagKeys is missing; the keys of tags are accepted")
    with desk.store.change() as kept:
        one = _named(kept, request.resource_arn, "UntagResource", desk, tag_keys=tuple(request.tag_keys))
        _put(kept, one, {key: value for key, value in one.tags.items() if key not in request.tag_keys})
    return Empty()


def list_tags_for_resource(request: ListTagsForResourceInput, desk: OamContext) -> ListTagsForResourceOutput:
    """Give the tags of a sink or link.

    Raises: ResourceNotFoundException, ValidationException.
    """
    with desk.store.read() as kept:
        return ListTagsForResourceOutput(tags=_named(kept, request.resource_arn, "ListTagsForResource", desk).tags)


def checked(tags: Mapping[str, str] | None, error: type[ApiError]) -> dict[str, str]:
    """Give tags that something may have; none is none.

    Raises: ``error``.
    """
    for key in tags or ():
        if key.lower().startswith("aws:"):
            raise error(f"a tag's key is {key!r}; keys that begin with aws: are reserved")
    return dict(tags or {})


def _named(kept: Sharing, named: str, operation: str, desk: OamContext, **given: tuple[object, ...]) -> Sink | SinkLink:
    arn = read_arn(named)
    if arn is None:
        raise Invalid(f"ResourceArn is {named[:100]!r}; the ARN of a sink or a link is accepted")
    found: Sink | SinkLink | None = None
    if arn.account == desk.account:
        found = kept.sink(named) if arn.kind == "sink" else kept.link(named)
    tags = tuple(found.tags.items()) if found is not None else ()
    facts = replace(desk.ctx.facts, resource_tags=tags, **given)
    authorize(desk.ctx.caller, f"oam:{operation}", named, arn.account, facts)
    if found is None:
        raise NotFound(f"there is no {arn.kind} {named} in account {desk.account}")
    return found


def _put(kept: Sharing, one: Sink | SinkLink, tags: dict[str, str]) -> None:
    if isinstance(one, Sink):
        kept.put_sink(replace(one, tags=tags))
    else:
        kept.put_link(replace(one, tags=tags))
