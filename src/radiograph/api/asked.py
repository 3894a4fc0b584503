"""A request as it came, whole: what signs it is spread over all of it."""

from __future__ import annotations

import msgspec

from radiograph.asgi import Scope, header

__all__ = ["Asked", "asked_of"]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked, and by what means; not yet by whom."""

    method: str = "POST"
    path: str = "/"
    raw_path: bytes = b"/"
    """As it was sent, before any decoding: signatures are of this."""
    query: bytes = b""
    headers: list[tuple[bytes, bytes]] = []
    body: bytes = b""
    request_id: str = ""
    source_ip: str | None = None
    is_tls: bool = False
    login: str = ""
    """Who has logged in at the console, as ``Callers.logged_in`` knows it: the access key whose owner it is, or
    ``user:…``, or ``session:…``. Empty when the request says itself who asks."""

    def header(self, name: bytes) -> str | None:
        """Give a header's value, or None; ``name`` is lower case."""
        return header({"headers": self.headers}, name)


def asked_of(scope: Scope, body: bytes, request_id: str, login: str = "") -> Asked:
    """Give the request of an ASGI connection."""
    client = scope.get("client")
    return Asked(
        method=scope["method"],
        path=scope["path"],
        raw_path=scope.get("raw_path") or scope["path"].encode(),
        query=scope.get("query_string", b""),
        headers=[(bytes(name), bytes(value)) for name, value in scope["headers"]],
        body=body,
        request_id=request_id,
        source_ip=client[0] if client else None,
        is_tls=scope.get("scheme") == "https",
        login=login,
    )
