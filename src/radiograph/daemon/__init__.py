"""What the X-Ray daemon does: UDP in, for the server; and the relay, a daemon by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .udp import UdpReceiver

__all__ = ["UdpReceiver"]


def __getattr__(name: str) -> object:
    # The relay lives in this room too, and must stay without what the server's receiver loads.
    if name == "UdpReceiver":
        from .udp import UdpReceiver

        return UdpReceiver
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
