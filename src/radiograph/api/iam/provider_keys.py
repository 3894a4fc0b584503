"""The keys that OpenID Connect providers sign with: found by discovery, remembered, fetched again when others come."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec

from .https import Fetcher, Unreachable

__all__ = ["ProviderKeys"]

S = TypeVar("S", bound=msgspec.Struct)

_FRESH_S = 3600
_STALE_S = 86_400
"""How long keys are used when newer ones cannot be had."""
_AGAIN_S = 60
"""How often at most a provider is asked, whatever tokens come."""
_MOST = 256


class _Discovery(msgspec.Struct, frozen=True):
    issuer: str
    jwks_uri: str


class _KeySet(msgspec.Struct, frozen=True):
    keys: list[dict[str, Any]]


class _Fetched(NamedTuple):
    keys: list[dict[str, Any]]
    fetched_at: float
    tried_at: float
    trouble: str


class ProviderKeys:
    """The keys of providers, by issuer; may be asked from several threads."""

    def __init__(self, fetch: Callable[[str], bytes] | None = None) -> None:
        self._fetch = fetch or Fetcher()
        self._lock = threading.Lock()
        self._known: dict[str, _Fetched] = {}

    def __call__(self, issuer: str, kid: str | None, now: float) -> list[dict[str, Any]]:
        """Give an issuer's keys, as JSON Web Keys; ``kid`` is the one that is wanted.

        Raises: Unreachable.
        """
        known = self._known.get(issuer)
        if known is None or (now - known.tried_at >= _AGAIN_S and self._is_wanting(known, kid, now)):
            known = self._ask(issuer, known, now)
            with self._lock:
                if len(self._known) >= _MOST:
                    self._known.clear()
                self._known[issuer] = known
        if not known.keys or now - known.fetched_at >= _STALE_S:
            raise Unreachable(known.trouble)
        return known.keys

    @staticmethod
    def _is_wanting(known: _Fetched, kid: str | None, now: float) -> bool:
        return now - known.fetched_at >= _FRESH_S or all(key.get("kid") != kid for key in known.keys)

    def _ask(self, issuer: str, known: _Fetched | None, now: float) -> _Fetched:
        try:
            keys = self._fetch_keys(issuer)
        except Unreachable as trouble:
            before = known or _Fetched([], 0.0, 0.0, "")
            return before._replace(tried_at=now, trouble=str(trouble))
        return _Fetched(keys, now, now, "")

    def _fetch_keys(self, issuer: str) -> list[dict[str, Any]]:
        where = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        found = _read(self._fetch(where), _Discovery, where)
        if found.issuer != issuer:
            raise Unreachable(f"{where} is of the issuer {found.issuer[:200]!r}; {issuer!r} is accepted")
        keys = _read(self._fetch(found.jwks_uri), _KeySet, found.jwks_uri).keys
        if not keys:
            raise Unreachable(f"{found.jwks_uri} has no keys")
        return keys


def _read(body: bytes, type_: type[S], where: str) -> S:
    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreachable(f"{where[:200]} is not what was expected: {error}") from None
