"""CreateKey · DescribeKey · ListKeys · EnableKey · DisableKey · ScheduleKeyDeletion · CancelKeyDeletion."""

from __future__ import annotations

from msgspec import UNSET
from msgspec.structs import replace

from radiograph.api.context import Context
from radiograph.auth.caller import authorize
from radiograph.keys import NoSuchKey, find, key_arn
from radiograph.model.keys import CustomerKey
from radiograph.model.kms import (
    CreateKeyRequest,
    Empty,
    KeyIdResult,
    KeyListEntry,
    KeyMetadata,
    KeyRequest,
    KeyResult,
    ListKeysRequest,
    ListKeysResult,
    ScheduleKeyDeletionRequest,
    ScheduleKeyDeletionResult,
)
from radiograph.storage.interfaces import CustomerKeys

from .errors import Invalid, InvalidMarker, InvalidState, NotFound, Unsupported

__all__ = [
    "cancel_key_deletion",
    "create_key",
    "describe_key",
    "disable_key",
    "enable_key",
    "list_keys",
    "named",
    "schedule_key_deletion",
]

_DAY_S, _LEAST_DAYS, _MOST_DAYS = 86_400.0, 7, 30
_PAGE = 100


def create_key(request: CreateKeyRequest, ctx: Context) -> KeyResult:
    """Give a new key, enabled. Its policy and tags are not kept: who may use it, identity policies say.

    Raises: UnsupportedOperationException.
    """
    authorize(ctx.caller, "kms:CreateKey", "*", ctx.account, ctx.facts)
    accepted = {
        "KeyUsage": (request.key_usage, "ENCRYPT_DECRYPT"),
        "KeySpec": (request.key_spec or request.customer_master_key_spec, "SYMMETRIC_DEFAULT"),
        "Origin": (request.origin, "AWS_KMS"),
        "MultiRegion": (request.multi_region or None, False),
    }
    for member, (given, only) in accepted.items():
        if given not in (None, only):
            raise Unsupported(f"{member} is {given}; {only} is accepted")
    key = ctx.keys.customer_key(ctx.account, request.description or "")
    with ctx.settings.change(ctx.account) as kept:
        kept.keys.put(key)
    return KeyResult(key_metadata=_told(key, ctx))


def describe_key(request: KeyRequest, ctx: Context) -> KeyResult:
    """Give a key.

    Raises: NotFoundException, ValidationException.
    """
    with ctx.settings.read(ctx.account) as kept:
        return KeyResult(key_metadata=_told(named(kept.keys, request.key_id, "DescribeKey", ctx), ctx))


def list_keys(request: ListKeysRequest, ctx: Context) -> ListKeysResult:
    """Give a page of keys, oldest first.

    Raises: InvalidMarkerException.
    """
    authorize(ctx.caller, "kms:ListKeys", "*", ctx.account, ctx.facts)
    with ctx.settings.read(ctx.account) as kept:
        ids = [key.id for key in kept.keys.all() if key.state != "Destroyed"]
    if request.marker is not None and request.marker not in ids:
        raise InvalidMarker(f"Marker is {request.marker[:60]!r}; the NextMarker of the page before is accepted")
    begin = ids.index(request.marker) if request.marker is not None else 0
    end = begin + (request.limit or _PAGE)
    return ListKeysResult(
        keys=[KeyListEntry(key_id=id_, key_arn=key_arn(id_, ctx.account, ctx.region)) for id_ in ids[begin:end]],
        next_marker=ids[end] if end < len(ids) else UNSET,
        truncated=end < len(ids),
    )


def enable_key(request: KeyRequest, ctx: Context) -> Empty:
    """Let a key be used again: what it encrypted can be read from here on.

    Raises: NotFoundException, KMSInvalidStateException, ValidationException.
    """
    return _put("EnableKey", request.key_id, True, ctx)


def disable_key(request: KeyRequest, ctx: Context) -> Empty:
    """Let a key not be used: nothing is encrypted by it, and what it encrypted is in no answer, until it is enabled.

    Raises: NotFoundException, KMSInvalidStateException, ValidationException.
    """
    return _put("DisableKey", request.key_id, False, ctx)


def schedule_key_deletion(request: ScheduleKeyDeletionRequest, ctx: Context) -> ScheduleKeyDeletionResult:
    """Give when a key is destroyed, 30 days from now or as asked; until then it is not used, and can be saved.

    Raises: NotFoundException, KMSInvalidStateException, ValidationException.
    """
    days = _MOST_DAYS if request.pending_window_in_days is None else request.pending_window_in_days
    if not _LEAST_DAYS <= days <= _MOST_DAYS:
        raise Invalid(f"PendingWindowInDays is {days}; {_LEAST_DAYS} to {_MOST_DAYS} is accepted")
    at_s = ctx.clock() + days * _DAY_S
    with ctx.settings.change(ctx.account) as kept:
        key = named(kept.keys, request.key_id, "ScheduleKeyDeletion", ctx)
        if key.state == "PendingDeletion":
            raise InvalidState(f"key {key.id} is pending deletion already")
        kept.keys.put(replace(key, state="PendingDeletion", deletes_at=at_s))
    arn = key_arn(key.id, ctx.account, ctx.region)
    return ScheduleKeyDeletionResult(key_id=arn, deletion_date=at_s, pending_window_in_days=days)


def cancel_key_deletion(request: KeyRequest, ctx: Context) -> KeyIdResult:
    """Give the ARN of a key that is not destroyed after all; it is disabled.

    Raises: NotFoundException, KMSInvalidStateException, ValidationException.
    """
    with ctx.settings.change(ctx.account) as kept:
        key = named(kept.keys, request.key_id, "CancelKeyDeletion", ctx)
        if key.state != "PendingDeletion":
            raise InvalidState(f"key {key.id} is not pending deletion; its state is {key.state}")
        kept.keys.put(replace(key, state="Disabled", deletes_at=None))
    return KeyIdResult(key_id=key_arn(key.id, ctx.account, ctx.region))


def named(keys: CustomerKeys, key_id: str, operation: str, ctx: Context) -> CustomerKey:
    """Give the key that a caller names, and may do this to.

    Raises: NotFoundException, ValidationException, AccessDeniedException.
    """
    try:
        found = find(keys, key_id, ctx.account, ctx.region)
    except ValueError as error:
        raise Invalid(f"KeyId is {error}") from error
    except NoSuchKey as error:
        # Who may not do it to any key is not told which there are.
        authorize(ctx.caller, f"kms:{operation}", "*", ctx.account, ctx.facts)
        raise NotFound(str(error)) from error
    authorize(ctx.caller, f"kms:{operation}", key_arn(found.id, ctx.account, ctx.region), ctx.account, ctx.facts)
    return found


def _put(operation: str, key_id: str, is_enabled: bool, ctx: Context) -> Empty:
    with ctx.settings.change(ctx.account) as kept:
        key = named(kept.keys, key_id, operation, ctx)
        if key.state == "PendingDeletion":
            raise InvalidState(f"key {key.id} is pending deletion; cancel that first")
        kept.keys.put(replace(key, state="Enabled" if is_enabled else "Disabled"))
    return Empty()


def _told(key: CustomerKey, ctx: Context) -> KeyMetadata:
    if key.state == "Destroyed":
        raise NotFound(f"{key.id} does not exist in account {ctx.account}")
    return KeyMetadata(
        account_id=ctx.account,
        key_id=key.id,
        arn=key_arn(key.id, ctx.account, ctx.region),
        creation_date=key.created_at,
        enabled=key.state == "Enabled",
        description=key.description,
        key_state=key.state,
        deletion_date=key.deletes_at if key.deletes_at is not None else UNSET,
        key_manager="AWS" if key.managed else "CUSTOMER",
    )
