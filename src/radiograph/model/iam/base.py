"""What every Struct of IAM shares: the two bases and the spelling of names."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

__all__ = ["Absent", "Model", "Request", "Timestamp", "rename"]

Timestamp: TypeAlias = float
"""Seconds since the Unix epoch; answers write it as an ISO-8601 string."""

_WORDS = {"mfa": "MFA", "openid": "OpenID", "ssh": "SSH"}
_IRREGULAR = {"client_id": "ClientID", "client_id_list": "ClientIDList"}


def rename(attribute: str) -> str:
    """The name IAM gives the member that Python calls ``attribute``."""
    if attribute in _IRREGULAR:
        return _IRREGULAR[attribute]
    return "".join(_WORDS.get(word) or word.capitalize() for word in attribute.split("_"))


class Model(Struct, frozen=True, kw_only=True, rename=rename):
    """A structure we answer with: members that are ``None`` stay off the wire."""


class Request(Struct, frozen=True, kw_only=True, rename=rename):
    """A structure callers send: optional members are ``None`` when absent; unknown members are ignored."""


class Absent(Model, frozen=True, kw_only=True):
    """Something of which there never is one."""
