"""The pages at ``/login``: forms that need no script, in the browser's language."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from urllib.parse import quote

import msgspec

from radiograph.asgi import Headers, Scope, header

__all__ = ["HEADERS", "Page", "login_page", "password_page"]

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { display: grid; place-items: center; min-height: 100vh; margin: 0 }
main, form, details[open] { display: grid; gap: 1rem }
main { width: min(22rem, 90vw); padding-block: 2rem }
details[open] form { margin-block-start: 1rem }
summary { cursor: pointer }
h1 { margin: 0; font-size: 1.5rem }
label { display: grid; gap: .25rem }
input, button, a.button { font: inherit; padding: .5rem .75rem; border: 1px solid GrayText; border-radius: .5rem }
button, a.button { background: #0b5cad; border-color: #0b5cad; color: #fff; cursor: pointer; text-align: center;
  text-decoration: none }
p { margin: 0 }
p[role=alert] { padding: .5rem .75rem; border-inline-start: .25rem solid #c0392b }
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS: Headers = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
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
        "account": "Account ID or alias",
        "user": "User name",
        "password": "Password",
        "go": "Log in",
        "by key": "Log in with an access key",
        "key": "Access key ID",
        "secret": "Secret access key",
        "by provider": "Log in with {}",
        "wrong": "The account, the user or the password is another one.",
        "wrong key": "There is no such access key, or its secret is another one.",
        "often": "Too many attempts. Wait a moment, then try again.",
        "provider": "The provider did not let you in: {}",
        "change": "Choose a new password",
        "must": "This password is to be replaced before you go on.",
        "old": "Present password",
        "new": "New password",
        "again": "New password, again",
        "differ": "The two new passwords are not the same.",
        "save": "Change the password",
    },
    "fr": {
        "title": "Se connecter à Radiograph",
        "account": "Numéro ou alias du compte",
        "user": "Nom d’utilisateur",
        "password": "Mot de passe",
        "go": "Se connecter",
        "by key": "Se connecter avec une clé d’accès",
        "key": "Identifiant de clé d’accès",
        "secret": "Clé d’accès secrète",
        "by provider": "Se connecter avec {}",
        "wrong": "Le compte, l’utilisateur ou le mot de passe est un autre.",
        "wrong key": "Cette clé d’accès n’existe pas, ou sa clé secrète est une autre.",
        "often": "Trop de tentatives. Attendez un instant, puis réessayez.",
        "provider": "Le fournisseur d’identité ne vous a pas laissé entrer : {}",
        "change": "Choisissez un nouveau mot de passe",
        "must": "Ce mot de passe doit être remplacé avant de continuer.",
        "old": "Mot de passe actuel",
        "new": "Nouveau mot de passe",
        "again": "Nouveau mot de passe, encore une fois",
        "differ": "Les deux nouveaux mots de passe ne sont pas identiques.",
        "save": "Changer le mot de passe",
    },
}


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a page is filled with."""

    language: str = "en"
    problem: str = ""
    """A key of the words, or a sentence."""
    detail: str = ""
    account: str = ""
    user: str = ""
    key: str = ""
    to: str = "/"
    provider: str = ""
    """The host of who else lets people in, if there is one."""

    @classmethod
    def of(cls, scope: Scope) -> Page:
        """Give an empty page in the language of who asks."""
        french = (header(scope, b"accept-language") or "").lower().startswith("fr")
        return cls(language="fr" if french else "en")

    def word(self, name: str) -> str:
        """Give a word, ready for HTML."""
        return escape(_WORDS[self.language].get(name, name).replace("{}", self.detail or self.provider))


def login_page(page: Page) -> bytes:
    """Give the page to log in at: a password first, then a provider, then an access key."""
    word, by_key = page.word, bool(page.key)
    provider = ""
    if page.provider:
        here = msgspec.structs.replace(page, detail=page.provider)
        provider = f'<a class="button" href="/login/oidc?to={quote(page.to)}">{here.word("by provider")}</a>'
    return _document(
        page,
        word("title"),
        f"""<form method="post" action="/login">
{_field("account", word("account"), page.account, "organization", "" if by_key else "autofocus")}
{_field("user", word("user"), page.user, "username")}
{_field("password", word("password"), "", "current-password")}
<input type="hidden" name="to" value="{escape(page.to)}"><button>{word("go")}</button></form>
{provider}<details{" open" if by_key else ""}><summary>{word("by key")}</summary>
<form method="post" action="/login">
{_field("key", word("key"), page.key, "off")}
{_field("secret", word("secret"), "", "off")}
<input type="hidden" name="to" value="{escape(page.to)}"><button>{word("go")}</button></form></details>""",
    )


def password_page(page: Page) -> bytes:
    """Give the page to replace a password at."""
    word = page.word
    return _document(
        page,
        word("change"),
        f"""<p>{word("must")}</p><form method="post" action="/login/password">
{_field("account", word("account"), page.account, "organization")}
{_field("user", word("user"), page.user, "username")}
{_field("password", word("old"), "", "current-password", "autofocus")}
{_field("new", word("new"), "", "new-password")}
{_field("again", word("again"), "", "new-password")}
<input type="hidden" name="to" value="{escape(page.to)}"><button>{word("save")}</button></form>""",
    )


def _field(name: str, label: str, value: str, completed: str, more: str = "") -> str:
    kind = "password" if name in ("password", "new", "again", "secret") else "text"
    return (
        f'<label>{label}<input name="{name}" type="{kind}" value="{escape(value)}" autocomplete="{completed}" '
        f"required {more}></label>"
    )


def _document(page: Page, title: str, inside: str) -> bytes:
    alert = f'<p role="alert">{page.word(page.problem)}</p>' if page.problem else ""
    return f"""<!doctype html>
<html lang="{page.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{_STYLE}</style></head>
<body><main><h1>{title}</h1>{alert}
{inside}</main></body></html>""".encode()
