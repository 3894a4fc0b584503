"""OpenID Connect providers, and the clients whose tokens are accepted."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from msgspec.structs import replace

from radiograph.errors import InvalidRequest
from radiograph.model.iam.providers import (
    AddClientIDToOpenIDConnectProviderRequest,
    CreateOpenIDConnectProviderRequest,
    CreateOpenIDConnectProviderResponse,
    DeleteOpenIDConnectProviderRequest,
    GetOpenIDConnectProviderRequest,
    GetOpenIDConnectProviderResponse,
    ListOpenIDConnectProvidersRequest,
    ListOpenIDConnectProvidersResponse,
    OpenIDConnectProviderListEntry,
    RemoveClientIDFromOpenIDConnectProviderRequest,
    UpdateOpenIDConnectProviderThumbprintRequest,
)
from radiograph.model.iam.records import ProviderRecord

from .by_arn import find_provider
from .context import IamContext
from .entities import arn_of
from .errors import AlreadyExists, InvalidInput
from .quotas import CLIENTS_PER_PROVIDER, PROVIDERS, THUMBPRINTS_PER_PROVIDER
from .tags import new_tags
from .told import told_tags

__all__ = [
    "add_client_id",
    "create_openid_connect_provider",
    "delete_openid_connect_provider",
    "get_openid_connect_provider",
    "list_openid_connect_providers",
    "remove_client_id",
    "update_thumbprint",
]

_NAME = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)*")
_THUMBPRINT = re.compile(r"[0-9a-fA-F]{40}")


def create_openid_connect_provider(
    request: CreateOpenIDConnectProviderRequest, ctx: IamContext
) -> CreateOpenIDConnectProviderResponse:
    """Give the ARN of a new provider.

    Raises: EntityAlreadyExists, LimitExceeded, ValidationError for a URL that is none, InvalidInput.
    """
    name = _checked_url(request.url)
    clients = list(dict.fromkeys(request.client_id_list or []))
    CLIENTS_PER_PROVIDER.check(len(clients))
    if ctx.kept.providers.named(name) is not None:
        raise AlreadyExists(f"Provider with url https://{name} already exists.")
    PROVIDERS.check(ctx.kept.providers.count() + 1)
    provider = ProviderRecord(
        id=name,
        name=name,
        created_at=ctx.now,
        clients=clients,
        thumbprints=_checked_thumbprints(request.thumbprint_list or []),
        tags=new_tags(request.tags),
    )
    ctx.kept.providers.put(provider)
    return CreateOpenIDConnectProviderResponse(
        openid_connect_provider_arn=arn_of(provider, ctx), tags=told_tags(provider.tags)
    )


def get_openid_connect_provider(
    request: GetOpenIDConnectProviderRequest, ctx: IamContext
) -> GetOpenIDConnectProviderResponse:
    """Give a provider.

    Raises: NoSuchEntity.
    """
    provider = find_provider(request.openid_connect_provider_arn, ctx)
    return GetOpenIDConnectProviderResponse(
        url=provider.name,
        client_id_list=provider.clients,
        thumbprint_list=provider.thumbprints,
        create_date=provider.created_at,
        tags=told_tags(provider.tags),
    )


def list_openid_connect_providers(
    _request: ListOpenIDConnectProvidersRequest, ctx: IamContext
) -> ListOpenIDConnectProvidersResponse:
    """Give the ARNs of all providers."""
    entries = [OpenIDConnectProviderListEntry(arn=arn_of(one, ctx)) for one in ctx.kept.providers.all()]
    return ListOpenIDConnectProvidersResponse(openid_connect_provider_list=entries)


def delete_openid_connect_provider(request: DeleteOpenIDConnectProviderRequest, ctx: IamContext) -> None:
    """Forget a provider; its tokens are accepted no more, sessions that began with them go on.

    Raises: NoSuchEntity.
    """
    ctx.kept.providers.remove(find_provider(request.openid_connect_provider_arn, ctx).id)


def add_client_id(request: AddClientIDToOpenIDConnectProviderRequest, ctx: IamContext) -> None:
    """Accept a provider's tokens for one more client, if they are not.

    Raises: NoSuchEntity, LimitExceeded.
    """
    provider = find_provider(request.openid_connect_provider_arn, ctx)
    clients = list(dict.fromkeys([*provider.clients, request.client_id]))
    CLIENTS_PER_PROVIDER.check(len(clients))
    ctx.kept.providers.put(replace(provider, clients=clients))


def remove_client_id(request: RemoveClientIDFromOpenIDConnectProviderRequest, ctx: IamContext) -> None:
    """Accept a provider's tokens for a client no more, if they were.

    Raises: NoSuchEntity.
    """
    provider = find_provider(request.openid_connect_provider_arn, ctx)
    clients = [client for client in provider.clients if client != request.client_id]
    ctx.kept.providers.put(replace(provider, clients=clients))


def update_thumbprint(request: UpdateOpenIDConnectProviderThumbprintRequest, ctx: IamContext) -> None:
    """Keep a provider's thumbprints; certificates are checked against the system's authorities all the same.

    Raises: NoSuchEntity, InvalidInput.
    """
    provider = find_provider(request.openid_connect_provider_arn, ctx)
    ctx.kept.providers.put(replace(provider, thumbprints=_checked_thumbprints(request.thumbprint_list)))


def _checked_url(url: str) -> str:
    """Give a provider's name: its URL without the scheme."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    name = url.removeprefix("https://")
    wrong = parts.username is not None or parts.query or parts.fragment or port == 0
    if parts.scheme != "https" or not url.startswith("https://") or wrong or not _NAME.fullmatch(name):
        raise InvalidRequest(f"Invalid Open ID Connect Provider URL: {url!r}; https://host/path is accepted.")
    return name


def _checked_thumbprints(thumbprints: list[str]) -> list[str]:
    if len(thumbprints) > THUMBPRINTS_PER_PROVIDER:
        raise InvalidInput(f"Thumbprint list must contain fewer than {THUMBPRINTS_PER_PROVIDER + 1} entries.")
    for one in thumbprints:
        if not _THUMBPRINT.fullmatch(one):
            raise InvalidInput(f"The thumbprint {one} is none; 40 hexadecimal digits are accepted.")
    return thumbprints
