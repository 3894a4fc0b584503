"""Marker and MaxItems: pages of what comes in the order of its names."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

from radiograph.errors import InvalidRequest

__all__ = ["Page", "cut_page"]

T = TypeVar("T")

_USUAL = 100


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some items; ``marker`` is None on the last page."""

    items: list[T]
    marker: str | None

    @property
    def is_truncated(self) -> bool:
        """Whether there is another page."""
        return self.marker is not None


def cut_page(items: Sequence[T], marker: str | None, most: int | None, name: Callable[[T], str]) -> Page[T]:
    """Give a page of items, which come in the order of their names; what comes and goes between pages moves nothing.

    Raises: InvalidRequest for a marker that no page gave.
    """
    if marker is not None:
        after = _read(marker)
        items = [item for item in items if name(item) > after]
    page = list(items[: most or _USUAL])
    return Page(page, _write(name(page[-1])) if len(items) > len(page) else None)


def _write(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode()


def _read(marker: str) -> str:
    try:
        return base64.b64decode(marker, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise InvalidRequest(f"Marker is {marker[:60]!r}; one that an earlier page gave is accepted") from None
