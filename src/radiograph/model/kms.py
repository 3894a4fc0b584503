"""What AWS KMS says and is told, as far as keys that encrypt documents need it.

Source: botocore's service model of KMS, 2014-11-01.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from radiograph.model.base import Model, Request, Timestamp

__all__ = [
    "AliasListEntry",
    "AliasRequest",
    "CreateKeyRequest",
    "DeleteAliasRequest",
    "Empty",
    "KeyIdResult",
    "KeyListEntry",
    "KeyMetadata",
    "KeyRequest",
    "KeyResult",
    "ListAliasesRequest",
    "ListAliasesResult",
    "ListKeysRequest",
    "ListKeysResult",
    "ScheduleKeyDeletionRequest",
    "ScheduleKeyDeletionResult",
    "Tag",
]

_Named = Annotated[str, Meta(min_length=1, max_length=2048)]
_Alias = Annotated[str, Meta(min_length=1, max_length=256)]
_Limit = Annotated[int, Meta(ge=1, le=1000)]


class Tag(Request, frozen=True, kw_only=True):
    """A tag; told and not kept."""

    tag_key: str
    tag_value: str


class CreateKeyRequest(Request, frozen=True, kw_only=True):
    """A key to be made: symmetric, for encryption, its material made here."""

    policy: str | None = None
    description: Annotated[str, Meta(max_length=8192)] | None = None
    key_usage: str | None = None
    customer_master_key_spec: str | None = None
    key_spec: str | None = None
    origin: str | None = None
    multi_region: bool | None = None
    tags: list[Tag] | None = None


class KeyRequest(Request, frozen=True, kw_only=True):
    """A key, by its id, its ARN, or an alias."""

    key_id: _Named


class KeyMetadata(Model, frozen=True, kw_only=True):
    """A key, as it is told."""

    account_id: str = field(name="AWSAccountId")
    key_id: str
    arn: str = field(name="Arn")
    creation_date: Timestamp
    enabled: bool
    description: str
    key_usage: str = "ENCRYPT_DECRYPT"
    key_state: Literal["Enabled", "Disabled", "PendingDeletion"]
    deletion_date: Timestamp | UnsetType = UNSET
    origin: str = "AWS_KMS"
    key_manager: Literal["AWS", "CUSTOMER"]
    customer_master_key_spec: str = "SYMMETRIC_DEFAULT"
    key_spec: str = "SYMMETRIC_DEFAULT"
    encryption_algorithms: tuple[str, ...] = ("SYMMETRIC_DEFAULT",)
    multi_region: bool = False


class KeyResult(Model, frozen=True, kw_only=True):
    """A key."""

    key_metadata: KeyMetadata


class KeyIdResult(Model, frozen=True, kw_only=True):
    """A key's ARN."""

    key_id: str


class ListKeysRequest(Request, frozen=True, kw_only=True):
    """A page of keys."""

    limit: _Limit | None = None
    marker: str | None = None


class KeyListEntry(Model, frozen=True, kw_only=True):
    """A key in a list."""

    key_id: str
    key_arn: str = field(name="KeyArn")


class ListKeysResult(Model, frozen=True, kw_only=True):
    """A page of keys."""

    keys: list[KeyListEntry]
    next_marker: str | UnsetType = UNSET
    truncated: bool


class ScheduleKeyDeletionRequest(Request, frozen=True, kw_only=True):
    """A key, and how long it can still be saved."""

    key_id: _Named
    pending_window_in_days: int | None = None


class ScheduleKeyDeletionResult(Model, frozen=True, kw_only=True):
    """When a key will be destroyed."""

    key_id: str
    deletion_date: Timestamp
    key_state: str = "PendingDeletion"
    pending_window_in_days: int


class AliasRequest(Request, frozen=True, kw_only=True):
    """An alias, and what it is to stand for."""

    alias_name: _Alias
    target_key_id: _Named


class DeleteAliasRequest(Request, frozen=True, kw_only=True):
    """An alias."""

    alias_name: _Alias


class ListAliasesRequest(Request, frozen=True, kw_only=True):
    """A page of aliases, of a key or of all."""

    key_id: _Named | None = None
    limit: _Limit | None = None
    marker: str | None = None


class AliasListEntry(Model, frozen=True, kw_only=True):
    """An alias in a list."""

    alias_name: str
    alias_arn: str = field(name="AliasArn")
    target_key_id: str


class ListAliasesResult(Model, frozen=True, kw_only=True):
    """A page of aliases."""

    aliases: list[AliasListEntry]
    next_marker: str | UnsetType = UNSET
    truncated: bool


class Empty(Model, frozen=True, kw_only=True):
    """Nothing: it is done."""
