"""Logging in at the console: once, by a password, an access key or a provider; then the browser has a cookie.

The cookie is good for what pages of this server ask: other sites' requests do not carry it (``SameSite=Strict``), and
those that name another ``Origin`` are refused before.
"""

from __future__ import annotations

import asyncio
import re
import uuid
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from msgspec.structs import replace

from radiograph.asgi import Receive, Scope, Send, header, read_body, refuse_strangers, respond
from radiograph.auth.refusals import Refusal, WrongSignature
from radiograph.errors import AccessDenied, ApiError, Throttled
from radiograph.rates import Rates

from .asked import asked_of
from .auditor import Auditor
from .iam.errors import PasswordPolicyViolation
from .login_pages import HEADERS, Page, login_page, password_page
from .oidc import OidcLogin, ProviderRefusal
from .password_login import Known, PasswordLogin
from .rated import network_of
from .sessions import Sessions

__all__ = ["LOGIN_PATHS", "Login"]

LOGIN_PATHS = frozenset(["/login", "/login/password", "/login/oidc", "/login/oidc/callback", "/logout"])
_COOKIE, _STATE_COOKIE = "radiograph", "radiograph-login"
_HOST = "__Host-"
"""Over TLS: browsers keep a cookie of such a name only if it is this host's alone, and ``Secure``."""
_MOST_NAME = 200
_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]{0,2000}")
_MOST_BYTES = 4096
_TRIES_PER_S, _TRIES_AT_ONCE = 1 / 6, 10
"""Of one address, and of one name: ten at once, then ten a minute."""
_MOST_COUNTED = 10_000
_LASTS_S = 12 * 3600


class Login:
    """The pages at ``/login``, and the sessions that come of them."""

    def __init__(
        self,
        check_key: Callable[[str, str], object],
        passwords: PasswordLogin,
        oidc: OidcLogin | None,
        sessions: Sessions,
        any_host: bool,
        auditor: Auditor,
    ) -> None:
        """``check_key`` takes an access key and its secret. Raises: Refusal when they do not belong together."""
        self._check_key, self._passwords, self._oidc = check_key, passwords, oidc
        self._sessions, self._any_host, self._auditor = sessions, any_host, auditor
        self._tries = Rates(_TRIES_PER_S, at_once=_TRIES_AT_ONCE, most=_MOST_COUNTED)

    def who(self, scope: Scope) -> str:
        """Give the login whose browser this is; empty when nobody has logged in, or it was long ago.

        Raises: AccessDeniedException when a browser does not say which page asks.
        """
        token = _cookie(scope, _COOKIE)
        login = self._sessions.login(token) if token else None
        if login is None:
            return ""
        if scope["method"] not in ("GET", "HEAD") and header(scope, b"origin") is None:
            raise AccessDenied("the request has a session but no Origin; browsers send one with what they post")
        return login

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Show a page, or log in or out."""
        page = replace(Page.of(scope), provider=self._oidc.name if self._oidc is not None else "")
        asked = {name: values[0] for name, values in parse_qs(_query(scope)).items()}
        match scope["method"], scope["path"]:
            case ("GET" | "HEAD", "/login"):
                await _show(send, 200, login_page(replace(page, to=_own(asked.get("to", "")))))
            case ("GET", "/login/oidc") if self._oidc is not None:
                await self._go_to_provider(self._oidc, scope, send, replace(page, to=_own(asked.get("to", ""))))
            case ("GET", "/login/oidc/callback") if self._oidc is not None:
                await self._come_from_provider(self._oidc, scope, send, page, asked)
            case ("POST", "/logout"):
                self._refuse_strangers(scope)
                await self._log_out(scope)
                await respond(send, 303, [(b"location", b"/login"), _set_cookie(scope, _COOKIE, "", 0)], b"")
            case ("POST", "/login" | "/login/password"):
                self._refuse_strangers(scope)
                form = parse_qs((await read_body(receive, _MOST_BYTES)).decode("utf-8", "replace"))
                await self._take(scope, send, page, {name: values[0] for name, values in form.items()})
            case _:
                await _show(send, 405, login_page(page))

    async def _take(self, scope: Scope, send: Send, page: Page, form: Mapping[str, str]) -> None:
        page = replace(page, to=_own(form.get("to", "")))
        by_key = "key" in form
        names = ("key",) if by_key else ("account", "user")
        page = replace(page, **{name: form.get(name, "").strip() for name in names})
        counted = (f"address {_address(scope)}", "name " + "/".join(form.get(one, "")[:_MOST_NAME] for one in names))
        try:
            for one in counted:
                self._tries.take(one)
            login = self._by_key(page, form) if by_key else await self._by_password(scope, page, form)
        except Throttled as error:
            await self._tell(scope, page.key, error)
            await _show(send, 429, login_page(replace(page, problem="often")))
            return
        except PasswordPolicyViolation as error:
            await _show(send, 400, password_page(replace(page, problem=error.message)))
            return
        if login in (Known.NOBODY, Known.OVER):
            await self._tell(scope, page.key, WrongSignature("no such key or password"))
        match login:
            case str():
                if scope["path"] == "/login/password":
                    await self._tell_of_change(scope, login)
                await self._tell(scope, login, None)
                # Only those in vain count.
                for one in counted:
                    self._tries.give_back(one)
                # Whoever had a session here has another one now: no id outlives a login.
                self._sessions.close(_cookie(scope, _COOKIE))
                token = self._sessions.open(login)
                headers = [(b"location", page.to.encode()), _set_cookie(scope, _COOKIE, token, _LASTS_S)]
                await respond(send, 303, headers, b"")
            case Known.MUST_CHANGE:
                await _show(send, 200, password_page(page))
            case Known.NOBODY if scope["path"] == "/login/password":
                await _show(send, 403, password_page(replace(page, problem="wrong")))
            case _:
                await _show(send, 403, login_page(replace(page, problem="wrong key" if by_key else "wrong")))

    def _by_key(self, page: Page, form: Mapping[str, str]) -> str | Known:
        try:
            self._check_key(page.key, form.get("secret", "").strip())
        except Refusal:
            return Known.NOBODY
        return page.key

    async def _by_password(self, scope: Scope, page: Page, form: Mapping[str, str]) -> str | Known:
        who = (page.account, page.user, form.get("password", ""))
        if scope["path"] == "/login":
            return await asyncio.to_thread(self._passwords.check, *who)
        if form.get("new") != form.get("again"):
            raise PasswordPolicyViolation("differ")
        return await asyncio.to_thread(self._passwords.change, *who, form.get("new", ""))

    # --- a provider

    async def _go_to_provider(self, oidc: OidcLogin, scope: Scope, send: Send, page: Page) -> None:
        try:
            self._tries.take(f"address {_address(scope)}")
            begun = await asyncio.to_thread(oidc.begin, _site(scope), page.to)
        except (ProviderRefusal, Throttled) as error:
            await _show(send, 502, login_page(replace(page, problem="provider", detail=str(error))))
            return
        cookie = _set_cookie(scope, _STATE_COOKIE, begun.browser, 600, "Lax")
        await respond(send, 303, [(b"location", begun.location.encode()), cookie, (b"cache-control", b"no-store")], b"")

    async def _come_from_provider(
        self, oidc: OidcLogin, scope: Scope, send: Send, page: Page, asked: Mapping[str, str]
    ) -> None:
        gone = _set_cookie(scope, _STATE_COOKIE, "", 0, "Lax")
        try:
            ended = await oidc.end(_site(scope), _cookie(scope, _STATE_COOKIE), asked)
        except ProviderRefusal as error:
            await self._tell(scope, "", WrongSignature(str(error)))
            page = replace(page, problem="provider", detail=str(error))
            await respond(send, 403, [*HEADERS, gone], login_page(page))
            return
        await self._tell(scope, ended.login, None)
        self._tries.give_back(f"address {_address(scope)}")
        self._sessions.close(_cookie(scope, _COOKIE))
        token = self._sessions.open(ended.login)
        headers = [(b"location", ended.to.encode()), _set_cookie(scope, _COOKIE, token, _LASTS_S), gone]
        await respond(send, 303, headers, b"")

    # --- what the audit is told

    def _refuse_strangers(self, scope: Scope) -> None:
        try:
            refuse_strangers(scope, self._any_host)
        except AccessDenied as error:
            asked = asked_of(scope, b"", str(uuid.uuid4()))
            seen = self._auditor.begin(asked)
            seen.error = error
            self._auditor.tell(asked, seen)
            raise

    async def _tell(self, scope: Scope, login: str, error: ApiError | None) -> None:
        """Return when it is told that somebody has logged in, or tried to by an access key or by nothing known.

        Raises: ServiceUnavailable.
        """
        asked = asked_of(scope, b"", str(uuid.uuid4()), login)
        await asyncio.to_thread(self._auditor.signed_in, asked, error)

    async def _tell_of_change(self, scope: Scope, login: str) -> None:
        asked = asked_of(scope, b"", str(uuid.uuid4()), login)
        await asyncio.to_thread(self._auditor.changed_password, asked)

    async def _log_out(self, scope: Scope) -> None:
        token = _cookie(scope, _COOKIE)
        login = self._sessions.login(token) if token else None
        self._sessions.close(token)
        if login is not None:
            await asyncio.to_thread(self._auditor.signed_out, asked_of(scope, b"", str(uuid.uuid4()), login))


async def _show(send: Send, status: int, page: bytes) -> None:
    await respond(send, status, HEADERS, page)


def _query(scope: Scope) -> str:
    text: str = scope.get("query_string", b"").decode("ascii", "replace")
    return text


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return network_of(client[0] if client else None)


def _site(scope: Scope) -> str:
    return f"{scope.get('scheme', 'http')}://{header(scope, b'host') or ''}"


def _cookie_name(scope: Scope, name: str) -> str:
    return _HOST + name if scope.get("scheme") == "https" else name


def _cookie(scope: Scope, name: str) -> str:
    try:
        found = SimpleCookie(header(scope, b"cookie") or "").get(_cookie_name(scope, name))
    except CookieError:
        return ""
    return found.value if found is not None else ""


def _set_cookie(scope: Scope, name: str, value: str, lasts_s: int, site: str = "Strict") -> tuple[bytes, bytes]:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    text = f"{_cookie_name(scope, name)}={value}; Path=/; HttpOnly; SameSite={site}; Max-Age={lasts_s}{secure}"
    return b"set-cookie", text.encode()


def _own(path: str) -> str:
    """Give a path of this server's, whatever was asked for: logging in leads nowhere else."""
    return path if _PATH.fullmatch(path) else "/"
