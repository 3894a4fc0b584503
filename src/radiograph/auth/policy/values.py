"""What the values of conditions stand for: numbers, moments, addresses, bytes; None for what is none of that.

Source: IAM user guide, "IAM JSON policy elements: Condition operators"; W3C's note on date and time formats.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from msgspec import Struct

__all__ = ["Network", "address", "moment", "network", "number", "raw_bytes"]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}:[0-9]{2})(?::([0-9]{2})(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?)?)?"
)
_EPOCH = re.compile(r"[0-9]{1,12}(?:\.[0-9]+)?")
_NETWORK = re.compile(r"[0-9a-fA-F.:]+(?:/[0-9]{1,3})?")


class Network(Struct, frozen=True):
    """A range of addresses of one version: those that are ``first`` where ``mask`` has ones."""

    version: int
    first: int
    mask: int

    def has(self, given: IPv4Address | IPv6Address) -> bool:
        """Tell whether the address lies in the range."""
        return given.version == self.version and int(given) & self.mask == self.first


def number(text: str) -> Decimal | None:
    """Give the number, as exact as it is written."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def moment(text: str) -> Decimal | None:
    """Give the seconds since the epoch of a date (UTC where it names no zone), or of such a number of seconds.

    Four digits are a year.
    """
    found = _DATE.fullmatch(text)
    if found is None:
        return Decimal(text) if _EPOCH.fullmatch(text) else None
    year, month, day, time, second, fraction, zone = found.groups()
    whole = f"{year}-{month or '01'}-{day or '01'}T{time or '00:00'}:{second or '00'}{zone or 'Z'}"
    try:
        exact = datetime.fromisoformat(whole)
    except ValueError:
        return None
    since = (exact if exact.tzinfo else exact.replace(tzinfo=UTC)) - datetime.fromtimestamp(0, UTC)
    return Decimal(since.days * 86_400 + since.seconds) + Decimal(fraction or 0)


@lru_cache(maxsize=1024)
def address(text: str) -> IPv4Address | IPv6Address | None:
    """Give the address; the IPv4 one where it is mapped into IPv6."""
    try:
        given = ip_address(text)
    except ValueError:
        return None
    return given.ipv4_mapped or given if isinstance(given, IPv6Address) else given


def network(text: str) -> Network | None:
    """Give the range of a prefix in CIDR notation; of an address without one, that address."""
    if not _NETWORK.fullmatch(text):
        return None
    try:
        given = ip_network(text, strict=False)
    except ValueError:
        return None
    return Network(given.version, int(given.network_address), int(given.netmask))


def raw_bytes(text: str) -> bytes | None:
    """Give the bytes that are written in base64."""
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError):
        return None
