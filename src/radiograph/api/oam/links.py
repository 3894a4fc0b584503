"""CreateLink · GetLink · UpdateLink · DeleteLink · ListLinks · ListAttachedLinks."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from radiograph.api.paging import cut_page
from radiograph.model.oam import (
    CreateLinkInput,
    CreateLinkOutput,
    DeleteLinkInput,
    Empty,
    GetLinkInput,
    LinkConfiguration,
    ListAttachedLinksInput,
    ListAttachedLinksItem,
    ListAttachedLinksOutput,
    ListLinksInput,
    ListLinksItem,
    ListLinksOutput,
    LogGroupConfiguration,
    MetricConfiguration,
    UpdateLinkInput,
)
from radiograph.model.sharing import TRACES, SinkLink
from radiograph.storage.interfaces import Sharing

from .arns import Arn, new_arn, permit, permit_new, read_arn
from .attaching import check_types, permit_attaching
from .desk import OamContext
from .errors import Conflict, InvalidParameter, NotFound, QuotaExceeded
from .labels import label_of
from .sinks import own_sink
from .tags import checked

__all__ = ["create_link", "delete_link", "get_link", "list_attached_links", "list_links", "update_link"]

_MOST, _PAGE = 5, 100
_EVERYTHING = "*"
"""What a filter says to let everything through again."""


def create_link(request: CreateLinkInput, desk: OamContext) -> CreateLinkOutput:
    """Give a new link: what arrives for the account from now on, the sink's account has too.

    Raises: AccessDeniedException, as well when the sink's policy does not say yes; ConflictException when there is such
    a link, ServiceQuotaExceededException above 5, InvalidParameterException.
    """
    permit_new("CreateLink", desk.ctx, "link", request.tags, request.resource_types)
    tags, types = checked(request.tags, InvalidParameter), check_types(request.resource_types)
    sink_arn = _arn(request.sink_identifier, "sink")
    with desk.store.change() as kept:
        permit_attaching("CreateLink", desk.ctx, sink_arn, kept.sink(sink_arn.text), types)
        if sink_arn.account == desk.account:
            raise InvalidParameter(f"{sink_arn.text} is the account's own; the sink of another account is accepted")
        if sink_arn.region != desk.ctx.region:
            raise InvalidParameter(f"{sink_arn.text} is in another region; one in {desk.ctx.region} is accepted")
        links = kept.links(desk.account)
        same = next((one for one in links if one.sink_arn == sink_arn.text), None)
        if same is not None:
            raise Conflict(f"account {desk.account} is linked to {sink_arn.text} already, by {same.arn}")
        if len(links) >= _MOST:
            raise QuotaExceeded(f"account {desk.account} has {_MOST} links, which is as many as are accepted")
        link = SinkLink(
            arn=new_arn("link", desk.ctx),
            account=desk.account,
            sink_arn=sink_arn.text,
            label=label_of(request.label_template, desk),
            label_template=request.label_template,
            resource_types=types,
            metric_filter=_metrics(request.link_configuration, None),
            log_group_filter=_logs(request.link_configuration, None),
            created_at=desk.ctx.clock(),
            tags=tags,
        )
        kept.put_link(link)
        _share(kept, desk)
    return _told(link, include_tags=True)


def get_link(request: GetLinkInput, desk: OamContext) -> CreateLinkOutput:
    """Give a link of the account's.

    Raises: ResourceNotFoundException, InvalidParameterException.
    """
    with desk.store.read() as kept:
        link = _own(kept, request.identifier, "GetLink", desk)
    if request.include_tags:
        permit("ListTagsForResource", desk.ctx, read_arn(link.arn), link.tags)
    return _told(link, bool(request.include_tags))


def update_link(request: UpdateLinkInput, desk: OamContext) -> CreateLinkOutput:
    """Give a link that shares these types from now on; the sink's policy is asked again.

    Raises: AccessDeniedException, ResourceNotFoundException, InvalidParameterException.
    """
    with desk.store.change() as kept:
        link = _own(kept, request.identifier, "UpdateLink", desk)
        types = check_types(request.resource_types)
        permit_attaching("UpdateLink", desk.ctx, _arn(link.sink_arn, "sink"), kept.sink(link.sink_arn), types)
        if request.include_tags:
            permit("ListTagsForResource", desk.ctx, read_arn(link.arn), link.tags)
        link = replace(
            link,
            resource_types=types,
            metric_filter=_metrics(request.link_configuration, link.metric_filter),
            log_group_filter=_logs(request.link_configuration, link.log_group_filter),
        )
        kept.put_link(link)
        _share(kept, desk)
    return _told(link, bool(request.include_tags))


def delete_link(request: DeleteLinkInput, desk: OamContext) -> Empty:
    """Forget a link of the account's: what arrives from now on is not shared. What was shared stays where it is.

    Raises: ResourceNotFoundException, InvalidParameterException.
    """
    with desk.store.change() as kept:
        link = _own(kept, request.identifier, "DeleteLink", desk)
        kept.remove_link(link.arn)
        _share(kept, desk)
    return Empty()


def list_links(request: ListLinksInput, desk: OamContext) -> ListLinksOutput:
    """Give a page of the account's links.

    Raises: InvalidParameterException for a token that is none of ours.
    """
    permit("ListLinks", desk.ctx)
    with desk.store.read() as kept:
        links = kept.links(desk.account)
    page, token = cut_page(links, request.next_token, request.max_results or _MOST, lambda one: (0.0, one.arn))
    return ListLinksOutput(
        items=[
            ListLinksItem(
                arn=one.arn, id=_id(one), label=one.label, resource_types=one.resource_types, sink_arn=one.sink_arn
            )
            for one in page
        ],
        next_token=token,
    )


def list_attached_links(request: ListAttachedLinksInput, desk: OamContext) -> ListAttachedLinksOutput:
    """Give a page of the links of other accounts to a sink of this one.

    Raises: ResourceNotFoundException, InvalidParameterException.
    """
    with desk.store.read() as kept:
        sink = own_sink(kept, request.sink_identifier, "ListAttachedLinks", desk)
        links = kept.links_to(sink.arn)
    page, token = cut_page(links, request.next_token, request.max_results or _PAGE, lambda one: (0.0, one.arn))
    return ListAttachedLinksOutput(
        items=[
            ListAttachedLinksItem(label=one.label, link_arn=one.arn, resource_types=one.resource_types) for one in page
        ],
        next_token=token,
    )


def _own(kept: Sharing, named: str, operation: str, desk: OamContext) -> SinkLink:
    arn = _arn(named, "link")
    link = kept.link(named) if arn.account == desk.account else None
    permit(operation, desk.ctx, arn, link.tags if link is not None else None)
    if link is None:
        raise NotFound(f"there is no link {named} in account {desk.account}")
    return link


def _arn(named: str, kind: str) -> Arn:
    arn = read_arn(named)
    if arn is None or arn.kind != kind:
        raise InvalidParameter(f"{named[:100]!r} names no {kind}; arn:aws:oam:REGION:ACCOUNT:{kind}/ID is accepted")
    return arn


def _share(kept: Sharing, desk: OamContext) -> None:
    """Have the account share its traces with whom its links say."""
    sinks = [_arn(one.sink_arn, "sink") for one in kept.links(desk.account) if TRACES in one.resource_types]
    kept.share(desk.account, [one.account for one in sinks], desk.ctx.clock())


def _metrics(given: LinkConfiguration | None, before: str | None) -> str | None:
    told = given.metric_configuration if given is not None else None
    return _filter(told.filter) if told is not None else before


def _logs(given: LinkConfiguration | None, before: str | None) -> str | None:
    told = given.log_group_configuration if given is not None else None
    return _filter(told.filter) if told is not None else before


def _filter(given: str) -> str | None:
    return None if given == _EVERYTHING else given


def _told(link: SinkLink, include_tags: bool) -> CreateLinkOutput:
    logs, metrics = link.log_group_filter, link.metric_filter
    configured = LinkConfiguration(
        log_group_configuration=LogGroupConfiguration(filter=logs) if logs is not None else None,
        metric_configuration=MetricConfiguration(filter=metrics) if metrics is not None else None,
    )
    return CreateLinkOutput(
        arn=link.arn,
        id=_id(link),
        label=link.label,
        label_template=link.label_template,
        link_configuration=configured if logs is not None or metrics is not None else UNSET,
        resource_types=link.resource_types,
        sink_arn=link.sink_arn,
        tags=link.tags if include_tags else UNSET,
    )


def _id(link: SinkLink) -> str:
    return link.arn.rpartition("/")[2]
