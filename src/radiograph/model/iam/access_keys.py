"""Access keys."""

from __future__ import annotations

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import AccessKeyId, ExistingUserName, Marker, MaxItems, Status

__all__ = [
    "AccessKey",
    "AccessKeyLastUsed",
    "AccessKeyMetadata",
    "CreateAccessKeyRequest",
    "CreateAccessKeyResponse",
    "DeleteAccessKeyRequest",
    "GetAccessKeyLastUsedRequest",
    "GetAccessKeyLastUsedResponse",
    "ListAccessKeysRequest",
    "ListAccessKeysResponse",
    "UpdateAccessKeyRequest",
]


class CreateAccessKeyRequest(Request, frozen=True, kw_only=True):
    """A new key for a user; for the caller, when no name is given."""

    user_name: ExistingUserName | None = None


class AccessKey(Model, frozen=True, kw_only=True):
    """An access key with its secret, which is told once."""

    user_name: str
    access_key_id: str
    status: str
    secret_access_key: str
    create_date: Timestamp | None = None


class CreateAccessKeyResponse(Model, frozen=True, kw_only=True):
    """The key, and for the only time its secret."""

    access_key: AccessKey


class ListAccessKeysRequest(Request, frozen=True, kw_only=True):
    """The keys of a user; of the caller, when no name is given."""

    user_name: ExistingUserName | None = None
    marker: Marker | None = None
    max_items: MaxItems | None = None


class AccessKeyMetadata(Model, frozen=True, kw_only=True):
    """An access key without its secret."""

    user_name: str | None = None
    access_key_id: str | None = None
    status: str | None = None
    create_date: Timestamp | None = None


class ListAccessKeysResponse(Model, frozen=True, kw_only=True):
    """A page of keys, without their secrets."""

    access_key_metadata: list[AccessKeyMetadata]
    is_truncated: bool | None = None
    marker: str | None = None


class UpdateAccessKeyRequest(Request, frozen=True, kw_only=True):
    """Whether a key may be used."""

    user_name: ExistingUserName | None = None
    access_key_id: AccessKeyId
    status: Status


class DeleteAccessKeyRequest(Request, frozen=True, kw_only=True):
    """The key to delete."""

    user_name: ExistingUserName | None = None
    access_key_id: AccessKeyId


class GetAccessKeyLastUsedRequest(Request, frozen=True, kw_only=True):
    """The key to tell of, whoever has it."""

    access_key_id: AccessKeyId


class AccessKeyLastUsed(Model, frozen=True, kw_only=True):
    """When a key was last used, for what and where; ``N/A`` when never."""

    last_used_date: Timestamp | None = None
    service_name: str
    region: str


class GetAccessKeyLastUsedResponse(Model, frozen=True, kw_only=True):
    """Whose key it is, and when it was last used."""

    user_name: str | None = None
    access_key_last_used: AccessKeyLastUsed | None = None
