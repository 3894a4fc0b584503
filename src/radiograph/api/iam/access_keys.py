"""CreateAccessKey · ListAccessKeys · UpdateAccessKey · DeleteAccessKey · GetAccessKeyLastUsed."""

from __future__ import annotations

from msgspec.structs import replace

from radiograph.auth.sigv4 import forget_signing_keys
from radiograph.model.iam.access_keys import (
    AccessKey,
    AccessKeyLastUsed,
    AccessKeyMetadata,
    CreateAccessKeyRequest,
    CreateAccessKeyResponse,
    DeleteAccessKeyRequest,
    GetAccessKeyLastUsedRequest,
    GetAccessKeyLastUsedResponse,
    ListAccessKeysRequest,
    ListAccessKeysResponse,
    UpdateAccessKeyRequest,
)
from radiograph.model.iam.records import KeyRecord, UserRecord

from .context import IamContext
from .entities import find_user
from .errors import InvalidInput, NoSuchEntity
from .ids import new_access_key_id, new_secret
from .paging import cut_page
from .quotas import KEYS_PER_USER

__all__ = [
    "create_access_key",
    "delete_access_key",
    "get_access_key_last_used",
    "list_access_keys",
    "new_key",
    "update_access_key",
]

_STATUSES = {True: "Active", False: "Inactive"}


def create_access_key(request: CreateAccessKeyRequest, ctx: IamContext) -> CreateAccessKeyResponse:
    """Give a new key and, for the only time, its secret.

    Raises: NoSuchEntity, LimitExceeded.
    """
    user = find_user(request.user_name, ctx)
    KEYS_PER_USER.check(len(ctx.kept.keys.of(user.id)) + 1)
    id_, secret = new_access_key_id("AKIA", ctx.account), new_secret()
    key = new_key(id_, secret, user, ctx)
    ctx.kept.keys.put(key)
    return CreateAccessKeyResponse(
        access_key=AccessKey(
            user_name=user.name,
            access_key_id=id_,
            status="Active",
            secret_access_key=secret,
            create_date=key.created_at,
        )
    )


def new_key(id_: str, secret: str, user: UserRecord, ctx: IamContext) -> KeyRecord:
    """Give a key as it is kept: its secret sealed, and bound to the key's id."""
    sealed = ctx.desk.key_sealer.seal(secret.encode(), id_.encode())
    return KeyRecord(id=id_, user_id=user.id, created_at=ctx.now, secret=sealed)


def list_access_keys(request: ListAccessKeysRequest, ctx: IamContext) -> ListAccessKeysResponse:
    """Give a user's keys, without their secrets.

    Raises: NoSuchEntity.
    """
    user = find_user(request.user_name, ctx)
    keys = sorted(ctx.kept.keys.of(user.id), key=lambda key: key.id)
    page = cut_page(keys, request.marker, request.max_items, lambda key: key.id)
    told = [
        AccessKeyMetadata(
            user_name=user.name, access_key_id=key.id, status=_STATUSES[key.active], create_date=key.created_at
        )
        for key in page.items
    ]
    return ListAccessKeysResponse(access_key_metadata=told, is_truncated=page.is_truncated, marker=page.marker)


def update_access_key(request: UpdateAccessKeyRequest, ctx: IamContext) -> None:
    """Let a key be used, or not.

    Raises: NoSuchEntity, InvalidInput for a status that only AWS sets.
    """
    if request.status == "Expired":
        raise InvalidInput("Status is Expired; Active and Inactive are accepted.")
    key = _find_key(request.user_name, request.access_key_id, ctx)
    ctx.kept.keys.put(replace(key, active=request.status == "Active"))


def delete_access_key(request: DeleteAccessKeyRequest, ctx: IamContext) -> None:
    """Forget a key.

    Raises: NoSuchEntity.
    """
    ctx.kept.keys.remove(_find_key(request.user_name, request.access_key_id, ctx).id)
    forget_signing_keys()


def get_access_key_last_used(request: GetAccessKeyLastUsedRequest, ctx: IamContext) -> GetAccessKeyLastUsedResponse:
    """Give whose key it is and when it was last used, as far as it was noted by now.

    Raises: NoSuchEntity.
    """
    key = ctx.kept.keys.with_id(request.access_key_id)
    user = ctx.kept.users.with_id(key.user_id) if key is not None else None
    if user is None:
        raise _no_key(request.access_key_id)
    use = ctx.kept.last_use(request.access_key_id)
    told = (
        AccessKeyLastUsed(service_name="N/A", region="N/A")
        if use is None
        else AccessKeyLastUsed(last_used_date=use.used_at, service_name=use.service, region=use.region)
    )
    return GetAccessKeyLastUsedResponse(user_name=user.name, access_key_last_used=told)


def _find_key(user_name: str | None, id_: str, ctx: IamContext) -> KeyRecord:
    user = find_user(user_name, ctx)
    key = ctx.kept.keys.with_id(id_)
    if key is None or key.user_id != user.id:
        raise _no_key(id_)
    return key


def _no_key(id_: str) -> NoSuchEntity:
    return NoSuchEntity(f"The Access Key with id {id_} cannot be found.")
