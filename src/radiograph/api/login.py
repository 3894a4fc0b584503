"""Logging in at the console: an access key and its secret, once; then the browser has a cookie.

The cookie is good for what pages of this server ask: other sites' requests do not carry it (``SameSite=Strict``), and
those that name another ``Origin`` are refused before.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import uuid
from collections.abc import Callable
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from radiograph.asgi import Headers, Receive, Scope, Send, header, read_body, refuse_strangers, respond
from radiograph.auth.caller import Caller
from radiograph.auth.refusals import Refusal
from radiograph.errors import AccessDenied, Throttled
from radiograph.rates import Rate

from .asked import asked_of
from .auditor import Auditor
from .sessions import Sessions

__all__ = ["LOGIN_PATHS", "Login"]

LOGIN_PATHS = frozenset(["/login", "/logout"])
_COOKIE = "radiograph"
_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]{0,2000}")
_MOST_BYTES = 4096
_TRIES_PER_S = 20.0
_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { display: grid; place-items: center; min-height: 100vh; margin: 0 }
form { display: grid; gap: 1rem; width: min(22rem, 90vw) }
label { display: grid; gap: .25rem }
input, button { font: inherit; padding: .5rem .75rem; border: 1px solid GrayText; border-radius: .5rem }
button { background: #0b5cad; border-color: #0b5cad; color: #fff; cursor: pointer }
p[role=alert] { margin: 0; padding: .5rem .75rem; border-inline-start: .25rem solid #c0392b }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS: Headers = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    # Not "no-referrer": with that, browsers say of a form that it comes from nowhere.
    (b"referrer-policy", b"same-origin"),
    (
        b"content-security-policy",
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'".encode(),
    ),
]
_WORDS = {
    "en": {
        "title": "Log in to Radiograph",
        "key": "Access key ID",
        "secret": "Secret access key",
        "go": "Log in",
        "wrong": "There is no such access key, or its secret is another one.",
        "often": "Too many attempts. Wait a moment, then try again.",
    },
    "fr": {
        "title": "Se connecter à Radiograph",
        "key": "Identifiant de clé d’accès",
        "secret": "Clé d’accès secrète",
        "go": "Se connecter",
        "wrong": "Cette clé d’accès n’existe pas, ou sa clé secrète est une autre.",
        "often": "Trop de tentatives. Attendez un instant, puis réessayez.",
    },
}


class Login:
    """The page at ``/login``, and the sessions that come of it."""

    def __init__(
        self, check: Callable[[str, str], Caller], sessions: Sessions, any_host: bool, auditor: Auditor
    ) -> None:
        """``check`` takes an access key and its secret. Raises: Refusal when they do not belong together."""
        self._check, self._sessions, self._any_host = check, sessions, any_host
        self._rate = Rate(_TRIES_PER_S)
        self._auditor = auditor

    def who(self, scope: Scope) -> str:
        """Give the access key whose owner's browser this is; empty when nobody has logged in, or it was long ago.

        Raises: AccessDeniedException when a browser does not say which page asks.
        """
        token = _cookie(scope)
        key = self._sessions.access_key_id(token) if token else None
        if key is None:
            return ""
        if scope["method"] not in ("GET", "HEAD") and header(scope, b"origin") is None:
            raise AccessDenied("the request has a session but no Origin; browsers send one with what they post")
        return key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show the page, or log in or out."""
        words = _WORDS["fr" if (header(scope, b"accept-language") or "").lower().startswith("fr") else "en"]
        if scope["method"] in ("GET", "HEAD") and scope["path"] == "/login":
            asked = parse_qs(scope.get("query_string", b"").decode("ascii", "replace"))
            await respond(send, 200, _HEADERS, _page(words, to=_own(asked.get("to", [""])[0])))
            return
        if scope["method"] != "POST":
            await respond(send, 405, _HEADERS, _page(words))
            return
        self._refuse_strangers(scope)
        if scope["path"] == "/logout":
            await self._log_out(scope)
            await respond(send, 303, [(b"location", b"/login"), _set_cookie(scope, "", 0)], b"")
            return
        form = parse_qs((await read_body(receive, _MOST_BYTES)).decode("utf-8", "replace"))
        key, secret, to = (form.get(name, [""])[0].strip() for name in ("key", "secret", "to"))
        to = _own(to)
        try:
            await self._try(scope, key, secret)
        except Refusal:
            await respond(send, 403, _HEADERS, _page(words, words["wrong"], key, to))
        except Throttled:
            await respond(send, 429, _HEADERS, _page(words, words["often"], key, to))
        else:
            token = self._sessions.open(key)
            await respond(send, 303, [(b"location", to.encode()), _set_cookie(scope, token, 12 * 3600)], b"")

    def _refuse_strangers(self, scope: Scope) -> None:
        try:
            refuse_strangers(scope, self._any_host)
        except AccessDenied as error:
            asked = asked_of(scope, b"", str(uuid.uuid4()))
            seen = self._auditor.begin(asked)
            seen.error = error
            self._auditor.tell(asked, seen)
            raise

    async def _try(self, scope: Scope, key: str, secret: str) -> None:
        """Return when key and secret belong together, and that is told of.

        Raises: Refusal, ThrottledException, ServiceUnavailable.
        """
        asked = asked_of(scope, b"", str(uuid.uuid4()), key)
        caller: Caller | None = None
        try:
            self._rate.take("logins")
            caller = self._check(key, secret)
        except (Refusal, Throttled) as error:
            self._auditor.signed_in(asked, None, error)
            raise
        await asyncio.to_thread(self._auditor.signed_in, asked, caller, None)

    async def _log_out(self, scope: Scope) -> None:
        token = _cookie(scope)
        key = self._sessions.access_key_id(token) if token else None
        self._sessions.close(token)
        if key is not None:
            await asyncio.to_thread(self._auditor.signed_out, asked_of(scope, b"", str(uuid.uuid4()), key))


def _cookie(scope: Scope) -> str:
    try:
        found = SimpleCookie(header(scope, b"cookie") or "").get(_COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def _set_cookie(scope: Scope, token: str, lasts_s: int) -> tuple[bytes, bytes]:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    text = f"{_COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={lasts_s}{secure}"
    return b"set-cookie", text.encode()


def _own(path: str) -> str:
    """Give a path of this server's, whatever was asked for: logging in leads nowhere else."""
    return path if _PATH.fullmatch(path) else "/"


def _page(words: dict[str, str], problem: str = "", key: str = "", to: str = "/") -> bytes:
    alert = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    language = "fr" if words is _WORDS["fr"] else "en"
    return f"""<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(words["title"])}</title><style>{_STYLE}</style>
<body><form method="post" action="/login"><h1>{escape(words["title"])}</h1>{alert}
<label>{escape(words["key"])}<input name="key" value="{escape(key)}" autocomplete="username" required autofocus></label>
<label>{escape(words["secret"])}<input name="secret" type="password" autocomplete="current-password" required></label>
<input type="hidden" name="to" value="{escape(to)}">
<button>{escape(words["go"])}</button></form></body></html>""".encode()
