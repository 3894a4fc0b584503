"""Who asks: whoever has this machine, or whoever signed the request."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Collection
from typing import Protocol

from radiograph.auth.caller import Caller, local_administrator
from radiograph.auth.policy import Facts
from radiograph.auth.refusals import UnknownKey
from radiograph.clock import Clock

from .asked import Asked
from .iam.callers import Callers

__all__ = ["Gate", "OpenGate", "SignedGate", "facts_of"]


class Gate(Protocol):
    """Lets requests in."""

    def admit(self, asked: Asked, services: Collection[str]) -> Caller:
        """Give who asks one of these services.

        Raises: Refusal, ServiceUnavailable.
        """


class OpenGate:
    """Everyone is the local administrator, signed or not: only this machine reaches the server."""

    def __init__(self, account: str) -> None:
        self._caller = local_administrator(account)

    def admit(self, asked: Asked, services: Collection[str]) -> Caller:
        """Give the local administrator."""
        return self._caller


class SignedGate:
    """Requests say by their signature who asks; browsers by having logged in, exporters of spans by name and secret."""

    def __init__(self, callers: Callers) -> None:
        self._callers = callers

    def admit(self, asked: Asked, services: Collection[str]) -> Caller:
        """Give who signed; see the Protocol."""
        if asked.login:
            return self._callers.logged_in(asked.login)
        authorization = asked.header(b"authorization") or ""
        if authorization[:6].lower() == "basic ":
            return self._named(authorization[6:])
        return self._callers.identify(asked.method, asked.raw_path, asked.query, asked.headers, asked.body, services)

    def _named(self, credentials: str) -> Caller:
        """Give the caller of ``Basic`` authorization: access key and secret, for clients that cannot sign."""
        try:
            name, _, secret = base64.b64decode(credentials, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise UnknownKey("the Basic credentials are no base64 of an access key and its secret") from None
        return self.with_secret(name, secret)

    def with_secret(self, access_key_id: str, secret: str) -> Caller:
        """Give the caller of an access key and its secret.

        Raises: Refusal.
        """
        caller, known = self._callers.with_key(access_key_id)
        if not hmac.compare_digest(known.encode(), secret.encode()):
            raise UnknownKey("the secret is another one")
        return caller


def facts_of(asked: Asked, clock: Clock, region: str) -> Facts:
    """Give what policies may ask of a request."""
    return Facts(
        now_s=clock(),
        region=region,
        source_ip=asked.source_ip,
        is_tls=asked.is_tls,
        user_agent=asked.header(b"user-agent"),
        referer=asked.header(b"referer"),
    )
