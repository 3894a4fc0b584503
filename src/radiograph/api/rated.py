"""A gate that counts: how much one user or role asks, and how much one address asks in vain."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from radiograph.auth.caller import Caller
from radiograph.auth.refusals import Refusal
from radiograph.rates import Rates

from .asked import Asked
from .gate import Gate

__all__ = ["EVERY_SERVICE", "RatedGate", "network_of"]

EVERY_SERVICE = frozenset(["iam", "sts", "xray", "cloudtrail", "kms", "oam"])
_MOST = 10_000
"""Names that are counted; of those used longest ago the count begins anew."""


class RatedGate:
    """Lets in whom another gate lets in, so many times a second; 0 for any number."""

    def __init__(self, gate: Gate, per_principal_s: float, refusals_per_address_s: float) -> None:
        self._gate = gate
        self._asking = Rates(per_principal_s, most=_MOST)
        self._refused = Rates(refusals_per_address_s, most=_MOST)

    def admit(self, asked: Asked, services: Collection[str]) -> Caller:
        """Give who asks; see the Protocol.

        Raises: Refusal, ServiceUnavailable, ThrottledException.
        """
        try:
            caller = self._gate.admit(asked, services)
        except Refusal:
            self._refused.take(network_of(asked.source_ip), "refused requests of one address")
            raise
        if not caller.is_local:
            principal = caller.principal
            self._asking.take(principal.entity or principal.arn, f"requests of {principal.entity or principal.arn}")
        return caller


def network_of(address: str | None) -> str:
    """Give what is counted as one address: of IPv6 the first 64 bits, which one machine has all of."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "nowhere"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
