"""What is known of a request, as the condition keys of policies name it.

Source: IAM user guide, "AWS global condition context keys", whose availability is kept to: what AWS leaves out for a
kind of principal is left out here. Keys of organisations, VPCs and calls through other services do not exist here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from msgspec import Struct

from .evaluate import Request
from .principal import Principal, PrincipalKind, Tags
from .variables import Context

__all__ = ["Facts", "ask", "context_of"]

_TYPES: dict[PrincipalKind, str] = {
    "root": "Account",
    "user": "User",
    "role session": "AssumedRole",
    "federated user": "FederatedUser",
    "anonymous": "Anonymous",
}


class Facts(Struct, frozen=True, kw_only=True):
    """What is known of a request beside who asks for what; None is what it does not have."""

    now_s: float
    region: str
    source_ip: str | None = None
    is_tls: bool = False
    user_agent: str | None = None
    referer: str | None = None
    request_tags: Tags | None = None
    """Tags to give; an empty tuple where an operation takes some and got none."""
    tag_keys: tuple[str, ...] | None = None
    """Keys of tags to take away."""
    resource_tags: Tags = ()
    source_arn: str | None = None
    """For which resource a service calls, and of whose account."""
    source_account: str | None = None
    more: Mapping[str, str | tuple[str, ...]] = {}
    """Keys of a service's own, in any case, such as ``xray:ResourcePolicyName`` and ``sts:ExternalId``."""


def ask(principal: Principal, action: str, resource: str, account: str, facts: Facts) -> Request:
    """Give the request with all that is known of it; ``account`` owns the resource."""
    known: dict[str, str | tuple[str, ...]] = {
        **_of_principal(principal),
        **_of_time(int(facts.now_s)),
        "aws:securetransport": _flag(facts.is_tls),
        "aws:requestedregion": facts.region,
        "aws:resourceaccount": account,
        "aws:viaawsservice": "false",
    }
    if facts.source_ip is not None:
        known["aws:sourceip"] = facts.source_ip
    if facts.user_agent is not None:
        known["aws:useragent"] = facts.user_agent
    if facts.referer is not None:
        known["aws:referer"] = facts.referer
    if facts.source_arn is not None:
        known["aws:sourcearn"] = facts.source_arn
    if facts.source_account is not None:
        known["aws:sourceaccount"] = facts.source_account
    if principal.mfa_at_s is not None:
        known["aws:multifactorauthage"] = str(max(0, int(facts.now_s - principal.mfa_at_s)))
    if facts.request_tags is not None:
        _add_tags(known, "aws:requesttag/", facts.request_tags)
        known["aws:tagkeys"] = tuple(key for key, _ in facts.request_tags)
    if facts.tag_keys is not None:
        known["aws:tagkeys"] = facts.tag_keys
    if facts.resource_tags:
        _add_tags(known, "aws:resourcetag/", facts.resource_tags)
        _add_tags(known, f"{action.partition(':')[0].lower()}:resourcetag/", facts.resource_tags)
    if facts.more:
        known.update(context_of(facts.more.items()))
    return Request(principal=principal, action=action, resource=resource, account=account, context=known)


def context_of(entries: Iterable[tuple[str, str | tuple[str, ...]]]) -> Context:
    """Give a context of keys in any case; where a key comes twice, it has the values of both."""
    known: dict[str, str | tuple[str, ...]] = {}
    for key, value in entries:
        _add(known, key.lower(), value)
    return known


@lru_cache(maxsize=16)
def _of_time(now_s: int) -> Context:
    return {"aws:currenttime": _iso(now_s), "aws:epochtime": str(now_s)}


@lru_cache(maxsize=1024)
def _of_principal(principal: Principal) -> Context:
    known: dict[str, str | tuple[str, ...]] = {"aws:userid": principal.id}
    if principal.kind in _TYPES:
        known["aws:principaltype"] = _TYPES[principal.kind]
    if principal.account:
        known["aws:principalaccount"] = principal.account
    if principal.kind == "anonymous":
        return known
    known["aws:principalisawsservice"] = _flag(principal.kind == "service")
    match principal.kind:
        case "service":
            known["aws:principalservicename"] = principal.name
            known["aws:principalservicenameslist"] = (principal.name,)
        case "federated user":
            known["aws:principalarn"] = principal.arn
        case "root" | "user" | "role session":
            known["aws:principalarn"] = principal.entity
    if principal.kind == "user":
        known["aws:username"] = principal.name
    _add_tags(known, "aws:principaltag/", principal.tags)
    if principal.issued_at_s is not None:
        known["aws:tokenissuetime"] = _iso(int(principal.issued_at_s))
        known["aws:multifactorauthpresent"] = _flag(principal.mfa_at_s is not None)
    if principal.provider:
        known["aws:federatedprovider"] = principal.provider
    if principal.source_identity:
        known["aws:sourceidentity"] = principal.source_identity
    return known


def _add_tags(known: dict[str, str | tuple[str, ...]], prefix: str, tags: Tags) -> None:
    for key, value in tags:
        _add(known, prefix + key.lower(), value)


def _add(known: dict[str, str | tuple[str, ...]], key: str, value: str | tuple[str, ...]) -> None:
    """Add a value; a key that is there already, spelled another way, then has several."""
    before = known.get(key)
    known[key] = value if before is None else (*_values(before), *_values(value))


def _values(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _iso(epoch_s: int) -> str:
    return datetime.fromtimestamp(epoch_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _flag(value: bool) -> str:
    return "true" if value else "false"
