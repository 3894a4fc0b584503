"""Customer keys: found by what callers say of them, judged, destroyed."""

from __future__ import annotations

import re

from msgspec.structs import replace

from radiograph.model.ids import aws_arn
from radiograph.model.keys import CustomerKey
from radiograph.storage.interfaces import CustomerKeys

from .maker import KeyMaker

__all__ = [
    "AWS_ALIAS",
    "NoSuchKey",
    "Unusable",
    "destroy",
    "find",
    "is_key_name",
    "key_arn",
    "managed_key",
    "usable",
]

AWS_ALIAS = "alias/aws/xray"
"""The key that the installation makes for an account by itself."""

# AWS's own example of an id has nine digits first.
_KEY = r"mrk-[0-9a-f]{32}|[0-9a-fA-F]{8,9}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ALIAS = r"alias/[A-Za-z0-9/_-]{1,250}"
_NAMED = re.compile(
    rf"(?:arn:(?P<partition>[a-z-]+):kms:(?P<region>[a-z0-9-]+):(?P<account>\d{{12}}):)?"
    rf"(?:(?P<prefix>key/)?(?P<key>{_KEY})|(?P<alias>{_ALIAS}))"
)


class NoSuchKey(Exception):
    """No key of the account is named like this; the message says what was asked for."""


class Unusable(Exception):
    """The key is there, and cannot be used; the message says why, and what to do."""


def find(keys: CustomerKeys, named: str, account: str, region: str, even_destroyed: bool = False) -> CustomerKey:
    """Give the key of an account that an id, an alias or the ARN of either names; a destroyed one is none, usually.

    Raises: ValueError for what names no key whatever there is; NoSuchKey.
    """
    match = _match(named)
    if match is None:
        raise ValueError(f"{named[:60]!r} is no key; a key's id or ARN, or alias/… or its ARN, is accepted")
    if match["account"] and (match["account"], match["region"]) != (account, region):
        raise NoSuchKey(f"{named} is a key of another account or region; this is {account} in {region}")
    id_ = match["key"] or keys.aliases().get(match["alias"], "")
    found = keys.with_id(id_) if id_ else None
    if found is None or (found.state == "Destroyed" and not even_destroyed):
        raise NoSuchKey(f"{named} does not exist in account {account}")
    return found


def is_key_name(named: str) -> bool:
    """Whether this is how a key can be named, whether or not it exists."""
    return _match(named) is not None


def _match(named: str) -> re.Match[str] | None:
    match = _NAMED.fullmatch(named)
    if match is None or bool(match["prefix"]) != bool(match["account"] and match["key"]):
        return None
    return match


def usable(key: CustomerKey) -> CustomerKey:
    """Give the key back when it can be used.

    Raises: Unusable.
    """
    match key.state:
        case "Disabled":
            raise Unusable(f"key {key.id} is disabled; enable it, or choose another")
        case "PendingDeletion":
            raise Unusable(f"key {key.id} is pending deletion; cancel that, or choose another")
        case "Destroyed":
            raise Unusable(f"key {key.id} is destroyed; choose another")
    return key


def managed_key(keys: CustomerKeys, maker: KeyMaker, account: str, now: float) -> CustomerKey:
    """Give the key that the installation made for an account by itself, made now when there is none."""
    named = keys.with_id(keys.aliases().get(AWS_ALIAS, ""))
    if named is not None and named.state != "Destroyed":
        return named
    made = maker.customer_key(account, now, "Protects traces when no other key is chosen", managed=True)
    keys.put(made)
    keys.put_alias(AWS_ALIAS, made.id, now)
    return made


def key_arn(key_id: str, account: str, region: str) -> str:
    """Give a key's ARN."""
    return aws_arn("kms", region, account, f"key/{key_id}")


def destroy(keys: CustomerKeys, key: CustomerKey) -> None:
    """Remove a key's material, and that of every data key under it. :meth:`SettingsStore.scrub` has to follow."""
    keys.put(replace(key, state="Destroyed", material=None, deletes_at=None))
    under = {record.number: record for record in keys.data_keys() if record.key_id == key.id}
    for record in under.values():
        keys.put_data_key(replace(record, material=None))
    for learned in keys.dictionaries():
        if learned.data_key in under:
            keys.put_dictionary(replace(learned, content=None))
    for alias, named in keys.aliases().items():
        if named == key.id:
            keys.remove_alias(alias)
