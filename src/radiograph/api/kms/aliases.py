"""CreateAlias · UpdateAlias · DeleteAlias · ListAliases."""

from __future__ import annotations

import re

from msgspec import UNSET

from radiograph.api.context import Context
from radiograph.auth.caller import authorize
from radiograph.model.ids import aws_arn
from radiograph.model.kms import (
    AliasListEntry,
    AliasRequest,
    DeleteAliasRequest,
    Empty,
    ListAliasesRequest,
    ListAliasesResult,
)

from .errors import AlreadyExists, InvalidAlias, InvalidMarker, InvalidState, NotFound
from .keys import named

__all__ = ["create_alias", "delete_alias", "list_aliases", "update_alias"]

_NAME = re.compile(r"alias/(?!aws/)[a-zA-Z0-9/_-]{1,250}")
_PAGE = 50


def create_alias(request: AliasRequest, ctx: Context) -> Empty:
    """Let an alias stand for a key.

    Raises: AlreadyExistsException, InvalidAliasNameException, NotFoundException, KMSInvalidStateException.
    """
    return _put(request, ctx, "CreateAlias")


def update_alias(request: AliasRequest, ctx: Context) -> Empty:
    """Let an alias stand for another key. What was encrypted by way of it stays with the key that it was.

    Raises: InvalidAliasNameException, NotFoundException, KMSInvalidStateException.
    """
    return _put(request, ctx, "UpdateAlias")


def delete_alias(request: DeleteAliasRequest, ctx: Context) -> Empty:
    """Forget an alias; the key stays.

    Raises: InvalidAliasNameException, NotFoundException.
    """
    with ctx.settings.change(ctx.account) as kept:
        _permit(request.alias_name, "DeleteAlias", ctx)
        target = kept.keys.aliases().get(request.alias_name)
        if target is None:
            raise NotFound(f"{request.alias_name} does not exist in account {ctx.account}")
        named(kept.keys, target, "DeleteAlias", ctx)
        kept.keys.remove_alias(request.alias_name)
    return Empty()


def list_aliases(request: ListAliasesRequest, ctx: Context) -> ListAliasesResult:
    """Give a page of aliases, by name.

    Raises: InvalidMarkerException, NotFoundException.
    """
    authorize(ctx.caller, "kms:ListAliases", "*", ctx.account, ctx.facts)
    with ctx.settings.read(ctx.account) as kept:
        found = list(kept.keys.aliases().items())
        if request.key_id is not None:
            of = named(kept.keys, request.key_id, "ListAliases", ctx).id
            found = [(alias, id_) for alias, id_ in found if id_ == of]
    names = [alias for alias, _ in found]
    if request.marker is not None and request.marker not in names:
        raise InvalidMarker(f"Marker is {request.marker[:60]!r}; the NextMarker of the page before is accepted")
    begin = names.index(request.marker) if request.marker is not None else 0
    end = begin + (request.limit or _PAGE)
    return ListAliasesResult(
        aliases=[
            AliasListEntry(alias_name=alias, alias_arn=_arn(alias, ctx), target_key_id=id_)
            for alias, id_ in found[begin:end]
        ],
        next_marker=names[end] if end < len(names) else UNSET,
        truncated=end < len(names),
    )


def _put(request: AliasRequest, ctx: Context, operation: str) -> Empty:
    with ctx.settings.change(ctx.account) as kept:
        _permit(request.alias_name, operation, ctx)
        exists = request.alias_name in kept.keys.aliases()
        if exists and operation == "CreateAlias":
            raise AlreadyExists(f"{request.alias_name} exists already; update it, or take another name")
        if not exists and operation == "UpdateAlias":
            raise NotFound(f"{request.alias_name} does not exist in account {ctx.account}")
        key = named(kept.keys, request.target_key_id, operation, ctx)
        if key.state == "PendingDeletion":
            raise InvalidState(f"key {key.id} is pending deletion; cancel that first")
        kept.keys.put_alias(request.alias_name, key.id, ctx.clock())
    return Empty()


def _permit(alias: str, operation: str, ctx: Context) -> None:
    if _NAME.fullmatch(alias) is None:
        accepted = "alias/ and letters, digits, / _ - are accepted, not alias/aws/"
        raise InvalidAlias(f"AliasName is {alias[:60]!r}; {accepted}")
    authorize(ctx.caller, f"kms:{operation}", _arn(alias, ctx), ctx.account, ctx.facts)


def _arn(alias: str, ctx: Context) -> str:
    return aws_arn("kms", ctx.region, ctx.account, alias)
