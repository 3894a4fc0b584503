"""One small file fetched over HTTPS from the open Internet: bounded, without redirects, never from inside this network.

A name is resolved once, every address it has must be public, and the connection goes to the address that was checked.
Which of the inner networks may be reached all the same, the operator says.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from urllib.parse import urlsplit

__all__ = ["Fetcher", "Unreachable", "is_public"]

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_TIMEOUT_S = 5.0
_DEADLINE_S = 10.0
_MOST_BYTES = 256 * 1024
_PORTS = (443, 8443)
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class Unreachable(Exception):
    """The file cannot be had; the message says why."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the open Internet, and stands for no other in disguise."""
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in _NAT64) or address.sixtofour or address.teredo:
            return False
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
    # 192.0.0.0/24 is for protocols of the network itself, and some of it counts as global.
    special = address.version == 4 and address in ipaddress.ip_network("192.0.0.0/24")
    return address.is_global and not address.is_multicast and not address.is_reserved and not special


class Fetcher:
    """Fetches over HTTPS; ``allowed`` are networks that may be reached although they are not public, on any port."""

    def __init__(self, allowed: Sequence[Network] = (), context: ssl.SSLContext | None = None) -> None:
        self._allowed, self._context = tuple(allowed), context or ssl.create_default_context()

    def __call__(self, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> bytes:
        """Give what is at a URL, at most 256 KiB of it, within ten seconds; a ``body`` is posted.

        Raises: Unreachable.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port or 443
        except ValueError as error:
            raise Unreachable(f"{url[:200]!r} is no URL: {error}") from None
        if parts.scheme != "https" or not host or parts.username is not None:
            raise Unreachable(f"{url[:200]!r} is not of the form https://host/path")
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        try:
            return self._fetch(host, port, target or "/", body, headers or {})
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise Unreachable(f"{host} does not answer: {error}") from error

    def _fetch(self, host: str, port: int, target: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        until = time.monotonic() + _DEADLINE_S
        with (
            socket.create_connection((str(self._address(host, port)), port), _TIMEOUT_S) as raw,
            self._context.wrap_socket(raw, server_hostname=host) as secured,
        ):
            connection = http.client.HTTPSConnection(host, port, timeout=_TIMEOUT_S)
            connection.sock = secured
            told = {"Accept": "application/json", "User-Agent": "radiograph", **headers}
            connection.request("GET" if body is None else "POST", target, body, told)
            answer = connection.getresponse()
            if answer.status != 200:
                raise Unreachable(f"{host} answers with status {answer.status}; 200 is accepted")
            parts: list[bytes] = []
            while part := answer.read1(16_384):
                parts.append(part)
                if sum(map(len, parts)) > _MOST_BYTES:
                    raise Unreachable(f"{host} answers with more than {_MOST_BYTES} bytes")
                if time.monotonic() > until:
                    raise Unreachable(f"{host} takes longer than {_DEADLINE_S:.0f} s")
            return b"".join(parts)

    def _address(self, host: str, port: int) -> Address:
        """Give the address to connect to; one that may not be reached spoils them all."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        for address in addresses:
            if any(address in network for network in self._allowed if network.version == address.version):
                continue
            if not is_public(address):
                raise Unreachable(f"{host} is at {address}, which is not public")
            if port not in _PORTS:
                raise Unreachable(f"{host} is asked for at port {port}; {_PORTS[0]} and {_PORTS[1]} are accepted")
        return addresses[0]
