"""OpenID Connect providers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, field

from radiograph.model.iam.base import Model, Request, Timestamp
from radiograph.model.iam.ids import Arn, ClientID, ProviderUrl, Thumbprint
from radiograph.model.iam.tags import Tag

__all__ = [
    "AddClientIDToOpenIDConnectProviderRequest",
    "CreateOpenIDConnectProviderRequest",
    "CreateOpenIDConnectProviderResponse",
    "DeleteOpenIDConnectProviderRequest",
    "GetOpenIDConnectProviderRequest",
    "GetOpenIDConnectProviderResponse",
    "ListOpenIDConnectProvidersRequest",
    "ListOpenIDConnectProvidersResponse",
    "OpenIDConnectProviderListEntry",
    "RemoveClientIDFromOpenIDConnectProviderRequest",
    "UpdateOpenIDConnectProviderThumbprintRequest",
]


class CreateOpenIDConnectProviderRequest(Request, frozen=True, kw_only=True):
    """A new provider of identities; tokens for one of its client ids are accepted."""

    url: ProviderUrl
    client_id_list: list[ClientID] | None = None
    thumbprint_list: list[Thumbprint] | None = None
    tags: Annotated[list[Tag], Meta(max_length=50)] | None = None


class CreateOpenIDConnectProviderResponse(Model, frozen=True, kw_only=True):
    """The provider's ARN."""

    openid_connect_provider_arn: str | None = None
    tags: list[Tag] | None = None


class GetOpenIDConnectProviderRequest(Request, frozen=True, kw_only=True):
    """The provider to tell of."""

    openid_connect_provider_arn: Arn


class GetOpenIDConnectProviderResponse(Model, frozen=True, kw_only=True):
    """The provider asked for; its URL without ``https://``."""

    url: str | None = None
    client_id_list: list[str] = field(default_factory=list)
    thumbprint_list: list[str] = field(default_factory=list)
    create_date: Timestamp | None = None
    tags: list[Tag] | None = None


class ListOpenIDConnectProvidersRequest(Request, frozen=True, kw_only=True):
    """All providers; there is nothing to choose."""


class OpenIDConnectProviderListEntry(Model, frozen=True, kw_only=True):
    """A provider, as lists have it."""

    arn: str | None = None


class ListOpenIDConnectProvidersResponse(Model, frozen=True, kw_only=True):
    """All providers."""

    openid_connect_provider_list: list[OpenIDConnectProviderListEntry] = field(default_factory=list)


class DeleteOpenIDConnectProviderRequest(Request, frozen=True, kw_only=True):
    """The provider to delete, if there is one."""

    openid_connect_provider_arn: Arn


class AddClientIDToOpenIDConnectProviderRequest(Request, frozen=True, kw_only=True):
    """Another client whose tokens are accepted."""

    openid_connect_provider_arn: Arn
    client_id: ClientID


class RemoveClientIDFromOpenIDConnectProviderRequest(Request, frozen=True, kw_only=True):
    """A client whose tokens are accepted no more."""

    openid_connect_provider_arn: Arn
    client_id: ClientID


class UpdateOpenIDConnectProviderThumbprintRequest(Request, frozen=True, kw_only=True):
    """All certificates of a provider's keys, by their thumbprints."""

    openid_connect_provider_arn: Arn
    thumbprint_list: list[Thumbprint]
