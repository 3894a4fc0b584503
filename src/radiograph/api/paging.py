"""NextToken: where a page ended, opaque to callers."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from radiograph.errors import InvalidRequest

__all__ = ["cut_page", "no_token", "read_token", "write_token"]

T = TypeVar("T")


class _After(msgspec.Struct, frozen=True, array_like=True):
    number: float
    name: str


def cut_page(
    items: Sequence[T], token: str | None, size: int, position: Callable[[T], tuple[float, str]]
) -> tuple[list[T], str | UnsetType]:
    """Give a page of items, which come in the order of their positions, and the token of the next one if any.

    What comes or goes between two pages moves nothing from one to the other.

    Raises: InvalidRequestException for a token that is none of ours.
    """
    if token is not None:
        after = read_token(token, _After)
        items = [item for item in items if position(item) > (after.number, after.name)]
    page = list(items[:size])
    return page, write_token(_After(*position(page[-1]))) if len(items) > size else UNSET


def no_token(token: str | None) -> None:
    """Refuse any token, where everything fits one page.

    Raises: InvalidRequestException.
    """
    if token is not None:
        raise _not_ours(token)


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
        raise _not_ours(token) from None


def _not_ours(token: str) -> InvalidRequest:
    return InvalidRequest(f"NextToken is {token[:60]!r}; one that an earlier page gave is accepted")
