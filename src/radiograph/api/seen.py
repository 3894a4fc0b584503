"""What is seen of a request on its way through: what the audit tells of it, once it is decided."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from radiograph.auth.caller import Caller

__all__ = ["Seen"]


def _ready() -> None:
    """Be ready: nobody has to be told."""


class Seen(msgspec.Struct):
    """Filled in on the way by whoever knows."""

    service: str = ""
    """``iam``, ``sts``, ``xray``, ``kms``, ``oam``, ``cloudtrail``, ``signin``, ``radiograph``; see :mod:`.calls`."""
    operation: str = ""
    """Empty when it is for none that there is."""
    caller: Caller | None = None
    """Who asked, once that is proven."""
    account: str = ""
    """The account it is about, where that is another than the caller's."""
    request: msgspec.Struct | None = None
    result: msgspec.Struct | None = None
    error: Exception | None = None
    ready: Callable[[], None] = _ready
    """Called before anything is done. Raises: ServiceUnavailable when it could not be told of afterwards."""
