"""Requests to X-Ray as the daemon makes them: signed, and with the headers by which AWS knows its daemons."""

from __future__ import annotations

import os
import platform
import ssl
import sys
from collections.abc import Mapping

import msgspec

from radiograph import __version__
from radiograph.clock import Clock

from .answer import Headers, Reply
from .connection import Connection
from .credentials import Credentials
from .endpoint import Endpoint
from .signing import Signer, signature_headers

__all__ = ["JSON", "PROTOBUF", "Service", "user_agent"]

JSON, PROTOBUF = "application/json", "application/x-protobuf"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_OF_A_SIGNATURE = frozenset(("authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"))


class Service(msgspec.Struct, frozen=True):
    """X-Ray, or a Radiograph, as we reach it."""

    endpoint: Endpoint
    region: str
    credentials: Credentials
    context: ssl.SSLContext
    clock: Clock
    user_agent: str

    def connection(self) -> Connection:
        """Give a connection of one's own; it opens with the first request."""
        return Connection(self.endpoint, self.context)

    async def post(self, connection: Connection, path: str, kind: str, body: bytes, timeout_s: float) -> Reply:
        """Give the answer to a request of our own.

        Raises: OSError.
        """
        now = self.clock()
        headers = [
            ("User-Agent", self.user_agent),
            ("X-Amzn-Xray-Timestamp", f"{now:.9f}"),
            ("Content-Type", kind),
        ]
        target = self.endpoint.prefix + path
        headers += await self._signature("POST", target, kind, body, now)
        return await connection.exchange("POST", target, headers, body, timeout_s)

    async def forward(
        self, connection: Connection, method: str, target: str, headers: Headers, body: bytes, timeout_s: float
    ) -> Reply:
        """Give the answer to somebody else's request, which gets our signature in place of its own, if we have one.

        Raises: OSError.
        """
        target = self.endpoint.prefix + target
        kind = next((value for name, value in headers if name.lower() == "content-type"), None)
        signature = await self._signature(method, target, kind, body, self.clock())
        if signature:
            headers = [one for one in headers if one[0].lower() not in _OF_A_SIGNATURE]
        return await connection.exchange(method, target, [*headers, *signature], body, timeout_s)

    async def _signature(self, method: str, target: str, kind: str | None, body: bytes, now: float) -> Headers:
        keys = await self.credentials.keys()
        if keys is None:
            return []
        return signature_headers(Signer(keys, self.region), method, target, self.endpoint.authority, kind, body, now)


def user_agent(environment: Mapping[str, str] = os.environ) -> str:
    """Give what AWS's daemon says of itself, with our version.

    Source: aws-xray-daemon, "conn".
    """
    machine = platform.machine()
    where = f"{sys.platform}-{_ARCHITECTURES.get(machine, machine)}"
    return (
        f"radiograph/{__version__} xray-agent/xray-daemon/{__version__} "
        f"exec-env/{environment.get('AWS_EXECUTION_ENV') or 'UNKNOWN'} OS/{where}"
    )
