"""The nouns of STS, spelled as AWS spells them: who one is, and sessions of roles and users."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta, field

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import TagKey
from radiograph.model.iam.tags import Tag

__all__ = [
    "AssumeRoleRequest",
    "AssumeRoleResponse",
    "AssumeRoleWithWebIdentityRequest",
    "AssumeRoleWithWebIdentityResponse",
    "AssumedRoleUser",
    "Credentials",
    "GetAccessKeyInfoRequest",
    "GetAccessKeyInfoResponse",
    "GetCallerIdentityRequest",
    "GetCallerIdentityResponse",
    "GetSessionTokenRequest",
    "GetSessionTokenResponse",
    "PolicyDescriptorType",
    "ProvidedContext",
]

_Arn: TypeAlias = Annotated[
    str,
    Meta(
        min_length=20,
        max_length=2048,
        pattern=r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+",
    ),
]
_SessionName: TypeAlias = Annotated[str, Meta(min_length=2, max_length=64, pattern=r"[\w+=,.@-]*")]
_SessionPolicy: TypeAlias = Annotated[
    str, Meta(min_length=1, max_length=2048, pattern=r"[\u0009\u000A\u000D\u0020-\u00FF]+")
]
_AnyPolicy: TypeAlias = Annotated[str, Meta(min_length=1, pattern=r"[\u0009\u000A\u000D\u0020-\u00FF]+")]
_RoleSeconds: TypeAlias = Annotated[int, Meta(ge=900, le=43200)]
_SessionSeconds: TypeAlias = Annotated[int, Meta(ge=900, le=129600)]
_ExternalId: TypeAlias = Annotated[str, Meta(min_length=2, max_length=1224, pattern=r"[\w+=,.@:\/-]*")]
_SerialNumber: TypeAlias = Annotated[str, Meta(min_length=9, max_length=256, pattern=r"[\w+=/:,.@-]*")]
_TokenSize: TypeAlias = Annotated[int, Meta(ge=0, le=4096)]
"""Bytes that a session token shall have at least."""
_TokenCode: TypeAlias = Annotated[str, Meta(min_length=6, max_length=6, pattern=r"[\d]*")]


class Credentials(Model, frozen=True, kw_only=True):
    """An access key of a session, with the token that goes with it."""

    access_key_id: str
    secret_access_key: str
    session_token: str
    expiration: Timestamp


class AssumedRoleUser(Model, frozen=True, kw_only=True):
    """Whom the session stands for."""

    assumed_role_id: str
    arn: str


class PolicyDescriptorType(Request, frozen=True, kw_only=True):
    """A managed policy that the session is held to."""

    arn: _Arn | None = field(default=None, name="arn")


class ProvidedContext(Request, frozen=True, kw_only=True):
    """A claim of a trusted provider of contexts."""

    provider_arn: _Arn | None = None
    context_assertion: Annotated[str, Meta(min_length=4, max_length=2048)] | None = None


class AssumeRoleRequest(Request, frozen=True, kw_only=True):
    """The role to become for a while, and what to be held to meanwhile."""

    role_arn: _Arn
    role_session_name: _SessionName
    policy_arns: list[PolicyDescriptorType] | None = None
    policy: _AnyPolicy | None = None
    duration_seconds: _RoleSeconds | None = None
    tags: Annotated[list[Tag], Meta(max_length=50)] | None = None
    transitive_tag_keys: Annotated[list[TagKey], Meta(max_length=50)] | None = None
    external_id: _ExternalId | None = None
    serial_number: _SerialNumber | None = None
    token_code: _TokenCode | None = None
    source_identity: _SessionName | None = None
    provided_contexts: Annotated[list[ProvidedContext], Meta(min_length=1, max_length=5)] | None = None
    minimum_session_token_size: _TokenSize | None = None


class AssumeRoleResponse(Model, frozen=True, kw_only=True):
    """The session's credentials."""

    credentials: Credentials
    assumed_role_user: AssumedRoleUser
    packed_policy_size: int | None = None
    """Percent of what policies and tags may take."""
    source_identity: str | None = None
    session_token_utilization: int
    """Percent of what a session token may have."""
    session_token_size: int


class AssumeRoleWithWebIdentityRequest(Request, frozen=True, kw_only=True):
    """The role to become for a while, by a token of an OpenID Connect provider; not signed."""

    role_arn: _Arn
    role_session_name: _SessionName
    web_identity_token: Annotated[str, Meta(min_length=4, max_length=20000)]
    provider_id: Annotated[str, Meta(min_length=4, max_length=2048)] | None = None
    policy_arns: list[PolicyDescriptorType] | None = None
    policy: _SessionPolicy | None = None
    duration_seconds: _RoleSeconds | None = None
    minimum_session_token_size: _TokenSize | None = None


class AssumeRoleWithWebIdentityResponse(Model, frozen=True, kw_only=True):
    """The session's credentials, and what the token said."""

    credentials: Credentials
    subject_from_web_identity_token: str
    assumed_role_user: AssumedRoleUser
    packed_policy_size: int | None = None
    provider: str
    audience: str
    source_identity: str | None = None
    session_token_utilization: int
    session_token_size: int


class GetCallerIdentityRequest(Request, frozen=True, kw_only=True):
    """Who am I; there is nothing to choose."""


class GetCallerIdentityResponse(Model, frozen=True, kw_only=True):
    """Who signed the request."""

    user_id: str
    account: str
    arn: str


class GetSessionTokenRequest(Request, frozen=True, kw_only=True):
    """For how long the caller wants credentials that end by themselves."""

    duration_seconds: _SessionSeconds | None = None
    serial_number: _SerialNumber | None = None
    token_code: _TokenCode | None = None
    minimum_session_token_size: _TokenSize | None = None


class GetSessionTokenResponse(Model, frozen=True, kw_only=True):
    """The session's credentials."""

    credentials: Credentials
    session_token_utilization: int
    """Percent of what a session token may have."""
    session_token_size: int


class GetAccessKeyInfoRequest(Request, frozen=True, kw_only=True):
    """The access key of which to tell the account."""

    access_key_id: Annotated[str, Meta(min_length=16, max_length=128, pattern=r"[\w]*")]


class GetAccessKeyInfoResponse(Model, frozen=True, kw_only=True):
    """The account that a key is of."""

    account: str
