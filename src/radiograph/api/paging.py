"""NextToken: where a page ended, opaque to callers."""

from __future__ import annotations

import base64
import binascii
from typing import TypeVar

import msgspec

from radiograph.errors import InvalidRequest

__all__ = ["read_token", "write_token"]

T = TypeVar("T")


def write_token(position: msgspec.Struct) -> str:
    """Give the token of a position."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(position)).decode().rstrip("=")


def read_token(token: str, type_: type[T]) -> T:
    """Give the position a token stands for.

    Raises: InvalidRequestException when it is none of ours.
    """
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return msgspec.msgpack.decode(data, type=type_)
    except (binascii.Error, msgspec.MsgspecError, UnicodeError, ValueError):
        raise InvalidRequest(f"NextToken is {token[:60]!r}; one that an earlier page gave is accepted") from None
