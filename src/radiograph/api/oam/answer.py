"""A question of OAM, answered: path → request → call → JSON. Blocks, and never raises."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import msgspec

from radiograph.api.asked import Asked
from radiograph.api.context import Context
from radiograph.api.edge import failed
from radiograph.api.seen import Seen
from radiograph.asgi import Headers
from radiograph.errors import InvalidRequest, MemberMissing, Serialization, UnknownOperation
from radiograph.model.oam import ListTagsForResourceInput, TagResourceInput, UntagResourceInput
from radiograph.storage.interfaces import IdentityStore, SharingStore
from radiograph.wire import decode, encode, error_response

from .desk import OamContext
from .errors import Invalid, InvalidParameter, MissingParameter
from .operations import TAGS, Operation, operation_at

__all__ = ["OamApi"]

_JSON = (b"content-type", b"application/json")


class OamApi:
    """OAM, as one endpoint: its paths are no other service's."""

    def __init__(self, store: SharingStore, identities: IdentityStore) -> None:
        self._store, self._identities = store, identities

    def answer(self, asked: Asked, ctx: Context, seen: Seen) -> tuple[int, Headers, bytes]:
        """Give status, headers and body of the answer to a request; never raises."""
        try:
            operation = operation_at(asked.method, asked.path)
            if operation is None:
                raise UnknownOperation(f"there is no operation at {asked.method} {asked.path}")
            ctx.rates.take(operation.name)
            seen.request = _request(operation, asked)
            seen.ready()
            told = seen.result = _called(operation, seen.request, OamContext(ctx, self._store, self._identities))
            return 200, [_JSON, (b"x-amzn-RequestId", asked.request_id.encode())], encode(told)
        except Exception as error:  # the edge: whatever went wrong, the caller gets a well-formed answer
            return error_response(failed(error, asked.request_id, seen, ctx.counters), asked.request_id)


def _called(operation: Operation, request: msgspec.Struct, desk: OamContext) -> msgspec.Struct:
    try:
        return operation.answer(request, desk)
    except InvalidRequest as error:  # a token that is none of ours
        raise InvalidParameter(error.message) from error


def _request(operation: Operation, asked: Asked) -> msgspec.Struct:
    if operation.path != TAGS:
        try:
            return decode(operation.request, asked.body)
        except MemberMissing as error:
            raise MissingParameter(error.message) from error
        except Serialization:
            raise
        except InvalidRequest as error:
            raise InvalidParameter(error.message) from error
    return _request_of_tags(operation, asked)


def _request_of_tags(operation: Operation, asked: Asked) -> msgspec.Struct:
    arn: Any = asked.path.removeprefix(TAGS)
    if operation.request is ListTagsForResourceInput:
        return ListTagsForResourceInput(resource_arn=arn)
    if operation.request is UntagResourceInput:
        keys = parse_qs(asked.query.decode("latin-1"), keep_blank_values=True).get("tagKeys", [])
        return UntagResourceInput(resource_arn=arn, tag_keys=keys)
    try:
        return msgspec.structs.replace(decode(TagResourceInput, asked.body), resource_arn=arn)
    except Serialization:
        raise
    except InvalidRequest as error:
        raise Invalid(error.message) from error
