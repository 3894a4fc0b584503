"""CreateSink · GetSink · ListSinks · DeleteSink · PutSinkPolicy · GetSinkPolicy."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from radiograph.api.paging import cut_page
from radiograph.auth.policy import read_policy
from radiograph.errors import MalformedPolicyDocument
from radiograph.model.oam import (
    CreateSinkInput,
    CreateSinkOutput,
    DeleteSinkInput,
    Empty,
    GetSinkInput,
    GetSinkPolicyInput,
    ListSinksInput,
    ListSinksItem,
    ListSinksOutput,
    PutSinkPolicyInput,
    SinkPolicyOutput,
)
from radiograph.model.sharing import Sink
from radiograph.storage.interfaces import Sharing

from .arns import new_arn, permit, permit_new, read_arn
from .desk import OamContext
from .errors import Conflict, InvalidParameter, NotFound
from .tags import checked

__all__ = ["create_sink", "delete_sink", "get_sink", "get_sink_policy", "list_sinks", "own_sink", "put_sink_policy"]

_PAGE = 100
_MOST_BYTES = 20 * 1024
"""Enough to name a thousand accounts one by one."""


def create_sink(request: CreateSinkInput, desk: OamContext) -> CreateSinkOutput:
    """Give the account's sink; nobody may attach to it until it has a policy.

    Raises: ConflictException when there is one, InvalidParameterException.
    """
    permit_new("CreateSink", desk.ctx, "sink", request.tags)
    tags = checked(request.tags, InvalidParameter)
    with desk.store.change() as kept:
        there = _here(kept, desk)
        if there:
            raise Conflict(f"account {desk.account} has the sink {there[0].arn} already, and an account has one")
        sink = Sink(new_arn("sink", desk.ctx), desk.account, request.name, desk.ctx.clock(), tags=tags)
        kept.put_sink(sink)
    return _told(sink, include_tags=True)


def get_sink(request: GetSinkInput, desk: OamContext) -> CreateSinkOutput:
    """Give a sink of the account's.

    Raises: ResourceNotFoundException, InvalidParameterException.
    """
    with desk.store.read() as kept:
        sink = own_sink(kept, request.identifier, "GetSink", desk)
    if request.include_tags:
        permit("ListTagsForResource", desk.ctx, read_arn(sink.arn), sink.tags)
    return _told(sink, bool(request.include_tags))


def list_sinks(request: ListSinksInput, desk: OamContext) -> ListSinksOutput:
    """Give a page of the account's sinks, of which there is one at most.

    Raises: InvalidParameterException for a token that is none of ours.
    """
    permit("ListSinks", desk.ctx)
    with desk.store.read() as kept:
        sinks = _here(kept, desk)
    page, token = cut_page(sinks, request.next_token, request.max_results or _PAGE, lambda one: (0.0, one.arn))
    return ListSinksOutput(
        items=[ListSinksItem(arn=one.arn, id=_id(one), name=one.name) for one in page], next_token=token
    )


def delete_sink(request: DeleteSinkInput, desk: OamContext) -> Empty:
    """Forget a sink that nobody is attached to.

    Raises: ConflictException, ResourceNotFoundException, InvalidParameterException.
    """
    with desk.store.change() as kept:
        sink = own_sink(kept, request.identifier, "DeleteSink", desk)
        attached = len(kept.links_to(sink.arn))
        if attached:
            raise Conflict(f"{sink.arn} has {attached} links; a sink without any can be deleted")
        kept.remove_sink(sink.arn)
    return Empty()


def put_sink_policy(request: PutSinkPolicyInput, desk: OamContext) -> SinkPolicyOutput:
    """Give who may attach to a sink from now on; links that are there stay.

    Raises: ResourceNotFoundException, InvalidParameterException, as well for what is no policy.
    """
    with desk.store.change() as kept:
        sink = own_sink(kept, request.sink_identifier, "PutSinkPolicy", desk)
        _check_policy(request.policy)
        kept.put_sink(replace(sink, policy=request.policy))
    return SinkPolicyOutput(sink_arn=sink.arn, sink_id=_id(sink), policy=request.policy)


def get_sink_policy(request: GetSinkPolicyInput, desk: OamContext) -> SinkPolicyOutput:
    """Give who may attach to a sink.

    Raises: ResourceNotFoundException, as well when nothing was said, InvalidParameterException.
    """
    with desk.store.read() as kept:
        sink = own_sink(kept, request.sink_identifier, "GetSinkPolicy", desk)
    if sink.policy is None:
        raise NotFound(f"{sink.arn} has no policy; PutSinkPolicy gives it one")
    return SinkPolicyOutput(sink_arn=sink.arn, sink_id=_id(sink), policy=sink.policy)


def own_sink(kept: Sharing, named: str, operation: str, desk: OamContext) -> Sink:
    """Give a sink of the account's that the caller may do this to.

    Raises: AccessDeniedException, as well for one of another account; ResourceNotFoundException,
    InvalidParameterException for what is no ARN of a sink.
    """
    arn = read_arn(named)
    if arn is None or arn.kind != "sink":
        raise InvalidParameter(f"{named[:100]!r} names no sink; arn:aws:oam:REGION:ACCOUNT:sink/ID is accepted")
    sink = kept.sink(named) if arn.account == desk.account else None
    permit(operation, desk.ctx, arn, sink.tags if sink is not None else None)
    if sink is None:
        raise NotFound(f"there is no sink {named} in account {desk.account}")
    return sink


def _check_policy(text: str) -> None:
    size = len(text.encode("utf-8", "replace"))
    if size > _MOST_BYTES:
        raise InvalidParameter(f"Policy has {size} bytes; at most {_MOST_BYTES} are accepted")
    try:
        read_policy(text, "resource")
    except MalformedPolicyDocument as error:
        raise InvalidParameter(f"Policy is no policy of a sink: {error.message}") from None


def _here(kept: Sharing, desk: OamContext) -> list[Sink]:
    return [one for one in kept.sinks(desk.account) if f":{desk.ctx.region}:" in one.arn]


def _told(sink: Sink, include_tags: bool) -> CreateSinkOutput:
    return CreateSinkOutput(arn=sink.arn, id=_id(sink), name=sink.name, tags=sink.tags if include_tags else UNSET)


def _id(sink: Sink) -> str:
    return sink.arn.rpartition("/")[2]
