"""What the X-Ray daemon does: UDP in."""

from .udp import UdpReceiver

__all__ = ["UdpReceiver"]
