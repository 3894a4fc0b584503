"""JSON Web Tokens: read, and their signatures verified. The one place that knows the library for it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import msgspec
from joserfc import jwk, jws
from joserfc.errors import JoseError
from msgspec import UNSET, UnsetType

__all__ = ["BadToken", "Token", "read_token", "verify_token"]

_ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
"""None of them with a shared secret: what a provider publishes must not be good for signing."""
_KINDS = ("RSA", "EC")


class BadToken(Exception):
    """No token, or not signed by any of the keys; the message says why."""


class _Header(msgspec.Struct, frozen=True):
    alg: str
    kid: str | None = None


class Token(msgspec.Struct, frozen=True):
    """What a token says; nothing of it is proven before :func:`verify_token` returns. Times are epoch seconds."""

    iss: str
    sub: str
    exp: float
    aud: str | list[str] = msgspec.field(default_factory=list)
    azp: str | None = None
    nbf: float | None = None
    iat: float | None = None
    kid: str | None = None
    claims: dict[str, Any] = {}
    """All of them."""

    @property
    def audiences(self) -> list[str]:
        """Give whom it is for."""
        return [self.aud] if isinstance(self.aud, str) else self.aud


class _Claims(msgspec.Struct, frozen=True):
    iss: str
    sub: str
    exp: float
    aud: str | list[str] = msgspec.field(default_factory=list)
    azp: str | UnsetType | None = UNSET
    nbf: float | None = None
    iat: float | None = None


def read_token(text: str) -> Token:
    """Give what a token says, verified or not.

    Raises: BadToken.
    """
    parts = text.split(".")
    if len(parts) != 3:
        raise BadToken("it has not three parts with dots between")
    try:
        header = msgspec.json.decode(_decoded(parts[0]), type=_Header)
        payload = _decoded(parts[1])
        known = msgspec.json.decode(payload, type=_Claims)
        claims = msgspec.json.decode(payload, type=dict[str, Any])
    except (binascii.Error, ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise BadToken(str(error)) from None
    if header.alg not in _ALGORITHMS:
        raise BadToken(f"it is signed by {header.alg[:20]!r}; {', '.join(_ALGORITHMS)} are accepted")
    azp = known.azp if isinstance(known.azp, str) else None
    return Token(known.iss, known.sub, known.exp, known.aud, azp, known.nbf, known.iat, header.kid, claims)


def verify_token(text: str, keys: Sequence[dict[str, Any]]) -> None:
    """Return when one of the keys has signed a token.

    Raises: BadToken.
    """
    usable = [key for key in map(_imported, keys) if key is not None]
    if not usable:
        raise BadToken("its provider has no key that could have signed it")
    try:
        jws.deserialize_compact(text.encode(), jwk.KeySet(usable), algorithms=_ALGORITHMS)
    except (JoseError, ValueError) as error:
        raise BadToken(f"its signature is not its provider's: {error}") from None


def _imported(key: dict[str, Any]) -> Any:
    """Give a key made ready, or None for one that is not for this."""
    if key.get("kty") not in _KINDS or key.get("use", "sig") != "sig":
        return None
    try:
        return jwk.import_key({name: value for name, value in key.items() if isinstance(value, str)})
    except (JoseError, ValueError, TypeError):
        return None


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
