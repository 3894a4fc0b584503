"""The few words of ASGI that are spoken here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from radiograph.config import is_loopback
from radiograph.errors import AccessDenied, RequestTooLarge, Serialization

__all__ = ["App", "Headers", "Receive", "Scope", "Send", "header", "read_body", "refuse_strangers", "respond"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


def header(scope: Scope, name: bytes) -> str | None:
    """Give a request header's value, or None; ``name`` is lower case."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return None


async def read_body(receive: Receive, most_bytes: int) -> bytes:
    """Give the request's body, as it was sent.

    Raises: RequestEntityTooLargeException, before more than ``most_bytes`` are read; SerializationException when it
    breaks off.
    """
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Serialization("the client went away before its request was complete")
        part = message.get("body", b"")
        size += len(part)
        if size > most_bytes:
            raise RequestTooLarge(f"the body has more than {most_bytes} bytes; send less in a call")
        parts.append(part)
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def refuse_strangers(scope: Scope, any_host: bool) -> None:
    """Keep other sites' pages out: neither their scripts and forms nor a name of theirs that resolves to this machine.

    A form can be posted anywhere without asking first, and what IAM takes is a form; so the browser's own words count:
    ``Origin``, and ``Sec-Fetch-Site``, which no page can write, and which tells http from https where Origin's host is
    the same.

    Raises: AccessDeniedException.
    """
    host = header(scope, b"host") or ""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if not any_host and not is_loopback(name.lower().strip("[]")):
        raise AccessDenied(f"the Host header is {host!r}; localhost, 127.0.0.1 and [::1] are accepted")
    origin = header(scope, b"origin")
    if origin is not None and origin.split("://", 1)[-1] != host:
        raise AccessDenied(f"the request comes from a page of {origin!r}; pages of {host!r} may ask")
    site = header(scope, b"sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        raise AccessDenied(f"the browser says that the request is {site!r}; same-origin and none are accepted")


async def respond(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """Send a whole answer."""
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
