"""Logging in with a provider of OpenID Connect: the authorization code flow with PKCE, whose token gets a role.

The token is exchanged as anybody's would be, by AssumeRoleWithWebIdentity: the role's trust policy says who may.

Source: OpenID Connect Core 1.0, 3.1; RFC 7636; RFC 9207 for ``iss``.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

import msgspec

from radiograph.asgi import Headers

from .asked import Asked
from .iam.https import Fetcher, Unreachable
from .sts.jwt import BadToken, read_token

__all__ = ["Begun", "Ended", "OidcLogin", "OidcSettings", "ProviderRefusal"]

S = TypeVar("S", bound=msgspec.Struct)

_LASTS_S, _MOST = 600.0, 1000
_NAME = re.compile(r"[^\w+=,.@-]", re.ASCII)
_CREDENTIALS = {
    name: re.compile(f"<{name}>([^<]+)</{name}>".encode()) for name in ("AccessKeyId", "SessionToken", "Message")
}


class ProviderRefusal(Exception):
    """Nobody is logged in; the message says why."""


class OidcSettings(msgspec.Struct, frozen=True):
    """With whom, and as what."""

    issuer: str
    client_id: str
    client_secret: str
    role_arn: str


class Begun(msgspec.Struct, frozen=True):
    """Where to send a browser, and what it has to bring back as a cookie."""

    location: str
    browser: str


class Ended(msgspec.Struct, frozen=True):
    """Who has come back, and where it wanted to go."""

    login: str
    to: str


class _Discovery(msgspec.Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str


class _Pending(msgspec.Struct, frozen=True):
    nonce: str
    verifier: str
    browser: bytes
    to: str
    until: float


class OidcLogin:
    """One provider."""

    def __init__(
        self,
        settings: OidcSettings,
        fetch: Fetcher,
        ask: Callable[[Asked], Awaitable[tuple[int, Headers, bytes]]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``ask`` answers STS's questions."""
        self._settings, self._fetch, self._ask, self._clock = settings, fetch, ask, clock
        self._lock = threading.Lock()
        self._pending: OrderedDict[str, _Pending] = OrderedDict()

    @property
    def name(self) -> str:
        """Give what people know the provider by: its host."""
        return urlsplit(self._settings.issuer).hostname or self._settings.issuer

    def begin(self, site: str, to: str) -> Begun:
        """Give where a browser has to go; ``site`` is what it knows this server by. Blocks.

        Raises: ProviderRefusal.
        """
        found = self._discover()
        state, nonce, verifier, browser = (secrets.token_urlsafe(32) for _ in range(4))
        pending = _Pending(nonce, verifier, _hash(browser), to, self._clock() + _LASTS_S)
        with self._lock:
            while len(self._pending) >= _MOST:
                self._pending.popitem(last=False)
            self._pending[state] = pending
        challenge = base64.urlsafe_b64encode(_hash(verifier)).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "scope": "openid email profile",
            "client_id": self._settings.client_id,
            "redirect_uri": _here(site),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        joint = "&" if "?" in found.authorization_endpoint else "?"
        return Begun(f"{found.authorization_endpoint}{joint}{urlencode(query)}", browser)

    async def end(self, site: str, browser: str, said: Mapping[str, str]) -> Ended:
        """Give who came back with a code; ``browser`` is what its cookie says.

        Raises: ProviderRefusal.
        """
        with self._lock:
            pending = self._pending.pop(said.get("state", ""), None)
        if pending is None or self._clock() >= pending.until:
            raise ProviderRefusal("the attempt is over, or was never begun")
        if not hmac.compare_digest(_hash(browser), pending.browser):
            raise ProviderRefusal("it was begun in another browser")
        if said.get("iss", self._settings.issuer) != self._settings.issuer:
            raise ProviderRefusal("another provider has answered")
        code = said.get("code")
        if code is None:
            raise ProviderRefusal(said.get("error", "there is no code")[:200])
        token = await asyncio.to_thread(self._exchange, code, pending.verifier, site)
        try:
            claims = read_token(token).claims
        except BadToken as error:
            raise ProviderRefusal(str(error)) from None
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), pending.nonce.encode()):
            raise ProviderRefusal("the token is of another attempt")
        told = next((claims[one] for one in ("email", "preferred_username", "sub") if claims.get(one)), "somebody")
        return Ended(await self._assume(token, _NAME.sub("-", str(told))[:64].ljust(2, "-")), pending.to)

    async def _assume(self, token: str, name: str) -> str:
        form = {
            "Action": "AssumeRoleWithWebIdentity",
            "Version": "2011-06-15",
            "RoleArn": self._settings.role_arn,
            "RoleSessionName": name,
            "WebIdentityToken": token,
        }
        status, _, body = await self._ask(Asked(body=urlencode(form).encode()))
        found = {name: pattern.search(body) for name, pattern in _CREDENTIALS.items()}
        key, session, message = found["AccessKeyId"], found["SessionToken"], found["Message"]
        if status != 200 or key is None or session is None:
            raise ProviderRefusal(message[1].decode() if message is not None else f"STS answers {status}")
        return f"session:{key[1].decode()}:{session[1].decode()}"

    def _discover(self) -> _Discovery:
        where = f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration"
        found = _read(self._reach(where), _Discovery)
        if found.issuer != self._settings.issuer:
            raise ProviderRefusal(f"{where} is of the issuer {found.issuer[:200]!r}")
        if not found.authorization_endpoint.startswith("https://"):
            raise ProviderRefusal(f"{found.authorization_endpoint[:200]!r} is not of the form https://host/path")
        return found

    def _exchange(self, code: str, verifier: str, site: str) -> str:
        """Give the token for a code."""
        settings = self._settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _here(site),
            "client_id": settings.client_id,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if settings.client_secret:
            named = f"{settings.client_id}:{settings.client_secret}"
            headers["Authorization"] = f"Basic {base64.b64encode(named.encode()).decode()}"
        return _read(self._reach(self._discover().token_endpoint, urlencode(form).encode(), headers), _Tokens).id_token

    def _reach(self, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> bytes:
        try:
            return self._fetch(url, body, headers)
        except Unreachable as error:
            raise ProviderRefusal(str(error)) from error


def _read(body: bytes, type_: type[S]) -> S:
    try:
        return msgspec.json.decode(body, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ProviderRefusal(f"its answer is not what was expected: {error}") from None


def _here(site: str) -> str:
    return f"{site}/login/oidc/callback"


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
