"""The few words of ASGI that are spoken here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from radiograph.errors import RequestTooLarge, Serialization

__all__ = ["App", "Headers", "Receive", "Scope", "Send", "header", "read_body", "respond"]

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


async def read_body(scope: Scope, receive: Receive, most_bytes: int) -> bytes:
    """Give the request's body.

    Raises: RequestEntityTooLargeException, before more than ``most_bytes`` are read; SerializationException for a
    content coding.
    """
    coding = header(scope, b"content-encoding")
    if coding not in (None, "", "identity"):
        raise Serialization(f"content-encoding is {coding!r}; identity is accepted")
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Serialization("the client went away before its request was complete")
        part = message.get("body", b"")
        size += len(part)
        if size > most_bytes:
            raise RequestTooLarge(f"the body has more than {most_bytes} bytes; send fewer documents a call")
        parts.append(part)
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


async def respond(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """Send a whole answer."""
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
